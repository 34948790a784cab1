using Pharos.Core.Contracts;

namespace Pharos.PromQL.Execution;

/// <summary>Series that a query selected, with the time it reads of them. Thread-safe; what was decoded is kept by each worker.</summary>
internal sealed class Scan
{
    private readonly long _minTime;
    private readonly long _maxTime;
    private readonly int _slot;
    private readonly bool _wantsStatistics;

    /// <summary>A scan; <paramref name="wantsStatistics"/> says that buckets of histograms may be left out.</summary>
    public Scan(ISeriesSet set, long minTime, long maxTime, int slot, bool wantsStatistics)
    {
        Set = set;
        _minTime = minTime;
        _maxTime = maxTime;
        _slot = slot;
        _wantsStatistics = wantsStatistics;
        Labels = new StoredLabels(set);
    }

    public ISeriesSet Set { get; }

    public StoredLabels Labels { get; }

    /// <summary>The samples of a series; valid until this worker reads the next one.</summary>
    public DecodedSeries Read(int row, Worker worker)
    {
        DecodedSeries series = worker.Get(_slot, static () => new DecodedSeries());
        worker.CountRead(series.Read(Set, row, _minTime, _maxTime, _wantsStatistics));
        return series;
    }
}
