using System.Globalization;
using Pharos.Core.Buffers;
using Pharos.Core.Histograms;

namespace Pharos.Templating.Prometheus;

/// <summary>A row that a query in a template gave.</summary>
public sealed class QuerySample : ITemplateObject
{
    /// <summary>A row with a number.</summary>
    public QuerySample(IEnumerable<KeyValuePair<string, string>> labels, double value)
        : this(labels, (object)value)
    {
    }

    /// <summary>A row with a histogram, which templates see as text.</summary>
    public QuerySample(IEnumerable<KeyValuePair<string, string>> labels, FloatHistogram value)
        : this(labels, value.ToText())
    {
    }

    private QuerySample(IEnumerable<KeyValuePair<string, string>> labels, object value)
    {
        Labels = TemplateMap.OfStrings(labels);
        Value = value;
    }

    public TemplateMap Labels { get; }

    /// <summary>A <see cref="double"/>, or the text of a histogram.</summary>
    public object Value { get; }

    public string TypeName => "*template.sample";

    public bool TryGetMember(string name, out object? member)
    {
        member = name switch
        {
            "Labels" => Labels,
            "Value" => Value,
            _ => null,
        };
        return member is not null;
    }

    public override string ToString()
    {
        string value = Value is double number ? FloatWriter.ToGeneralString(number) : string.Create(CultureInfo.InvariantCulture, $"{Value}");
        return $"&{{map[{string.Join(' ', Labels.Entries.Select(static e => $"{e.Key}:{e.Value}"))}] {value}}}";
    }
}
