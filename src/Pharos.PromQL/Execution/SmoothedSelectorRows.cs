using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>An instant vector selector with <c>smoothed</c>: values between samples, looking to both sides.</summary>
internal sealed class SmoothedSelectorRows : RowSource
{
    private readonly SelectorPlan _plan;
    private readonly SmoothedLookupKernel _kernel = new();
    private Scan? _scan;
    private long _lookback;
    private int _boundsSlot;

    public SmoothedSelectorRows(SelectorPlan plan)
        : base(plan.Grid)
    {
        _plan = plan;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        DecodedSeries series = _scan!.Read(row, worker);
        WindowBounds bounds = worker.Get(_boundsSlot, () => new WindowBounds(Steps));
        bounds.Update(series.Clean.Timestamps, _plan.Times.Before(-_lookback), 2 * _lookback);
        var input = new RangeInput
        {
            Timestamps = series.Clean.Timestamps,
            Values = series.Clean.Values,
            Windows = bounds,
            Times = _plan.Times,
            EvaluationTimes = Grid,
            Range = 2 * _lookback,
        };
        _kernel.Compute(input, output);
    }

    protected override void OnOpen(QueryRun run)
    {
        _lookback = run.LookbackDelta;
        _boundsSlot = run.NewSlot();
        _scan = run.Select(_plan.Matchers, StepTimes.Earlier(_plan.Times.Start, _lookback - 1), StepTimes.Earlier(_plan.Times.End, -_lookback), _plan.WantsStatistics);
        Labels = _scan.Labels;
    }
}
