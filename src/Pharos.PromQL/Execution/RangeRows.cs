using Pharos.Core.Samples;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>A range function over stored samples: each series is decoded once and its windows computed for all steps.</summary>
internal sealed class RangeRows : RowSource
{
    private readonly RawRangePlan _source;
    private readonly RangeFunction _function;
    private StepTimes _windowTimes;
    private long _windowRange;
    private Scan? _scan;
    private int _boundsSlot;

    public RangeRows(RangeCallPlan plan)
        : base(plan.Grid)
    {
        _source = (RawRangePlan)plan.Source;
        _function = new RangeFunction(plan, _source.IsAnchored, _source.IsSmoothed);
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        SampleBuffer samples = _scan!.Read(row, worker).Clean;
        WindowBounds bounds = worker.Get(_boundsSlot, Steps, static steps => new RecentWindows(steps)).Find(samples.Timestamps, _windowTimes, _windowRange);
        _function.Compute(row, samples, bounds, output, worker);
    }

    protected override void OnOpen(QueryRun run)
    {
        _boundsSlot = run.NewSlot();
        (_windowTimes, _windowRange) = Windows(_source, run.LookbackDelta);
        _scan = SelectSamples(run, _source);
        bool hasMoreThanNumbers = _scan?.Set.HasMoreThanNumbers ?? false;
        HasHistograms = hasMoreThanNumbers && _function.MayAnswerHistograms;
        Labels = _function.Open(run, _scan is null ? new ListedLabels([], run.Symbols, areUnique: true) : _scan.Labels, hasMoreThanNumbers);
    }

    /// <summary>The series that a range selector needs; null when there are no steps.</summary>
    public static Scan? SelectSamples(QueryRun run, RawRangePlan source)
    {
        (StepTimes times, long range) = Windows(source, run.LookbackDelta);
        return times.Count == 0 ? null : run.Select(source.Matchers, StepTimes.Earlier(times.Start, range - 1), times.End, source.WantsStatistics);
    }

    /// <summary>Anchored and smoothed selectors look beyond the range by the look-back: to the left, smoothed ones to both sides.</summary>
    public static (StepTimes Times, long Range) Windows(RawRangePlan source, long lookback)
    {
        long right = source.IsSmoothed ? lookback : 0;
        long left = source.IsSmoothed || source.IsAnchored ? lookback : 0;
        return (source.Times.Before(-right), source.Range + left + right);
    }
}
