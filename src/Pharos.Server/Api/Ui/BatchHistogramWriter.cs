using System.Buffers;
using Pharos.Core.Histograms;
using Pharos.PromQL;

namespace Pharos.Server.Api.Ui;

/// <summary>
/// Writes the row of a batch in which native histograms are. A page draws the newest and says how many there are: all buckets of all steps could be any amount.
/// </summary>
internal static class BatchHistogramWriter
{
    private const int MaxBuckets = 200;

    /// <summary>Writes the values, ends their array, and adds the member <c>histogram</c>. A step with a histogram has no number.</summary>
    /// <returns>How many values there are, histograms among them.</returns>
    public static long WriteValues(IBufferWriter<byte> body, ResultRow row, int steps)
    {
        long points = 0;
        int histograms = 0;
        int newest = -1;
        for (int step = 0; step < steps; step++)
        {
            if (step > 0)
            {
                BatchLineWriter.Write(body, ","u8);
            }

            bool isThere = row.Has(step);
            points += isThere ? 1 : 0;
            if (isThere && row.HistogramAt(step) is null)
            {
                BatchLineWriter.WriteValue(body, row.Values.Span[step]);
                continue;
            }

            BatchLineWriter.Write(body, "null"u8);
            if (isThere)
            {
                histograms++;
                newest = step;
            }
        }

        BatchLineWriter.Write(body, "]"u8);
        if (newest >= 0)
        {
            WriteNewest(body, row.HistogramAt(newest)!, histograms, newest);
        }

        return points;
    }

    private static void WriteNewest(IBufferWriter<byte> body, FloatHistogram histogram, int histograms, int step)
    {
        BatchLineWriter.Write(body, ",\"histogram\":{\"values\":"u8);
        BatchLineWriter.WriteNumber(body, histograms);
        BatchLineWriter.Write(body, ",\"step\":"u8);
        BatchLineWriter.WriteNumber(body, step);
        BatchLineWriter.Write(body, ",\"count\":"u8);
        BatchLineWriter.WriteValue(body, histogram.Count);
        BatchLineWriter.Write(body, ",\"sum\":"u8);
        BatchLineWriter.WriteValue(body, histogram.Sum);
        BatchLineWriter.Write(body, ",\"buckets\":["u8);
        int filled = WriteBuckets(body, histogram);
        BatchLineWriter.Write(body, "]"u8);
        if (filled > MaxBuckets)
        {
            BatchLineWriter.Write(body, ",\"limited\":{\"shown\":"u8);
            BatchLineWriter.WriteNumber(body, MaxBuckets);
            BatchLineWriter.Write(body, ",\"total\":"u8);
            BatchLineWriter.WriteNumber(body, filled);
            BatchLineWriter.Write(body, "}"u8);
        }

        BatchLineWriter.Write(body, "}"u8);
    }

    // Answers how many are not empty; as many as are shown are written.
    private static int WriteBuckets(IBufferWriter<byte> body, FloatHistogram histogram)
    {
        int filled = 0;
        foreach (HistogramBucket bucket in histogram.Buckets())
        {
            if (bucket.Count == 0 || filled++ >= MaxBuckets)
            {
                continue;
            }

            BatchLineWriter.Write(body, filled == 1 ? "["u8 : ",["u8);
            BatchLineWriter.WriteNumber(body, bucket.BoundaryRule);
            foreach (double number in (ReadOnlySpan<double>)[bucket.Lower, bucket.Upper, bucket.Count])
            {
                BatchLineWriter.Write(body, ","u8);
                BatchLineWriter.WriteValue(body, number);
            }

            BatchLineWriter.Write(body, "]"u8);
        }

        return filled;
    }
}
