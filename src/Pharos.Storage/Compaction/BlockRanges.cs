namespace Pharos.Storage.Compaction;

/// <summary>The spans of blocks by level: the least, and each three times the one before, as upstream has them.</summary>
internal static class BlockRanges
{
    /// <summary>Upstream's least span: 2 hours.</summary>
    public static readonly TimeSpan DefaultMin = TimeSpan.FromHours(2);

    private const int Levels = 10;
    private const int Factor = 3;
    private const int RetentionShare = 10;
    private static readonly TimeSpan LargestMax = TimeSpan.FromDays(31);

    /// <summary>The spans in milliseconds, up to the longest that is allowed.</summary>
    /// <param name="min">Of the blocks that the head is written to.</param>
    /// <param name="max">Longest; zero or less for upstream's rule, a tenth of the retention and at most 31 days.</param>
    /// <param name="retention">Zero or less: for ever.</param>
    public static long[] Of(TimeSpan min, TimeSpan max, TimeSpan retention)
    {
        if (max <= TimeSpan.Zero)
        {
            max = retention > TimeSpan.Zero && retention / RetentionShare < LargestMax ? retention / RetentionShare : LargestMax;
        }

        var ranges = new List<long>();
        long range = (long)min.TotalMilliseconds;
        for (int level = 0; level < Levels && (level == 0 || range <= (long)max.TotalMilliseconds); level++)
        {
            ranges.Add(range);
            range *= Factor;
        }

        return [.. ranges];
    }

    /// <summary>The end of the range of a width that the time lies in; division as upstream's, towards zero.</summary>
    public static long End(long time, long width) => ((time / width) * width) + width;

    /// <summary>The start of the range of a width that the time lies in.</summary>
    public static long Start(long time, long width) => width * ((time >= 0 ? time : time - width + 1) / width);
}
