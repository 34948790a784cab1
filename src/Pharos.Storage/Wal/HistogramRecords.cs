using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pharos.Core.Histograms;

namespace Pharos.Storage.Wal;

/// <summary>
/// Native histograms in records: kind, first reference and time, then per sample the differences from those two and the histogram. Kinds without and with custom buckets are
/// written alike. Format: docs/formats/wal.md.
/// </summary>
internal static class HistogramRecords
{
    /// <summary>The record that a histogram goes into.</summary>
    public static WalRecordKind KindOf(NativeHistogram histogram) => histogram.Integers is { } integers
        ? integers.UsesCustomBuckets ? WalRecordKind.CustomBucketsHistogramSamples : WalRecordKind.HistogramSamples
        : histogram.Floats!.UsesCustomBuckets ? WalRecordKind.CustomBucketsFloatHistogramSamples : WalRecordKind.FloatHistogramSamples;

    /// <summary>Begins a record whose samples are told relative to the first.</summary>
    public static void Begin(RecordBuffer buffer, WalRecordKind kind, ulong firstReference, long firstTime)
    {
        buffer.Put((byte)kind);
        buffer.PutBigEndian(firstReference);
        buffer.PutBigEndian((ulong)firstTime);
    }

    /// <summary>Adds a histogram, whose reference and time are written already.</summary>
    public static void Put(RecordBuffer buffer, NativeHistogram histogram)
    {
        if (histogram.Integers is { } integers)
        {
            Put(buffer, integers);
        }
        else
        {
            Put(buffer, histogram.Floats!);
        }
    }

    /// <summary>Reads a histogram with whole counts; null when the schema means nothing or spans and buckets do not agree. Look at <see cref="RecordReader.Failed"/> first.</summary>
    public static IntegerHistogram? ReadIntegers(ref RecordReader reader)
    {
        var hint = (CounterResetHint)(reader.ReadByte() & 3);
        long schema = reader.ReadVarint();
        double zeroThreshold = reader.ReadDouble();
        ulong zeroCount = reader.ReadUvarint();
        ulong count = reader.ReadUvarint();
        double sum = reader.ReadDouble();
        ImmutableArray<BucketSpan> positiveSpans = ReadSpans(ref reader, out long positiveCount);
        ImmutableArray<BucketSpan> negativeSpans = ReadSpans(ref reader, out long negativeCount);
        ImmutableArray<long> positive = ReadDeltas(ref reader);
        ImmutableArray<long> negative = ReadDeltas(ref reader);
        ImmutableArray<double> bounds = schema == FloatHistogram.CustomBucketsSchema ? ReadDoubles(ref reader) : [];
        if (reader.Failed || !IsSound(schema, positiveCount, positive.Length, negativeCount, negative.Length))
        {
            return null;
        }

        var histogram = new IntegerHistogram
        {
            CounterResetHint = hint,
            Schema = (int)schema,
            ZeroThreshold = zeroThreshold,
            ZeroCount = zeroCount,
            Count = count,
            Sum = sum,
            PositiveSpans = positiveSpans,
            PositiveDeltas = positive,
            NegativeSpans = negativeSpans,
            NegativeDeltas = negative,
            CustomValues = bounds,
        };
        return schema > FloatHistogram.MaxSchema ? histogram.ReduceResolution(FloatHistogram.MaxSchema) : histogram;
    }

    /// <summary>As <see cref="ReadIntegers"/>, with floats.</summary>
    public static FloatHistogram? ReadFloats(ref RecordReader reader)
    {
        var hint = (CounterResetHint)(reader.ReadByte() & 3);
        long schema = reader.ReadVarint();
        double zeroThreshold = reader.ReadDouble();
        double zeroCount = reader.ReadDouble();
        double count = reader.ReadDouble();
        double sum = reader.ReadDouble();
        ImmutableArray<BucketSpan> positiveSpans = ReadSpans(ref reader, out long positiveCount);
        ImmutableArray<BucketSpan> negativeSpans = ReadSpans(ref reader, out long negativeCount);
        ImmutableArray<double> positive = ReadDoubles(ref reader);
        ImmutableArray<double> negative = ReadDoubles(ref reader);
        ImmutableArray<double> bounds = schema == FloatHistogram.CustomBucketsSchema ? ReadDoubles(ref reader) : [];
        if (reader.Failed || !IsSound(schema, positiveCount, positive.Length, negativeCount, negative.Length))
        {
            return null;
        }

        var histogram = new FloatHistogram
        {
            CounterResetHint = hint,
            Schema = (int)schema,
            ZeroThreshold = zeroThreshold,
            ZeroCount = zeroCount,
            Count = count,
            Sum = sum,
            PositiveSpans = positiveSpans,
            PositiveBuckets = positive,
            NegativeSpans = negativeSpans,
            NegativeBuckets = negative,
            CustomValues = bounds,
        };
        return schema > FloatHistogram.MaxSchema ? histogram.ReduceResolution(FloatHistogram.MaxSchema) : histogram;
    }

