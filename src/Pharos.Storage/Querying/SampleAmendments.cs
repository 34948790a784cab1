using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>Takes samples out of a buffer and puts others in.</summary>
internal static class SampleAmendments
{
    /// <summary>Takes the samples out that lie in the intervals.</summary>
    public static void Remove(SampleBuffer buffer, ReadOnlySpan<Tombstone> intervals)
    {
        if (intervals.IsEmpty || buffer.Count == 0)
        {
            return;
        }

        int at = 0;
        int kept = 0;
        int before = -1;
        for (int i = 0; i < buffer.Count; i++)
        {
            long time = buffer.TimestampArray[i];
            while (at < intervals.Length && intervals[at].MaxTime < time)
            {
                at++;
            }

            if (at == intervals.Length || intervals[at].MinTime > time)
            {
                if (before != i - 1)
                {
                    ForgetReset(buffer, i);
                }

                before = i;
                Move(buffer, i, kept++);
            }
        }

        Cut(buffer, kept);
    }

    /// <summary>Puts samples in by time. Of two at one time that of the buffer stays.</summary>
    public static void Merge(SampleBuffer buffer, OutOfOrderSamples late)
    {
        if (late.Count == 0)
        {
            return;
        }

        int more = CountMissing(buffer, late);
        int count = buffer.Count;
        buffer.EnsureCapacity(count + more);
        int from = count - 1;
        buffer.Count = count + more;
        int to = buffer.Count - 1;
        if (more > 0)
        {
            // Makes room in the other columns, where they are kept.
            buffer.SetHistogram(to, null);
            buffer.SetStartTimestamp(to, 0);
        }

        for (int k = late.Count - 1; k >= 0 && to > from; k--)
        {
            while (from >= 0 && buffer.TimestampArray[from] > late.Times[k])
            {
                Move(buffer, from--, to--);
            }

            if (from < 0 || buffer.TimestampArray[from] < late.Times[k])
            {
                buffer.TimestampArray[to] = late.Times[k];
                buffer.ValueArray[to] = BitConverter.UInt64BitsToDouble(late.Values[k]);
                NativeHistogram histogram = late.HistogramAt(k);
                buffer.SetHistogram(to, histogram.IsNone ? null : histogram.ToFloat());
                buffer.SetStartTimestamp(to, 0);
                ForgetReset(buffer, to + 1);
                to--;
            }
        }
    }

    // Whether a counter was reset since the sample before was said of another sample before.
    private static void ForgetReset(SampleBuffer buffer, int index)
    {
        if (buffer.HasHistograms && index < buffer.Count && buffer.Histograms[index] is { CounterResetHint: not CounterResetHint.Gauge } histogram)
        {
            buffer.SetHistogram(index, histogram.WithHint(CounterResetHint.Unknown));
        }
    }

    private static int CountMissing(SampleBuffer buffer, OutOfOrderSamples late)
    {
        int missing = 0;
        int at = 0;
        for (int k = 0; k < late.Count; k++)
        {
            while (at < buffer.Count && buffer.TimestampArray[at] < late.Times[k])
            {
                at++;
            }

            missing += at < buffer.Count && buffer.TimestampArray[at] == late.Times[k] ? 0 : 1;
        }

        return missing;
    }

    private static void Move(SampleBuffer buffer, int from, int to)
    {
        if (from == to)
        {
            return;
        }

        buffer.TimestampArray[to] = buffer.TimestampArray[from];
        buffer.ValueArray[to] = buffer.ValueArray[from];
        if (buffer.HasHistograms)
        {
            buffer.SetHistogram(to, buffer.Histograms[from]);
        }

        if (buffer.HasStartTimestamps)
        {
            buffer.SetStartTimestamp(to, buffer.StartTimestamps[from]);
        }
    }

    private static void Cut(SampleBuffer buffer, int count)
    {
        for (int i = count; i < buffer.Count; i++)
        {
            buffer.SetHistogram(i, null);
            buffer.SetStartTimestamp(i, 0);
        }

        buffer.Count = count;
    }
}
