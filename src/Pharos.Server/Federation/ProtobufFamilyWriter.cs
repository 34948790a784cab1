using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;

namespace Pharos.Server.Federation;

/// <summary>
/// The delimited protobuf format: a <c>MetricFamily</c> of github.com/prometheus/client_model behind its length, one after another. A family is held until it ends, because its length
/// comes first.
/// </summary>
internal sealed class ProtobufFamilyWriter(FederationFormat format) : IFamilyWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;

    private readonly ArrayBufferWriter<byte> _family = new();
    private readonly ArrayBufferWriter<byte> _metric = new();
    private readonly ArrayBufferWriter<byte> _part = new();
    private readonly ArrayBufferWriter<byte> _bucket = new();

    public bool HasNativeHistograms => true;

    public void Begin(IBufferWriter<byte> output, string name, FamilyType type)
    {
        End(output);
        WriteText(_family, 1, format.Escape(name));
        WriteNumber(_family, 3, (ulong)type);
    }

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<Label> labels, in FederatedSample sample)
    {
        _metric.ResetWrittenCount();
        foreach (Label label in labels)
        {
            _part.ResetWrittenCount();
            WriteText(_part, 1, format.Escape(label.Name));
            WriteText(_part, 2, label.Value);
            WriteBytes(_metric, 1, _part.WrittenSpan);
        }

        _part.ResetWrittenCount();
        if (sample.Histogram is null)
        {
            WriteDouble(_part, 1, sample.Value);
            WriteBytes(_metric, 5, _part.WrittenSpan);
        }

        WriteNumber(_metric, 6, (ulong)sample.Timestamp);
        if (sample.Histogram is { } histogram)
        {
            WriteHistogram(histogram);
            WriteBytes(_metric, 7, _part.WrittenSpan);
        }

        WriteBytes(_family, 4, _metric.WrittenSpan);
    }

    public void End(IBufferWriter<byte> output)
    {
        if (_family.WrittenCount > 0)
        {
            WriteVarint(output, (ulong)_family.WrittenCount);
            output.Write(_family.WrittenSpan);
            _family.ResetWrittenCount();
        }
    }

    private void WriteHistogram(FloatHistogram histogram)
    {
        WriteDouble(_part, 2, histogram.Sum);
        if (histogram.UsesCustomBuckets)
        {
            foreach ((double bound, double count) in ClassicBucketCounts.Of(histogram))
            {
                _bucket.ResetWrittenCount();
                WriteDouble(_bucket, 2, bound);
                WriteDouble(_bucket, 4, count);
                WriteBytes(_part, 3, _bucket.WrittenSpan);
            }

            WriteDouble(_part, 4, histogram.Count);
            return;
        }

        WriteDouble(_part, 4, histogram.Count);
        WriteSigned(_part, 5, histogram.Schema);
        WriteDouble(_part, 6, histogram.ZeroThreshold);
        WriteDouble(_part, 8, histogram.ZeroCount);
        WriteSide(9, histogram.NegativeSpans, 11, histogram.NegativeBuckets);
        WriteSide(12, histogram.PositiveSpans, 14, histogram.PositiveBuckets);
    }

    private void WriteSide(int spanField, ImmutableArray<BucketSpan> spans, int countField, ImmutableArray<double> counts)
    {
        foreach (BucketSpan span in spans)
        {
            _bucket.ResetWrittenCount();
            WriteSigned(_bucket, 1, span.Offset);
            WriteNumber(_bucket, 2, (ulong)span.Length);
            WriteBytes(_part, spanField, _bucket.WrittenSpan);
        }

        foreach (double count in counts)
        {
            WriteDouble(_part, countField, count);
        }
    }

    private static void WriteText(ArrayBufferWriter<byte> output, int field, string text)
    {
        WriteKey(output, field, Delimited);
        WriteVarint(output, (ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, output);
    }

    private static void WriteBytes(ArrayBufferWriter<byte> output, int field, ReadOnlySpan<byte> bytes)
    {
        WriteKey(output, field, Delimited);
        WriteVarint(output, (ulong)bytes.Length);
        output.Write(bytes);
    }

    private static void WriteDouble(ArrayBufferWriter<byte> output, int field, double value)
    {
        WriteKey(output, field, Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), value);
        output.Advance(sizeof(double));
    }

    private static void WriteNumber(ArrayBufferWriter<byte> output, int field, ulong value)
    {
        WriteKey(output, field, Varint);
        WriteVarint(output, value);
    }

    private static void WriteSigned(ArrayBufferWriter<byte> output, int field, int value) => WriteNumber(output, field, (uint)((value << 1) ^ (value >> 31)));

    private static void WriteKey(ArrayBufferWriter<byte> output, int field, int wireType) => WriteVarint(output, (ulong)((field << 3) | wireType));

    private static void WriteVarint(IBufferWriter<byte> output, ulong value)
    {
        int length = 1 + (BitOperations.Log2(value | 1) / 7);
        Span<byte> bytes = output.GetSpan(length);
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)((value & 0x7f) | (i < length - 1 ? 0x80u : 0));
            value >>= 7;
        }

        output.Advance(length);
    }
}
