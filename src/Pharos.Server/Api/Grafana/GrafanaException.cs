namespace Pharos.Server.Api.Grafana;

/// <summary>A request that is answered by an error of Grafana's form. The message is Grafana's where it has one.</summary>
internal sealed class GrafanaException : Exception
{
    public GrafanaException(int statusCode, string message, string? status = null)
        : base(message)
    {
        StatusCode = statusCode;
        Status = status;
    }

    public int StatusCode { get; }

    /// <summary>Grafana's word for it; null for none.</summary>
    public string? Status { get; }
}
