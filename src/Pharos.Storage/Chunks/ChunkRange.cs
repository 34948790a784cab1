namespace Pharos.Storage.Chunks;

/// <summary>When upstream cuts a chunk, so that chunks come out byte for byte equal.</summary>
internal static class ChunkRange
{
    /// <summary>Span of a head chunk at most, and of a block: 2 hours.</summary>
    public const long DurationMs = 2 * 60 * 60 * 1000;

    /// <summary>Samples after which the end is predicted.</summary>
    public const int PredictAt = TargetSamples / 4;

    /// <summary>Samples at most.</summary>
    public const int MaxSamples = TargetSamples * 2;

    /// <summary>A chunk longer than this many bytes takes no further sample: the largest sample is 19 bytes and 1024 the limit.</summary>
    public const int FullBytes = 1024 - 19;

    private const int TargetSamples = 120;

    /// <summary>The end of the range that the time lies in; division as upstream's, towards zero.</summary>
    public static long End(long time) => ((time / DurationMs) * DurationMs) + DurationMs;

    /// <summary>Where to cut so that the chunks up to <paramref name="max"/> are about equally long, judged when a quarter of a chunk spans <paramref name="start"/> to <paramref name="current"/>.</summary>
    public static long PredictEnd(long start, long current, long max)
    {
        double n = (max - start) / ((current - start + 1) * 4.0);
        return n <= 1 ? max : (long)(start + ((max - start) / Math.Floor(n)));
    }
}
