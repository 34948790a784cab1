using Pharos.Core.Samples;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>An instant vector selector with <c>smoothed</c>: values between samples, looking to both sides.</summary>
internal sealed class SmoothedSelectorRows : RowSource
{
    private readonly SelectorPlan _plan;
    private readonly SmoothedLookupKernel _kernel = new();
    private Scan? _scan;
    private RangeNoticeTexts? _texts;
    private long _lookback;
    private int _boundsSlot;
    private int _scratchSlot;

    public SmoothedSelectorRows(SelectorPlan plan)
        : base(plan.Grid)
    {
        _plan = plan;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        DecodedSeries series = _scan!.Read(row, worker);
        WindowBounds bounds = worker.Get(_boundsSlot, Steps, static steps => new WindowBounds(steps));
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
        if (HasHistograms)
        {
            FillHistograms(row, series.Clean, input, output, worker);
        }
    }

    private void FillHistograms(int row, SampleBuffer samples, in RangeInput input, RowSpan output, Worker worker)
    {
        output.Histograms.Clear();
        MixedScratch scratch = worker.Get(_scratchSlot, 0, static _ => new MixedScratch());
        scratch.Prepare(samples, usesStarts: false);
        HistogramNotices notices = HistogramNotices.None;
        for (int s = 0; s < output.Steps; s++)
        {
            int first = input.First[s];
            int end = input.End[s];
            if (scratch.HasHistogram(first, end))
            {
                long time = _plan.Times.At(s);
                output.Unset(s);
                if (NativeHistogramInterpolation.At(scratch.Window(input.Timestamps, first, end, time - _lookback, time + _lookback), time, ref notices) is { } histogram)
                {
                    output.Set(s, histogram);
                }
            }
        }

        _texts!.Tell(row, notices);
    }

    protected override void OnOpen(QueryRun run)
    {
        _lookback = run.LookbackDelta;
        _boundsSlot = run.NewSlot();
        _scratchSlot = run.NewSlot();
        _scan = run.Select(_plan.Matchers, StepTimes.Earlier(_plan.Times.Start, _lookback - 1), StepTimes.Earlier(_plan.Times.End, -_lookback), _plan.WantsStatistics);
        Labels = _scan.Labels;
        HasHistograms = _scan.Set.HasMoreThanNumbers;
        _texts = new RangeNoticeTexts(run, Labels, _plan.Position);
    }
}
