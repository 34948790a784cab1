using System.Buffers.Binary;
using System.Collections.Immutable;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;

namespace Pharos.Remote.Reading;

/// <summary>Reads the message <c>Histogram</c> of upstream's prompb/types.proto, whose counts may be integers or floats.</summary>
internal sealed class HistogramMessageReader
{
    // Resolutions beyond what is kept, reserved for the future by upstream: they are reduced.
    private const int MaxReservedSchema = 52;

    private readonly ImmutableArray<BucketSpan>.Builder _positiveSpans = ImmutableArray.CreateBuilder<BucketSpan>();
    private readonly ImmutableArray<BucketSpan>.Builder _negativeSpans = ImmutableArray.CreateBuilder<BucketSpan>();
    private readonly ImmutableArray<double>.Builder _positive = ImmutableArray.CreateBuilder<double>();
    private readonly ImmutableArray<double>.Builder _negative = ImmutableArray.CreateBuilder<double>();
    private readonly ImmutableArray<double>.Builder _custom = ImmutableArray.CreateBuilder<double>();
    private long _positiveCount;
    private long _negativeCount;
    private double _count;
    private double _sum;
    private double _zeroThreshold;
    private double _zeroCount;
    private int _schema;
    private ulong _hint;
    private ulong _timestamp;

    private HistogramMessageReader(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            ReadField(ref reader, field, wireType);
        }

        SeriesMessageReader.ThrowIfMalformed(reader.Error);
    }

    /// <summary>Adds the histogram to the buffer.</summary>
    /// <exception cref="InvalidDataException">It is malformed, or no histogram that fits together.</exception>
    public static void Read(ReadOnlySpan<byte> message, SampleBuffer buffer)
    {
        var read = new HistogramMessageReader(message);
        buffer.Add((long)read._timestamp, read.ToHistogram());
    }

    private void ReadField(ref ProtoReader reader, int field, int wireType)
    {
        switch (wireType)
        {
            case ProtoReader.Varint when reader.TryReadVarint(out ulong number):
                SetNumber(field, number);
                break;
            case ProtoReader.Fixed64 when reader.TryReadDouble(out double value):
                SetDouble(field, value);
                break;
            case ProtoReader.Bytes when reader.TryReadBytes(out ReadOnlySpan<byte> bytes):
                SetBytes(field, bytes);
                break;
            case ProtoReader.Fixed32:
                reader.TrySkip(wireType);
                break;
            default:
                reader.Fail($"illegal wire type {wireType}");
                break;
        }
    }

    private void SetNumber(int field, ulong number)
    {
        switch (field)
        {
            case 1:
                _count = number;
                break;
            case 4:
                _schema = (int)UnZigZag(number);
                break;
            case 6:
                _zeroCount = number;
                break;
            case 9:
                _negative.Add(_negativeCount += UnZigZag(number));
                break;
            case 12:
                _positive.Add(_positiveCount += UnZigZag(number));
                break;
            case 14:
                _hint = number;
                break;
            case 15:
                _timestamp = number;
                break;
        }
    }

    private void SetDouble(int field, double value)
    {
        switch (field)
        {
            case 2:
                _count = value;
                break;
            case 3:
                _sum = value;
                break;
            case 5:
                _zeroThreshold = value;
                break;
            case 7:
                _zeroCount = value;
                break;
            case 10:
                _negative.Add(value);
                break;
            case 13:
                _positive.Add(value);
                break;
            case 16:
                _custom.Add(value);
                break;
        }
    }

    private void SetBytes(int field, ReadOnlySpan<byte> bytes)
    {
        switch (field)
        {
            case 8:
                _negativeSpans.Add(ReadSpan(bytes));
                break;
            case 9:
            case 12:
                ReadDeltas(field, bytes);
                break;
            case 11:
                _positiveSpans.Add(ReadSpan(bytes));
                break;
            case 10:
            case 13:
            case 16:
                ReadDoubles(field, bytes);
                break;
        }
    }

    private void ReadDeltas(int field, ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Position < bytes.Length && reader.TryReadVarint(out ulong number))
        {
            SetNumber(field, number);
        }

        SeriesMessageReader.ThrowIfMalformed(reader.Error);
    }

    private void ReadDoubles(int field, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(double) != 0)
        {
            throw new InvalidDataException($"malformed message: {bytes.Length} bytes are no run of doubles");
        }

        for (int at = 0; at < bytes.Length; at += sizeof(double))
        {
            SetDouble(field, BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]));
        }
    }

    private static BucketSpan ReadSpan(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        ulong offset = 0;
        ulong length = 0;
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field is 1 or 2 && wireType == ProtoReader.Varint && reader.TryReadVarint(out ulong number))
            {
                (offset, length) = field == 1 ? (number, length) : (offset, number);
            }
            else
            {
                reader.TrySkip(wireType);
            }
        }

        SeriesMessageReader.ThrowIfMalformed(reader.Error);
        return length <= int.MaxValue
            ? new BucketSpan((int)UnZigZag(offset), (int)length)
            : throw new InvalidDataException($"a span of {length} buckets");
    }

    private static long UnZigZag(ulong number) => (long)(number >> 1) ^ -(long)(number & 1);

    private FloatHistogram ToHistogram()
    {
        bool isFine = _schema is > FloatHistogram.MaxSchema and <= MaxReservedSchema;
        var histogram = new FloatHistogram
        {
            CounterResetHint = _hint <= (ulong)CounterResetHint.Gauge ? (CounterResetHint)_hint : CounterResetHint.Unknown,
            Schema = _schema,
            ZeroThreshold = _zeroThreshold,
            ZeroCount = _zeroCount,
            Count = _count,
            Sum = _sum,
            PositiveSpans = _positiveSpans.ToImmutable(),
            PositiveBuckets = _positive.ToImmutable(),
            NegativeSpans = _negativeSpans.ToImmutable(),
            NegativeBuckets = _negative.ToImmutable(),
            CustomValues = _custom.ToImmutable(),
        };
        if (isFine)
        {
            // Bounds of the finer schema are beyond the tables; the spans are checked once they are of the finest that is kept.
            CheckSpans(histogram.PositiveSpans, histogram.PositiveBuckets.Length);
            CheckSpans(histogram.NegativeSpans, histogram.NegativeBuckets.Length);
            histogram = histogram.ReduceResolution(FloatHistogram.MaxSchema);
        }

        return histogram.Validate() is { } error ? throw new InvalidDataException(error) : histogram;
    }

    private static void CheckSpans(ImmutableArray<BucketSpan> spans, int buckets)
    {
        if (spans.Sum(static span => (long)span.Length) != buckets)
        {
            throw new InvalidDataException($"spans need {spans.Sum(static span => (long)span.Length)} buckets, have {buckets} buckets");
        }
    }
}