    private static void Put(RecordBuffer buffer, IntegerHistogram histogram)
    {
        buffer.Put((byte)histogram.CounterResetHint);
        buffer.PutVarint(histogram.Schema);
        PutDouble(buffer, histogram.ZeroThreshold);
        buffer.PutUvarint(histogram.ZeroCount);
        buffer.PutUvarint(histogram.Count);
        PutDouble(buffer, histogram.Sum);
        PutSpans(buffer, histogram.PositiveSpans);
        PutSpans(buffer, histogram.NegativeSpans);
        PutDeltas(buffer, histogram.PositiveDeltas);
        PutDeltas(buffer, histogram.NegativeDeltas);
        if (histogram.UsesCustomBuckets)
        {
            PutDoubles(buffer, histogram.CustomValues);
        }
    }

    private static void Put(RecordBuffer buffer, FloatHistogram histogram)
    {
        buffer.Put((byte)histogram.CounterResetHint);
        buffer.PutVarint(histogram.Schema);
        PutDouble(buffer, histogram.ZeroThreshold);
        PutDouble(buffer, histogram.ZeroCount);
        PutDouble(buffer, histogram.Count);
        PutDouble(buffer, histogram.Sum);
        PutSpans(buffer, histogram.PositiveSpans);
        PutSpans(buffer, histogram.NegativeSpans);
        PutDoubles(buffer, histogram.PositiveBuckets);
        PutDoubles(buffer, histogram.NegativeBuckets);
        if (histogram.UsesCustomBuckets)
        {
            PutDoubles(buffer, histogram.CustomValues);
        }
    }

    private static void PutDouble(RecordBuffer buffer, double value) => buffer.PutBigEndian(BitConverter.DoubleToUInt64Bits(value));

    private static void PutSpans(RecordBuffer buffer, ImmutableArray<BucketSpan> spans)
    {
        buffer.PutUvarint((ulong)spans.Length);
        foreach (BucketSpan span in spans)
        {
            buffer.PutVarint(span.Offset);
            buffer.PutUvarint((uint)span.Length);
        }
    }

    private static void PutDeltas(RecordBuffer buffer, ImmutableArray<long> deltas)
    {
        buffer.PutUvarint((ulong)deltas.Length);
        foreach (long delta in deltas)
        {
            buffer.PutVarint(delta);
        }
    }

    private static void PutDoubles(RecordBuffer buffer, ImmutableArray<double> values)
    {
        buffer.PutUvarint((ulong)values.Length);
        foreach (double value in values)
        {
            PutDouble(buffer, value);
        }
    }

    private static ImmutableArray<BucketSpan> ReadSpans(ref RecordReader reader, out long buckets)
    {
        const int LeastBytes = 2;
        buckets = 0;
        var spans = new BucketSpan[ReadLength(ref reader, LeastBytes)];
        for (int i = 0; i < spans.Length; i++)
        {
            long offset = reader.ReadVarint();
            ulong length = reader.ReadUvarint();
            if (offset is < int.MinValue or > int.MaxValue || length > int.MaxValue || (i > 0 && offset < 0))
            {
                // Agrees with no number of buckets.
                buckets = long.MinValue;
                continue;
            }

            spans[i] = new BucketSpan((int)offset, (int)length);
            buckets += (long)length;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(spans);
    }

    private static ImmutableArray<long> ReadDeltas(ref RecordReader reader)
    {
        long[] deltas = new long[ReadLength(ref reader, 1)];
        for (int i = 0; i < deltas.Length; i++)
        {
            deltas[i] = reader.ReadVarint();
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(deltas);
    }

    private static ImmutableArray<double> ReadDoubles(ref RecordReader reader)
    {
        double[] values = new double[ReadLength(ref reader, sizeof(double))];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadDouble();
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    // No more items than there are bytes for.
    private static int ReadLength(ref RecordReader reader, int itemBytes)
    {
        ulong length = reader.ReadUvarint();
        if (length <= (ulong)(reader.Remaining / itemBytes))
        {
            return (int)length;
        }

        reader.Fail();
        return 0;
    }

    private static bool IsSound(long schema, long positiveSpans, int positive, long negativeSpans, int negative) =>
        schema is (>= -9 and <= 52) or FloatHistogram.CustomBucketsSchema && positiveSpans == positive && negativeSpans == negative;
}
