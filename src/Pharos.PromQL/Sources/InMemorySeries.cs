using Pharos.Core.Histograms;
using Pharos.Core.Labels;

namespace Pharos.PromQL.Sources;

/// <summary>A series and its samples, oldest first.</summary>
/// <param name="Labels">Who it is.</param>
/// <param name="ShapeId">Which label names it has.</param>
/// <param name="ValueIds">The ids of their values, name by name.</param>
internal sealed record InMemorySeries(Labels Labels, uint ShapeId, uint[] ValueIds)
{
    public List<long> Timestamps { get; } = [];

    public List<double> Values { get; } = [];

    /// <summary>By the place of the sample.</summary>
    public Dictionary<int, FloatHistogram> Histograms { get; } = [];

    /// <summary>By the place of the sample.</summary>
    public Dictionary<int, long> StartTimestamps { get; } = [];

    /// <summary>The places of the samples in a range of time, the end exclusive; none where the end is not behind the begin.</summary>
    public (int From, int To) Range(long minTime, long maxTime)
    {
        int from = LowerBound(minTime);
        return (from, maxTime == long.MaxValue ? Timestamps.Count : LowerBound(maxTime + 1));
    }

    private int LowerBound(long time)
    {
        int at = Timestamps.BinarySearch(time);
        return at < 0 ? ~at : at;
    }
}
