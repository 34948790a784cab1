using System.Buffers;
using System.Text;
using Pharos.Core.Buffers;

namespace Pharos.Server.Metrics;

/// <summary>
/// Writes the text exposition format 0.0.4. <see cref="Family"/> comes first, then its samples. Names are ours and not checked; label values and help texts
/// are escaped.
/// </summary>
internal sealed class MetricWriter
{
    private readonly IBufferWriter<byte> _output;
    private string _family = "";

    public MetricWriter(IBufferWriter<byte> output)
    {
        _output = output;
    }

    /// <summary>A counter of one series.</summary>
    public void Counter(string name, string help, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        Family(name, MetricKind.Counter, help);
        Sample(value, labels);
    }

    /// <summary>A gauge of one series.</summary>
    public void Gauge(string name, string help, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        Family(name, MetricKind.Gauge, help);
        Sample(value, labels);
    }

    /// <summary>Begins a family; once for each name.</summary>
    public void Family(string name, MetricKind kind, string help)
    {
        _family = name;
        Text("# HELP ");
        Text(name);
        Text(" ");
        Escaped(help, quotes: false);
        Text("\n# TYPE ");
        Text(name);
        Text(kind switch
        {
            MetricKind.Counter => " counter\n",
            MetricKind.Gauge => " gauge\n",
            MetricKind.Summary => " summary\n",
            _ => " histogram\n",
        });
    }

    /// <summary>A sample of the family.</summary>
    public void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Sample("", value, labels);

    /// <summary>A sum and a count of the family; quantiles are not kept.</summary>
    public void Summary(double sum, double count, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        Sample("_sum", sum, labels);
        Sample("_count", count, labels);
    }

    /// <summary>The quantiles, the sum and the count of the family, without labels.</summary>
    public void Summary(ReadOnlySpan<double> quantiles, ReadOnlySpan<double> values, double sum, double count)
    {
        for (int i = 0; i < quantiles.Length; i++)
        {
            Sample(values[i], ("quantile", FloatWriter.ToGeneralString(quantiles[i])));
        }

        Summary(sum, count);
    }

    /// <summary>One bucket of a histogram that somebody else counts; the labels end with <c>le</c>.</summary>
    public void Bucket(double cumulative, params ReadOnlySpan<(string Name, string Value)> labels) => Sample("_bucket", cumulative, labels);

    /// <summary>The samples of one histogram of the family.</summary>
    public void Histogram(Histogram histogram, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        long[] counts = new long[histogram.Bounds.Length + 1];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = histogram.CountOf(i);
        }

        Histogram(histogram.Bounds, counts, histogram.Sum, labels);
    }

    /// <summary>The samples of one histogram of the family: the observations of each bucket alone, that of infinity last.</summary>
    public void Histogram(ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double sum, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        (string, string)[] withBound = new (string, string)[labels.Length + 1];
        labels.CopyTo(withBound);
        long cumulative = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            cumulative += counts[i];
            withBound[^1] = ("le", i < bounds.Length ? FloatWriter.ToGeneralString(bounds[i]) : "+Inf");
            Sample("_bucket", cumulative, withBound);
        }

        Sample("_sum", sum, labels);
        Sample("_count", cumulative, labels);
    }

    private void Sample(string suffix, double value, ReadOnlySpan<(string Name, string Value)> labels)
    {
        Text(_family);
        Text(suffix);
        for (int i = 0; i < labels.Length; i++)
        {
            Text(i == 0 ? "{" : ",");
            Text(labels[i].Name);
            Text("=\"");
            Escaped(labels[i].Value, quotes: true);
            Text(i == labels.Length - 1 ? "\"}" : "\"");
        }

        Text(" ");
        Number(value);
        Text("\n");
    }

    private void Number(double value) => _output.Advance(FloatWriter.WriteGeneral(value, _output.GetSpan(FloatWriter.MaxLength)));

    private void Escaped(string text, bool quotes)
    {
        foreach (char c in text)
        {
            if (c is '\\' or '\n' || (c == '"' && quotes))
            {
                text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
                text = quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
                break;
            }
        }

        Text(text);
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _output);
}
