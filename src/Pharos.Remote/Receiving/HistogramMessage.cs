using System.Buffers.Binary;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Remote.Receiving;

/// <summary>
/// Reads the message <c>Histogram</c> of remote write 1.0 and 2.0 and of remote read, which are alike: with whole counts or with floats, as it was sent. Reused; not thread-safe.
/// </summary>
internal sealed class HistogramMessage
{
    private const int CountField = 1;
    private const int CountFloatField = 2;
    private const int SumField = 3;
    private const int SchemaField = 4;
    private const int ZeroThresholdField = 5;
    private const int ZeroCountField = 6;
    private const int ZeroCountFloatField = 7;
    private const int NegativeSpansField = 8;
    private const int NegativeDeltasField = 9;
    private const int NegativeCountsField = 10;
    private const int PositiveSpansField = 11;
    private const int PositiveDeltasField = 12;
    private const int PositiveCountsField = 13;
    private const int ResetHintField = 14;
    private const int TimestampField = 15;
    private const int CustomValuesField = 16;

    // Finer resolutions than are kept, reserved by upstream for the future: they are reduced.
    private const int MaxReservedSchema = 52;

    private readonly List<BucketSpan> _positiveSpans = [];
    private readonly List<BucketSpan> _negativeSpans = [];
    private readonly List<long> _positiveDeltas = [];
    private readonly List<long> _negativeDeltas = [];
    private readonly List<double> _positiveCounts = [];
    private readonly List<double> _negativeCounts = [];
    private readonly List<double> _customValues = [];
    private bool _isFloat;
    private ulong _count;
    private double _countFloat;
    private ulong _zeroCount;
    private double _zeroCountFloat;
    private double _sum;
    private double _zeroThreshold;
    private int _schema;
    private ulong _hint;

    /// <summary>Time of the histogram that was read last, milliseconds.</summary>
    public long Timestamp { get; private set; }

    /// <summary>Reads a message; false, and what is wrong, when it is malformed. Whether the histogram makes sense is another question: <see cref="TryGet"/>.</summary>
    public bool TryRead(ReadOnlySpan<byte> message, out string? malformed)
    {
        Clear();
        var reader = new ProtoReader(message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            _ = wireType switch
            {
                ProtoReader.Varint => reader.TryReadVarint(out ulong number) && SetNumber(ref reader, field, number),
                ProtoReader.Fixed64 => reader.TryReadDouble(out double value) && SetDouble(ref reader, field, value),
                ProtoReader.Bytes => reader.TryReadBytes(out ReadOnlySpan<byte> bytes) && SetBytes(ref reader, field, bytes),
                _ => reader.TrySkip(wireType),
            };
        }

        malformed = reader.Error;
        return malformed is null;
    }

    /// <summary>Adds the histogram that was read to the batch, or says why not: it lies after <paramref name="maxTime"/>, or does not make sense.</summary>
    public void AddTo(SampleBatch batch, SeriesRef series, long maxTime, List<string> refused)
    {
        if (Timestamp > maxTime)
        {
            refused.Add("out of bounds");
        }
        else if (TryGet(out NativeHistogram histogram, out string? invalid))
        {
            batch.Add(series, Timestamp, histogram);
        }
        else
        {
            refused.Add(invalid!);
        }
    }

    /// <summary>The histogram that was read, at a resolution that is kept; false, and why in upstream's words, when it does not make sense.</summary>
    public bool TryGet(out NativeHistogram histogram, out string? error)
    {
        bool isFine = _schema is > FloatHistogram.MaxSchema and <= MaxReservedSchema;
        histogram = default;
        error = isFine ? CheckSpans("positive side: ", _positiveSpans, Buckets(_positiveDeltas, _positiveCounts)) ?? CheckSpans("negative side: ", _negativeSpans, Buckets(_negativeDeltas, _negativeCounts)) : null;
        if (error is not null)
        {
            return false;
        }

        histogram = _isFloat ? new NativeHistogram(ToFloats(isFine)) : new NativeHistogram(ToIntegers(isFine));
        error = histogram.Validate();
        return error is null;
    }

    private static long UnZigZag(ulong number) => (long)(number >> 1) ^ -(long)(number & 1);

    private static string? CheckSpans(string side, List<BucketSpan> spans, int buckets)
    {
        long needed = 0;
        for (int i = 0; i < spans.Count; i++)
        {
            needed += spans[i].Length;
            if (i > 0 && spans[i].Offset < 0)
            {
                return $"{side}span number {i + 1} with offset {spans[i].Offset}: histogram has a span whose offset is negative";
            }
        }

        return needed == buckets ? null : $"{side}spans need {needed} buckets, have {buckets} buckets: histogram spans specify different number of buckets than provided";
    }

    private int Buckets(List<long> deltas, List<double> counts) => _isFloat ? counts.Count : deltas.Count;

    private void Clear()
    {
        _positiveSpans.Clear();
        _negativeSpans.Clear();
        _positiveDeltas.Clear();
        _negativeDeltas.Clear();
        _positiveCounts.Clear();
        _negativeCounts.Clear();
        _customValues.Clear();
        _isFloat = false;
        (_count, _countFloat, _zeroCount, _zeroCountFloat) = (0, 0, 0, 0);
        (_sum, _zeroThreshold, _schema, _hint, Timestamp) = (0, 0, 0, 0, 0);
    }

