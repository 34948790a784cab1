using Pharos.Core.Histograms;

namespace Pharos.Templating.Prometheus;

/// <summary>What the template of a rule sees of its alert.</summary>
public sealed class RuleTemplateData : ITemplateObject
{
    public RuleTemplateData(
        IEnumerable<KeyValuePair<string, string>> labels,
        IEnumerable<KeyValuePair<string, string>> externalLabels,
        string externalUrl,
        double value)
        : this(labels, externalLabels, externalUrl, (object)value)
    {
    }

    public RuleTemplateData(
        IEnumerable<KeyValuePair<string, string>> labels,
        IEnumerable<KeyValuePair<string, string>> externalLabels,
        string externalUrl,
        FloatHistogram value)
        : this(labels, externalLabels, externalUrl, value.ToText())
    {
    }

    private RuleTemplateData(
        IEnumerable<KeyValuePair<string, string>> labels,
        IEnumerable<KeyValuePair<string, string>> externalLabels,
        string externalUrl,
        object value)
    {
        Labels = TemplateMap.OfStrings(labels);
        ExternalLabels = TemplateMap.OfStrings(externalLabels);
        ExternalUrl = externalUrl;
        Value = value;
    }

    public string TypeName => "struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value interface {} }";

    public TemplateMap Labels { get; }

    public TemplateMap ExternalLabels { get; }

    public string ExternalUrl { get; }

    /// <summary>A <see cref="double"/>, or the text of a histogram.</summary>
    public object Value { get; }

    public bool TryGetMember(string name, out object? member)
    {
        member = name switch
        {
            "Labels" => Labels,
            "ExternalLabels" => ExternalLabels,
            "ExternalURL" => ExternalUrl,
            "Value" => Value,
            _ => null,
        };
        return member is not null;
    }

    public override string ToString() => "{}";
}
