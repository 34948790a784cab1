using System.Collections.Immutable;
using Pharos.Core.Histograms;

namespace Pharos.Remote.Reading;

/// <summary>Writes the message <c>Histogram</c> of upstream's prompb/types.proto, with counts as floats.</summary>
internal static class HistogramMessageWriter
{
    public static void Write(MessageWriter writer, int field, long timestamp, FloatHistogram histogram)
    {
        int start = writer.Begin(field);
        writer.PresentDouble(2, histogram.Count);
        writer.Double(3, histogram.Sum);
        writer.Signed(4, histogram.Schema);
        writer.Double(5, histogram.ZeroThreshold);
        writer.PresentDouble(7, histogram.ZeroCount);
        WriteSpans(writer, 8, histogram.NegativeSpans);
        writer.Doubles(10, histogram.NegativeBuckets.AsSpan());
        WriteSpans(writer, 11, histogram.PositiveSpans);
        writer.Doubles(13, histogram.PositiveBuckets.AsSpan());
        writer.Number(14, (ulong)histogram.CounterResetHint);
        writer.Number(15, (ulong)timestamp);
        writer.Doubles(16, histogram.CustomValues.AsSpan());
        writer.End(start);
    }

    private static void WriteSpans(MessageWriter writer, int field, ImmutableArray<BucketSpan> spans)
    {
        foreach (BucketSpan span in spans)
        {
            int start = writer.Begin(field);
            writer.Signed(1, span.Offset);
            writer.Number(2, (ulong)span.Length);
            writer.End(start);
        }
    }
}
