using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>One name with its value: upstream's <c>Pair</c>.</summary>
internal sealed record LabelPair(string Name, string Value) : ITemplateObject, IJsonValue
{
    public string TypeName => "template.Pair";

    public bool TryGetMember(string name, out object? member)
    {
        member = name switch
        {
            "Name" => Name,
            "Value" => Value,
            _ => null,
        };
        return member is not null;
    }

    public override string ToString() => $"{{{Name} {Value}}}";

    public void WriteTo(GoJsonWriter json)
    {
        json.Raw("{");
        json.Field("Name", Name);
        json.Field("Value", Value);
        json.Raw("}");
    }
}
