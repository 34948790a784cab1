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

    /// <summary>Bytes that a chunk of histograms should have.</summary>
    public const int HistogramTargetBytes = 1024;

    /// <summary>Samples that a chunk of histograms has at least before it is cut for its size.</summary>
    public const int HistogramMinSamples = 10;

    private const int TargetSamples = 120;

    /// <summary>The end of the range that the time lies in; division as upstream's, towards zero.</summary>
    public static long End(long time) => ((time / DurationMs) * DurationMs) + DurationMs;

    /// <summary>Where to cut so that the chunks up to <paramref name="max"/> are about equally long, judged when a quarter of a chunk spans <paramref name="start"/> to <paramref name="current"/>.</summary>
    public static long PredictEnd(long start, long current, long max) => PredictEnd(start, current, max, 4);

    /// <summary>As the other, judged when the chunk can still become so many times as large.</summary>
    public static long PredictEnd(long start, long current, long max, double ratioToFull)
    {
        double n = (max - start) / ((current - start + 1) * ratioToFull);
        return n <= 1 ? max : (long)(start + ((max - start) / Math.Floor(n)));
    }
}
