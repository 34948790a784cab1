namespace Pharos.Instrumentation;

/// <summary>The rules for names of metrics and labels.</summary>
internal static class MetricName
{
    private const string CounterEnding = "_total";

    /// <summary>Checks the name of a family.</summary>
    /// <exception cref="ArgumentException">It cannot be exposed under this name.</exception>
    public static void Check(string name, MetricKind kind)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsName(name, allowColon: true))
        {
            throw new ArgumentException($"\"{name}\" is no name of a metric: letters, digits, _ and :, and no digit first", nameof(name));
        }

        if (kind == MetricKind.Counter && (!name.EndsWith(CounterEnding, StringComparison.Ordinal) || name.Length == CounterEnding.Length))
        {
            throw new ArgumentException($"\"{name}\": the name of a counter ends with {CounterEnding}", nameof(name));
        }
    }

    /// <summary>Checks the names of a family's labels.</summary>
    /// <exception cref="ArgumentException">One is no name, is reserved, or stands there twice.</exception>
    public static void CheckLabels(IReadOnlyList<string> labelNames, MetricKind kind)
    {
        ArgumentNullException.ThrowIfNull(labelNames);
        for (int i = 0; i < labelNames.Count; i++)
        {
            string label = labelNames[i];
            if (!IsName(label, allowColon: false) || label.StartsWith("__", StringComparison.Ordinal))
            {
                throw new ArgumentException($"\"{label}\" is no name of a label: letters, digits and _, no digit and no __ first", nameof(labelNames));
            }

            if (kind == MetricKind.Histogram && label == "le")
            {
                throw new ArgumentException("the label le of a histogram is that of its buckets", nameof(labelNames));
            }

            if (labelNames.Take(i).Contains(label, StringComparer.Ordinal))
            {
                throw new ArgumentException($"the label {label} stands there twice", nameof(labelNames));
            }
        }
    }

    /// <summary>The name of a counter's family in OpenMetrics.</summary>
    public static string WithoutCounterEnding(string name) => name[..^CounterEnding.Length];

    private static bool IsName(string? text, bool allowColon) =>
        !string.IsNullOrEmpty(text)
        && !char.IsAsciiDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_' || (allowColon && c == ':'));
}