    private bool SetNumber(ref ProtoReader reader, int field, ulong number)
    {
        switch (field)
        {
            case CountField:
                (_isFloat, _count) = (false, number);
                return true;
            case SchemaField:
                _schema = (int)UnZigZag(number);
                return true;
            case ZeroCountField:
                (_zeroCount, _zeroCountFloat) = (number, 0);
                return true;
            case NegativeDeltasField:
                _negativeDeltas.Add(UnZigZag(number));
                return true;
            case PositiveDeltasField:
                _positiveDeltas.Add(UnZigZag(number));
                return true;
            case ResetHintField:
                _hint = number;
                return true;
            case TimestampField:
                Timestamp = (long)number;
                return true;
            default:
                return field > CustomValuesField || WrongType(ref reader, field);
        }
    }

    private bool SetDouble(ref ProtoReader reader, int field, double value)
    {
        switch (field)
        {
            case CountFloatField:
                (_isFloat, _countFloat) = (true, value);
                return true;
            case SumField:
                _sum = value;
                return true;
            case ZeroThresholdField:
                _zeroThreshold = value;
                return true;
            case ZeroCountFloatField:
                (_zeroCountFloat, _zeroCount) = (value, 0);
                return true;
            case NegativeCountsField:
                _negativeCounts.Add(value);
                return true;
            case PositiveCountsField:
                _positiveCounts.Add(value);
                return true;
            case CustomValuesField:
                _customValues.Add(value);
                return true;
            default:
                return field > CustomValuesField || WrongType(ref reader, field);
        }
    }

    private bool SetBytes(ref ProtoReader reader, int field, ReadOnlySpan<byte> bytes) => field switch
    {
        NegativeSpansField => TryReadSpan(ref reader, bytes, _negativeSpans),
        PositiveSpansField => TryReadSpan(ref reader, bytes, _positiveSpans),
        NegativeDeltasField => TryReadDeltas(ref reader, bytes, _negativeDeltas),
        PositiveDeltasField => TryReadDeltas(ref reader, bytes, _positiveDeltas),
        NegativeCountsField => TryReadDoubles(ref reader, bytes, _negativeCounts),
        PositiveCountsField => TryReadDoubles(ref reader, bytes, _positiveCounts),
        CustomValuesField => TryReadDoubles(ref reader, bytes, _customValues),
        _ => field > CustomValuesField || WrongType(ref reader, field),
    };

    private static bool WrongType(ref ProtoReader reader, int field) => reader.Fail($"wrong wire type for field {field} of a histogram");

    private static bool TryReadSpan(ref ProtoReader outer, ReadOnlySpan<byte> message, List<BucketSpan> spans)
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

        if (reader.Error is null && length > int.MaxValue)
        {
            reader.Fail($"a span of {length} buckets");
        }

        spans.Add(new BucketSpan((int)UnZigZag(offset), (int)Math.Min(length, int.MaxValue)));
        return reader.Error is null || outer.Fail($"span: {reader.Error}");
    }

    private static bool TryReadDeltas(ref ProtoReader outer, ReadOnlySpan<byte> bytes, List<long> deltas)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Position < bytes.Length && reader.TryReadVarint(out ulong number))
        {
            deltas.Add(UnZigZag(number));
        }

        return reader.Error is null || outer.Fail($"deltas: {reader.Error}");
    }

    private static bool TryReadDoubles(ref ProtoReader outer, ReadOnlySpan<byte> bytes, List<double> values)
    {
        if (bytes.Length % sizeof(double) != 0)
        {
            return outer.Fail($"{bytes.Length} bytes are no run of doubles");
        }

        for (int at = 0; at < bytes.Length; at += sizeof(double))
        {
            values.Add(BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]));
        }

        return true;
    }

    private CounterResetHint Hint => _hint <= (ulong)CounterResetHint.Gauge ? (CounterResetHint)_hint : CounterResetHint.Unknown;

    private IntegerHistogram ToIntegers(bool isFine)
    {
        var histogram = new IntegerHistogram
        {
            CounterResetHint = Hint,
            Schema = _schema,
            ZeroThreshold = _zeroThreshold,
            ZeroCount = _zeroCount,
            Count = _count,
            Sum = _sum,
            PositiveSpans = [.. _positiveSpans],
            PositiveDeltas = [.. _positiveDeltas],
            NegativeSpans = [.. _negativeSpans],
            NegativeDeltas = [.. _negativeDeltas],
            CustomValues = [.. _customValues],
        };
        return isFine ? histogram.ReduceResolution(FloatHistogram.MaxSchema) : histogram;
    }

    private FloatHistogram ToFloats(bool isFine)
    {
        var histogram = new FloatHistogram
        {
            CounterResetHint = Hint,
            Schema = _schema,
            ZeroThreshold = _zeroThreshold,
            ZeroCount = _zeroCountFloat,
            Count = _countFloat,
            Sum = _sum,
            PositiveSpans = [.. _positiveSpans],
            PositiveBuckets = [.. _positiveCounts],
            NegativeSpans = [.. _negativeSpans],
            NegativeBuckets = [.. _negativeCounts],
            CustomValues = [.. _customValues],
        };
        return isFine ? histogram.ReduceResolution(FloatHistogram.MaxSchema) : histogram;
    }
}
