using Pharos.Core.Contracts;
using Pharos.Core.Samples;

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

    /// <summary>Milliseconds, inclusive.</summary>
    public long MinTime => _minTime;

    /// <summary>Milliseconds, inclusive.</summary>
    public long MaxTime => _maxTime;

    public StoredLabels Labels { get; }

    /// <summary>Only in a query that is explained.</summary>
    public ScanMeasure? Measure { get; private set; }

    /// <summary>The samples of a series; valid until this worker reads the next one.</summary>
    public DecodedSeries Read(int row, Worker worker) => worker.Clock is { } clock && Measure is { } measure ? ReadMeasured(row, worker, clock, measure) : Decode(row, worker);

    /// <summary>The newest sample of a series; false when there is none or it is a staleness marker. Only of sets of numbers alone.</summary>
    public bool TryReadLast(int row, Worker worker, out Sample sample)
    {
        if (worker.Clock is not { } clock || Measure is not { } measure)
        {
            return TryFindLast(row, worker, out sample);
        }

        int before = clock.Enter(measure.Slot, worker.SamplesRead);
        bool isThere = TryFindLast(row, worker, out sample);
        measure.SamplesOf[row] = isThere ? 1 : 0;
        clock.Leave(before, worker.SamplesRead);
        return isThere;
    }

    /// <summary>For a query that is explained: time and samples are counted in a slot. Before anything is read.</summary>
    public Scan MeasuredBy(int slot)
    {
        int[] samplesOf = new int[Set.Count];
        Array.Fill(samplesOf, -1);
        Measure = new ScanMeasure(slot, samplesOf);
        return this;
    }

    private DecodedSeries ReadMeasured(int row, Worker worker, NodeClock clock, ScanMeasure measure)
    {
        int before = clock.Enter(measure.Slot, worker.SamplesRead);
        DecodedSeries series = Decode(row, worker);
        measure.SamplesOf[row] = series.Clean.Count;
        clock.Leave(before, worker.SamplesRead);
        return series;
    }

    private bool TryFindLast(int row, Worker worker, out Sample sample)
    {
        LastSamples last = worker.Get(_slot, 0, static _ => new DecodedSeries()).Last;
        bool isThere = last.TryGet(Set, row, _minTime, _maxTime, out sample) && !Staleness.IsMarker(sample.Value);
        worker.CountRead(isThere ? 1 : 0);
        return isThere;
    }

    private DecodedSeries Decode(int row, Worker worker)
    {
        DecodedSeries series = worker.Get(_slot, 0, static _ => new DecodedSeries());
        worker.CountRead(series.Read(Set, row, _minTime, _maxTime, _wantsStatistics));
        return series;
    }
}
