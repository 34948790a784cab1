namespace Pharos.Alerting.Templates;

/// <summary>A value of templates that <c>toJson</c> and webhooks write in a way of its own.</summary>
internal interface IJsonValue
{
    /// <summary>Writes the value.</summary>
    void WriteTo(GoJsonWriter json);
}
