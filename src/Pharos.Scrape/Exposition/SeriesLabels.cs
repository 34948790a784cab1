using System.Text;
using System.Text.Unicode;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>Makes labels of a series text that a reader accepted.</summary>
internal static class SeriesLabels
{
    /// <summary>Replaces the builder's content by the name and labels of the series; labels with an empty value are left out.</summary>
    /// <param name="series">The text, as <see cref="IExpositionReader.Series"/>.</param>
    /// <param name="type">The family's type: bounds and quantiles are written as OpenMetrics wants them.</param>
    /// <param name="strings">Gives equal bytes the same string.</param>
    /// <param name="builder">Where the labels go.</param>
    /// <param name="emptyNames">Takes the names whose value is empty, where the caller must know them.</param>
    /// <exception cref="ExpositionException">A label occurs twice, or a quoted name is no UTF-8.</exception>
    public static void Decode(ReadOnlySpan<byte> series, MetricType type, StringInterner strings, LabelsBuilder builder, List<string>? emptyNames = null)
    {
        builder.Reset();
        var walk = new ExposedSeries(series);
        while (walk.Next())
        {
            string name = walk.IsMetricName ? Label.MetricName : Text(walk.Name, strings);
            string value = Text(walk.Value, strings);
            if (builder.Contains(name))
            {
                throw new ExpositionException($"label name {GoQuote.Quote(name)} is not unique: invalid sample");
            }

            if (value.Length == 0)
            {
                emptyNames?.Add(name);
            }

            builder.Set(name, Normalize(type, name, value));
        }
    }

    /// <summary>Replaces <c>\"</c>, <c>\\</c> and <c>\n</c>; any other backslash stays as it is.</summary>
    public static string Unescape(string text, bool quotes = true)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char next = text[i] == '\\' && i + 1 < text.Length ? text[i + 1] : '\0';
            char? replaced = next switch
            {
                '\\' => '\\',
                'n' => '\n',
                '"' when quotes => '"',
                _ => null,
            };
            result.Append(replaced ?? text[i]);
            i += replaced is null ? 0 : 1;
        }

        return result.ToString();
    }

    private static string Text(ReadOnlySpan<byte> bytes, StringInterner strings)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw new ExpositionException($"invalid metric name or label names: {GoQuote.Quote(bytes)} is not valid UTF-8");
        }

        return Unescape(strings.Get(bytes));
    }

    // Both formats name the same bucket differently (le="1" and le="1.0"); upstream stores OpenMetrics' form.
    private static string Normalize(MetricType type, string name, string value)
    {
        bool isBound = type switch
        {
            MetricType.Histogram => name == Label.BucketBound,
            MetricType.Summary => name == Label.Quantile,
            _ => false,
        };
        if (!isBound)
        {
            return value;
        }

        return ExpositionNumber.TryParse(Encoding.UTF8.GetBytes(value), out double number, out _) ? OpenMetricsFloat.ToText(number) : value;
    }
}
