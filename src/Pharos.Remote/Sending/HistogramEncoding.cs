using System.Collections.Immutable;
using Pharos.Core.Histograms;
using Pharos.Remote.Reading;

namespace Pharos.Remote.Sending;

/// <summary>The fields of the message <c>Histogram</c>, which both versions have alike: whole counts as integers, floats as floats.</summary>
internal static class HistogramEncoding
{
    public static void Write(MessageWriter writer, long timestamp, NativeHistogram histogram)
    {
        if (histogram.Integers is { } integers)
        {
            writer.PresentNumber(1, integers.Count);
            WriteShape(writer, integers.Sum, integers.Schema, integers.ZeroThreshold);
            writer.PresentNumber(6, integers.ZeroCount);
            WriteSpans(writer, 8, integers.NegativeSpans);
            WriteDeltas(writer, 9, integers.NegativeDeltas);
            WriteSpans(writer, 11, integers.PositiveSpans);
            WriteDeltas(writer, 12, integers.PositiveDeltas);
            WriteEnd(writer, integers.CounterResetHint, timestamp, integers.CustomValues);
            return;
        }

        FloatHistogram floats = histogram.Floats!;
        writer.PresentDouble(2, floats.Count);
        WriteShape(writer, floats.Sum, floats.Schema, floats.ZeroThreshold);
        writer.PresentDouble(7, floats.ZeroCount);
        WriteSpans(writer, 8, floats.NegativeSpans);
        writer.Doubles(10, floats.NegativeBuckets.AsSpan());
        WriteSpans(writer, 11, floats.PositiveSpans);
        writer.Doubles(13, floats.PositiveBuckets.AsSpan());
        WriteEnd(writer, floats.CounterResetHint, timestamp, floats.CustomValues);
    }

    private static void WriteShape(MessageWriter writer, double sum, int schema, double zeroThreshold)
    {
        writer.Double(3, sum);
        writer.Signed(4, schema);
        writer.Double(5, zeroThreshold);
    }

    private static void WriteEnd(MessageWriter writer, CounterResetHint hint, long timestamp, ImmutableArray<double> customValues)
    {
        writer.Number(14, (ulong)hint);
        writer.Number(15, (ulong)timestamp);
        writer.Doubles(16, customValues.AsSpan());
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

    private static void WriteDeltas(MessageWriter writer, int field, ImmutableArray<long> deltas)
    {
        if (deltas.IsEmpty)
        {
            return;
        }

        int start = writer.Begin(field);
        foreach (long delta in deltas)
        {
            writer.PackedSigned(delta);
        }

        writer.End(start);
    }
}
