using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Storage.Querying;

/// <summary>Joins the samples that several sources have of one series.</summary>
/// <remarks>
/// A timestamp is kept once. Upstream keeps any one of them (storage/merge.go); of two sources it keeps the one that is listed later, head before blocks and blocks by first time,
/// and so does this for any number.
/// </remarks>
internal static class SamplePart
{
    /// <summary>Adds samples of another source.</summary>
    /// <param name="buffer">Takes them; ascending before and after.</param>
    /// <param name="part">Ascending.</param>
    /// <param name="isPreferred">Whether, at a timestamp that both have, the sample of <paramref name="part"/> is kept.</param>
    /// <param name="scratch">Loses its content.</param>
    public static void Merge(SampleBuffer buffer, SampleBuffer part, bool isPreferred, SampleBuffer scratch)
    {
        if (part.Count == 0)
        {
            return;
        }

        if (buffer.Count == 0 || buffer.Timestamps[^1] < part.Timestamps[0])
        {
            Append(buffer, part, 0, part.Count);
            return;
        }

        scratch.Clear();
        scratch.EnsureCapacity(buffer.Count + part.Count);
        int mine = 0;
        int theirs = 0;
        while (mine < buffer.Count && theirs < part.Count)
        {
            long time = part.Timestamps[theirs];
            int end = mine + RunBelow(buffer.Timestamps[mine..], time);
            Append(scratch, buffer, mine, end - mine);
            mine = end;
            if (mine == buffer.Count)
            {
                break;
            }

            bool isSame = buffer.Timestamps[mine] == time;
            if (isSame && !isPreferred)
            {
                theirs++;
                continue;
            }

            mine += isSame ? 1 : 0;
            long next = mine < buffer.Count ? buffer.Timestamps[mine] : long.MaxValue;
            int run = Math.Max(1, RunBelow(part.Timestamps[theirs..], next));
            Append(scratch, part, theirs, run);
            theirs += run;
        }

        Append(scratch, buffer, mine, buffer.Count - mine);
        Append(scratch, part, theirs, part.Count - theirs);
        buffer.Clear();
        buffer.Append(scratch, 0, scratch.Count);
        scratch.Clear();
    }

    // Where the samples of one source end, nothing is known of counter resets to those of another.
    private static void Append(SampleBuffer buffer, SampleBuffer part, int start, int count)
    {
        if (count == 0)
        {
            return;
        }

        int first = buffer.Count;
        buffer.Append(part, start, count);
        if (buffer.HasHistograms && buffer.Histograms[first] is { } histogram && histogram.CounterResetHint != CounterResetHint.Gauge)
        {
            buffer.SetHistogram(first, histogram.WithHint(CounterResetHint.Unknown));
        }
    }

    private static int RunBelow(ReadOnlySpan<long> times, long time)
    {
        int run = 0;
        while (run < times.Length && times[run] < time)
        {
            run++;
        }

        return run;
    }
}
