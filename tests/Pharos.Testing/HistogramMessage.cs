using System.Buffers.Binary;
using System.Collections.Immutable;
using Pharos.Core.Histograms;

namespace Pharos.Testing;

/// <summary>Writes the message of remote write 1.0 for a native histogram, independent of the product's own codecs.</summary>
internal static class HistogramMessage
{
    /// <summary>The message; integers as differences from bucket to bucket, floats as they are.</summary>
    public static byte[] Encode(long timestamp, FloatHistogram histogram, bool asIntegers)
    {
        var message = new List<byte>();
        if (asIntegers)
        {
            WriteNumber(message, 1, (ulong)histogram.Count);
        }
        else
        {
            WriteDouble(message, 2, histogram.Count);
        }

        WriteDouble(message, 3, histogram.Sum);
        WriteNumber(message, 4, ZigZag(histogram.Schema));
        WriteDouble(message, 5, histogram.ZeroThreshold);
        if (asIntegers)
        {
            WriteNumber(message, 6, (ulong)histogram.ZeroCount);
        }
        else
        {
            WriteDouble(message, 7, histogram.ZeroCount);
        }

        WriteSide(message, 8, histogram.NegativeSpans, histogram.NegativeBuckets, asIntegers);
        WriteSide(message, 11, histogram.PositiveSpans, histogram.PositiveBuckets, asIntegers);
        WriteNumber(message, 14, (ulong)histogram.CounterResetHint);
        WriteNumber(message, 15, (ulong)timestamp);
        if (histogram.CustomValues.Length > 0)
        {
            WriteDoubles(message, 16, histogram.CustomValues);
        }

        return [.. message];
    }

    // The fields of a side follow each other: spans, differences, counts.
    private static void WriteSide(List<byte> message, int field, ImmutableArray<BucketSpan> spans, ImmutableArray<double> buckets, bool asIntegers)
    {
        foreach (BucketSpan span in spans)
        {
            var part = new List<byte>();
            WriteNumber(part, 1, ZigZag(span.Offset));
            WriteNumber(part, 2, (ulong)span.Length);
            WriteBytes(message, field, part);
        }

        if (buckets.Length == 0)
        {
            return;
        }

        if (!asIntegers)
        {
            WriteDoubles(message, field + 2, buckets);
            return;
        }

        var deltas = new List<byte>();
        long before = 0;
        foreach (double bucket in buckets)
        {
            WriteRequestBuilder.WriteVarint(deltas, ZigZag((long)bucket - before));
            before = (long)bucket;
        }

        WriteBytes(message, field + 1, deltas);
    }

    private static void WriteDoubles(List<byte> message, int field, ImmutableArray<double> values)
    {
        var bytes = new List<byte>();
        foreach (double value in values)
        {
            bytes.AddRange(Bytes(value));
        }

        WriteBytes(message, field, bytes);
    }

    private static void WriteNumber(List<byte> message, int field, ulong value)
    {
        WriteRequestBuilder.WriteVarint(message, (ulong)(field << 3));
        WriteRequestBuilder.WriteVarint(message, value);
    }

    private static void WriteDouble(List<byte> message, int field, double value)
    {
        WriteRequestBuilder.WriteVarint(message, (ulong)((field << 3) | 1));
        message.AddRange(Bytes(value));
    }

    private static void WriteBytes(List<byte> message, int field, List<byte> content)
    {
        WriteRequestBuilder.WriteVarint(message, (ulong)((field << 3) | 2));
        WriteRequestBuilder.WriteVarint(message, (ulong)content.Count);
        message.AddRange(content);
    }

    private static byte[] Bytes(double value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return bytes;
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
