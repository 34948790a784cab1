using System.Buffers;
using System.Globalization;
using System.Text;

namespace Pharos.Instrumentation.Exposition;

/// <summary>Writes families of metrics as text. Used by one thread, for one answer.</summary>
public sealed class ExpositionWriter
{
    private const int MaxNumberBytes = 32;

    private readonly IBufferWriter<byte> _output;
    private readonly ExpositionFormat _format;

    /// <param name="output">Takes the text as UTF-8.</param>
    /// <param name="format">The format.</param>
    public ExpositionWriter(IBufferWriter<byte> output, ExpositionFormat format)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _format = format;
    }

    /// <summary>Begins a family; its samples follow.</summary>
    /// <param name="name">The name; that of a counter ends with <c>_total</c>.</param>
    /// <param name="kind">What its samples are.</param>
    /// <param name="help">One sentence for people.</param>
    public void Family(string name, MetricKind kind, string help)
    {
        string family = _format == ExpositionFormat.OpenMetrics && kind == MetricKind.Counter ? MetricName.WithoutCounterEnding(name) : name;
        Write("# HELP "u8);
        Write(family);
        Write(" "u8);
        Write(Escape(help, quotes: _format == ExpositionFormat.OpenMetrics));
        Write("\n# TYPE "u8);
        Write(family);
        Write(kind switch
        {
            MetricKind.Counter => " counter\n"u8,
            MetricKind.Histogram => " histogram\n"u8,
            _ => " gauge\n"u8,
        });
    }

    /// <summary>Writes a counter without labels.</summary>
    public void Counter(string name, string help, double value)
    {
        Family(name, MetricKind.Counter, help);
        Sample(name, [], value);
    }

    /// <summary>Writes a gauge without labels.</summary>
    public void Gauge(string name, string help, double value)
    {
        Family(name, MetricKind.Gauge, help);
        Sample(name, [], value);
    }

    /// <summary>Writes one sample.</summary>
    /// <param name="name">The name, with its ending.</param>
    /// <param name="labels">What <see cref="EncodeLabels"/> made; may be empty.</param>
    /// <param name="value">The number.</param>
    public void Sample(string name, ReadOnlySpan<byte> labels, double value)
    {
        Write(name);
        if (!labels.IsEmpty)
        {
            Write("{"u8);
            Write(labels);
            Write("}"u8);
        }

        Write(" "u8);
        WriteNumber(value);
        Write("\n"u8);
    }

    /// <summary>The text between the braces, for samples that are written again and again.</summary>
    public static byte[] EncodeLabels(IReadOnlyList<string> names, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        return Encoding.UTF8.GetBytes(string.Join(',', names.Select((name, i) => $"{name}=\"{Escape(values[i], quotes: true)}\"")));
    }

    /// <summary>Writes a bucket with the number of observations at or below its bound.</summary>
    internal void Bucket(string name, ReadOnlySpan<byte> labels, double bound, long count)
    {
        Write(name);
        Write("{"u8);
        if (!labels.IsEmpty)
        {
            Write(labels);
            Write(","u8);
        }

        Write("le=\""u8);
        WriteNumber(bound);

        // OpenMetrics has one spelling for each bound, and it is that of a float.
        if (_format == ExpositionFormat.OpenMetrics && Math.Truncate(bound) == bound && Math.Abs(bound) < 1e15)
        {
            Write(".0"u8);
        }

        Write("\"} "u8);
        WriteNumber(count);
        Write("\n"u8);
    }

    /// <summary>Closes the text.</summary>
    internal void End()
    {
        if (_format == ExpositionFormat.OpenMetrics)
        {
            Write("# EOF\n"u8);
        }
    }

    private static string Escape(string text, bool quotes)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private void WriteNumber(double value)
    {
        if (double.IsFinite(value))
        {
            Span<byte> text = _output.GetSpan(MaxNumberBytes);
            value.TryFormat(text, out int written, default, CultureInfo.InvariantCulture);
            _output.Advance(written);
        }
        else
        {
            Write(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8);
        }
    }

    private void Write(ReadOnlySpan<byte> text) => _output.Write(text);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);
}
