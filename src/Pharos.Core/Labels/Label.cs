namespace Pharos.Core.Labels;

/// <summary>One name and value of a series' identity. Compared by ordinal UTF-16, which for label names and values orders as upstream's bytes do
/// except above U+FFFF; where upstream's byte order is visible, <see cref="Utf8Ordinal"/> is used.</summary>
/// <param name="Name">Label name; any UTF-8 text, never empty in a stored series.</param>
/// <param name="Value">Label value; an empty value means the label is absent.</param>
public readonly record struct Label(string Name, string Value)
{
    /// <summary>The label that holds the metric name.</summary>
    public const string MetricName = "__name__";

    /// <summary>The label that holds the type of the metric family, where types and units are labels.</summary>
    public const string MetricType = "__type__";

    /// <summary>The label that holds the unit of the metric family, where types and units are labels.</summary>
    public const string MetricUnit = "__unit__";

    /// <summary>The label that holds an upper bucket bound of a classic histogram.</summary>
    public const string BucketBound = "le";

    /// <summary>The label that holds a quantile of a summary.</summary>
    public const string Quantile = "quantile";
}
