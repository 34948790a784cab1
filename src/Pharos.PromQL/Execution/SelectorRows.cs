using Pharos.Core.Samples;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>An instant vector selector: for each series the newest sample within the look-back of every step.</summary>
internal sealed class SelectorRows : RowSource
{
    private readonly SelectorPlan _plan;
    private Scan? _scan;
    private long _lookback;
    private int _boundsSlot;
    private bool _knowsLast;

    public SelectorRows(SelectorPlan plan)
        : base(plan.Grid)
    {
        _plan = plan;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        if (_knowsLast)
        {
            FillLast(row, output, worker);
            return;
        }

        DecodedSeries series = _scan!.Read(row, worker);
        SampleBuffer samples = series.All;
        WindowBounds bounds = worker.Get(_boundsSlot, Steps, static steps => new RecentWindows(steps)).Find(samples.Timestamps, _plan.Times, _lookback);
        switch (_plan.Field)
        {
            case SampleField.Time:
                InstantLookup.Times(bounds, samples.Timestamps, samples.Values, series.HasMarkers, output);
                break;
            case SampleField.StartTime:
                InstantLookup.Times(bounds, samples.StartTimestamps, samples.Values, series.HasMarkers, output);
                break;
            default:
                InstantLookup.Values(bounds, samples.Values, series.HasMarkers, output);
                break;
        }

        if (HasHistograms)
        {
            InstantLookup.Histograms(bounds, samples.Histograms, output);
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        if (Steps == 0)
        {
            Labels = new ListedLabels([], run.Symbols, areUnique: true);
            return;
        }

        _lookback = run.LookbackDelta;
        _boundsSlot = run.NewSlot();
        _scan = run.Select(_plan.Matchers, StepTimes.Earlier(_plan.Times.Start, _lookback - 1), _plan.Times.End, _plan.WantsStatistics);
        _knowsLast = Steps == 1 && !_scan.Set.HasMoreThanNumbers;
        HasHistograms = _scan.Set.HasMoreThanNumbers && _plan.Field == SampleField.Value;
        Labels = _plan.Field == SampleField.Value ? _scan.Labels : Naming.Drop(run, _scan.Labels);
    }

    // One step needs no decoding: the store knows the newest samples.
    private void FillLast(int row, RowSpan output, Worker worker)
    {
        output.Clear();
        if (_scan!.TryReadLast(row, worker, out Sample sample))
        {
            output.Set(0, _plan.Field switch
            {
                SampleField.Time => sample.Timestamp / 1000.0,
                SampleField.StartTime => 0,
                _ => sample.Value,
            });
        }
    }
}
