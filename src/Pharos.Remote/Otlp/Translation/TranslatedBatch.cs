using System.Buffers;
using System.Net;
using System.Text;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Otlp.Messages;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>
/// What one request became: its samples in order, each with the label bytes of its series, by which <see cref="Core.Contracts.ISeriesAppender"/> finds it. Grows as far as the limits
/// allow; beyond them nothing is added and the request is refused. Not thread-safe.
/// </summary>
internal sealed class TranslatedBatch(OtlpLimits limits, TranslationLog log)
{
    // Above it the memory is not kept for the next request.
    private const int MaxKeptBytes = 4 << 20;
    private const int MaxKeptSamples = 64 * 1024;
    private const int MaxVarintBytes = 5;
    private const byte FieldOne = 0x0a;
    private const byte FieldTwo = 0x12;

    private readonly ArrayBufferWriter<byte> _labels = new();

    public List<TranslatedSample> Samples { get; } = [];

    public List<Exemplar> Exemplars { get; } = [];

    /// <summary>What is said about the samples, each family once; the last one is that of the samples that are added now.</summary>
    public List<MetricFamily> Families { get; } = [];

    /// <summary>Whether a limit was reached, so that going on is useless.</summary>
    public bool IsFull { get; private set; }

    public bool IsWorthKeeping => _labels.Capacity <= MaxKeptBytes && Samples.Count <= MaxKeptSamples && Exemplars.Count <= MaxKeptSamples;

    /// <summary>The label bytes of a series; valid until the next series.</summary>
    public ReadOnlySpan<byte> LabelBytes(Slice labels) => _labels.WrittenSpan.Slice(labels.First, labels.Count);

    /// <summary>Writes the labels of a series, which must be sorted; false, and noted, where no series can have them.</summary>
    public bool TryBeginSeries(LabelList labels, out Slice written)
    {
        int start = _labels.WrittenCount;
        written = new Slice(start, 0);
        if (FindError(labels) is { } error)
        {
            log.Refuse(error, HttpStatusCode.BadRequest);
            return false;
        }

        foreach (Label label in labels.AsSpan())
        {
            WriteLabel(label);
        }

        written = new Slice(start, _labels.WrittenCount - start);
        return _labels.WrittenCount <= limits.MaxLabelBytes || Refuse($"the request becomes more than {limits.MaxLabelBytes} bytes of labels");
    }

    /// <summary>Adds a sample; false, and noted, where there are too many.</summary>
    public bool TryAdd(Slice labels, long timestamp, double value, Slice exemplars = default) =>
        TryAdd(new TranslatedSample(labels, timestamp, value, default, Families.Count - 1, exemplars));

    /// <summary>Adds a histogram; otherwise as <see cref="TryAdd(Slice, long, double, Slice)"/>.</summary>
    public bool TryAdd(Slice labels, long timestamp, NativeHistogram histogram, Slice exemplars) =>
        TryAdd(new TranslatedSample(labels, timestamp, 0, histogram, Families.Count - 1, exemplars));

    public void Clear()
    {
        _labels.ResetWrittenCount();
        Samples.Clear();
        Exemplars.Clear();
        Families.Clear();
        IsFull = false;
    }

    private bool TryAdd(in TranslatedSample sample)
    {
        if (Samples.Count == limits.MaxSamples)
        {
            return Refuse($"the request becomes more than {limits.MaxSamples} samples");
        }

        Samples.Add(sample);
        return true;
    }

    private bool Refuse(string message)
    {
        if (!IsFull)
        {
            log.Refuse(message, HttpStatusCode.RequestEntityTooLarge);
            IsFull = true;
        }

        return false;
    }

    private string? FindError(LabelList labels)
    {
        if (labels.Count > limits.MaxLabels)
        {
            return $"label limit exceeded for series {labels[Label.MetricName]}: {labels.Count} labels, limit {limits.MaxLabels}";
        }

        string before = "";
        bool isNamed = false;
        foreach (Label label in labels.AsSpan())
        {
            if (label.Name.Length == 0)
            {
                return $"empty label name for series {labels[Label.MetricName]}";
            }

            if (label.Name == before)
            {
                return $"label name {GoQuote.Quote(label.Name)} is not unique: invalid sample";
            }

            if (label.Name.Length > limits.MaxNameBytes || label.Value.Length > limits.MaxValueBytes)
            {
                return $"label length limit exceeded for series {labels[Label.MetricName]}: a name of {label.Name.Length} characters, limit {limits.MaxNameBytes}, with a value of {label.Value.Length}, limit {limits.MaxValueBytes}";
            }

            before = label.Name;
            isNamed |= label.Name == Label.MetricName;
        }

        return isNamed ? null : "a metric has no name";
    }

    // 0a length { 0a length name 12 length value }, as a remote write message has it.
    private void WriteLabel(Label label)
    {
        int name = Encoding.UTF8.GetByteCount(label.Name);
        int value = Encoding.UTF8.GetByteCount(label.Value);
        int length = 2 + VarintLength(name) + name + VarintLength(value) + value;
        Span<byte> output = _labels.GetSpan(1 + MaxVarintBytes + length);
        int at = 0;
        output[at++] = FieldOne;
        at += WriteVarint(output[at..], length);
        output[at++] = FieldOne;
        at += WriteVarint(output[at..], name);
        at += Encoding.UTF8.GetBytes(label.Name, output[at..]);
        output[at++] = FieldTwo;
        at += WriteVarint(output[at..], value);
        at += Encoding.UTF8.GetBytes(label.Value, output[at..]);
        _labels.Advance(at);
    }

    private static int VarintLength(int value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;

    private static int WriteVarint(Span<byte> output, int value)
    {
        int at = 0;
        while (value >= 0x80)
        {
            output[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        output[at] = (byte)value;
        return at + 1;
    }
}
