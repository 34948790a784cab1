using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>The samples of one series within one window of a range function, and the range that the window is for.</summary>
internal readonly ref struct HistogramWindow
{
    /// <summary>The times of the samples, in Unix milliseconds, ascending.</summary>
    public required ReadOnlySpan<long> Timestamps { get; init; }

    /// <summary>The histogram of each sample; null where it is a float.</summary>
    public required ReadOnlySpan<FloatHistogram?> Histograms { get; init; }

    /// <summary>The start timestamp of each sample, 0 where there is none; or empty where none has one.</summary>
    public ReadOnlySpan<long> StartTimestamps { get; init; }

    /// <summary>
    /// Room to remember which samples are resets, one byte a sample, zero at first and kept from window to window of a series; or empty. Windows overlap, and
    /// comparing histograms is dear.
    /// </summary>
    public Span<byte> Resets { get; init; }

    /// <summary>The left end of the range, exclusive, in Unix milliseconds.</summary>
    public required long RangeStart { get; init; }

    /// <summary>The right end of the range, inclusive, in Unix milliseconds.</summary>
    public required long RangeEnd { get; init; }

    public int Length => Histograms.Length;

    /// <summary>The length of the range in seconds.</summary>
    public double RangeSeconds => (RangeEnd - RangeStart) / 1000.0;

    /// <summary>Whether there are floats among the histograms.</summary>
    public bool IsMixed
    {
        get
        {
            int floats = 0;
            foreach (FloatHistogram? histogram in Histograms)
            {
                floats += histogram is null ? 1 : 0;
            }

            return floats > 0 && floats < Histograms.Length;
        }
    }

    /// <summary>Whether any sample is a histogram.</summary>
    public bool HasHistogram
    {
        get
        {
            foreach (FloatHistogram? histogram in Histograms)
            {
                if (histogram is not null)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether the counter began within the range, before its first sample there.</summary>
    public bool StartsWithin =>
        StartTimestamps.Length > 0 && StartTimestamps[0] != 0 && StartTimestamps[0] > RangeStart && StartTimestamps[0] < Timestamps[0];

    /// <summary>The window without its first samples.</summary>
    public HistogramWindow From(int first) => new()
    {
        Timestamps = Timestamps[first..],
        Histograms = Histograms[first..],
        StartTimestamps = StartTimestamps.IsEmpty ? [] : StartTimestamps[first..],
        Resets = Resets.IsEmpty ? [] : Resets[first..],
        RangeStart = RangeStart,
        RangeEnd = RangeEnd,
    };

    /// <summary>Whether there was a counter reset between the sample before and this one, by start timestamps or counts; both are histograms.</summary>
    public bool IsReset(int index)
    {
        const byte No = 1;
        const byte Yes = 2;
        if (Resets.Length > 0 && Resets[index] != 0)
        {
            return Resets[index] == Yes;
        }

        bool isReset = IsStartReset(index) || Histograms[index]!.DetectReset(Histograms[index - 1]!);
        if (Resets.Length > 0)
        {
            Resets[index] = isReset ? Yes : No;
        }

        return isReset;
    }

    /// <summary>Whether a sample claims to have begun before the one before it was taken.</summary>
    public bool StartOverlaps(int index) =>
        StartTimestamps.Length > 0 && StartTimes.Overlaps(StartTimestamps[index - 1], Timestamps[index - 1], StartTimestamps[index]);

    /// <summary>Whether the start timestamps alone tell of a counter reset between the sample before and this one.</summary>
    public bool IsStartReset(int index) =>
        StartTimestamps.Length > 0 && StartTimes.IsReset(StartTimestamps[index - 1], Timestamps[index - 1], StartTimestamps[index], Timestamps[index]);
}
