using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>
/// What a range function does with a series that has histograms or start timestamps: the kernel for numbers computes every step; then the steps whose windows
/// hold anything else are computed anew, window by window.
/// </summary>
internal sealed class MixedRangeFunction
{
    private readonly RangeCallPlan _plan;
    private readonly bool _isAnchored;
    private readonly bool _isSmoothed;
    private readonly bool _knowsHistograms;
    private readonly bool _usesStarts;
    private readonly RangeNoticeTexts _texts;
    private readonly int _numberSlot;
    private readonly int _boundsSlot;
    private readonly int _mixedSlot;
    private readonly int _scratchSlot;

    public MixedRangeFunction(QueryRun run, RangeCallPlan plan, bool isAnchored, bool isSmoothed, RowLabels labels)
    {
        _plan = plan;
        _isAnchored = isAnchored;
        _isSmoothed = isSmoothed;
        _knowsHistograms = MixedKernel.Create(plan.Function, isAnchored, isSmoothed) is not null;
        _usesStarts = run.Options.UseStartTimestamps && (plan.Function == "resets" || (plan.Function is "rate" or "increase" or "irate" && !isAnchored && !isSmoothed));
        _texts = new RangeNoticeTexts(run, plan, labels);
        _numberSlot = run.NewSlot();
        _boundsSlot = run.NewSlot();
        _mixedSlot = run.NewSlot();
        _scratchSlot = run.NewSlot();
    }

    /// <summary>Whether samples are more than this function's kernel for numbers knows.</summary>
    public bool IsNeededFor(SampleBuffer samples) => samples.HasHistograms || (_usesStarts && samples.HasStartTimestamps);

    /// <summary>Computes one row; the windows of the input are those of all samples.</summary>
    public void Compute(int row, SampleBuffer samples, in RangeInput input, RangeKernel numbers, RowSpan output, Worker worker)
    {
        HistogramNotices notices = HistogramNotices.None;
        if (_knowsHistograms)
        {
            numbers.Compute(input, output);
            output.Histograms.Clear();
            ComputeMixed(row, samples, input, output, worker, ref notices);
        }
        else if (_plan.Function is "first_over_time" or "last_over_time")
        {
            numbers.Compute(input, output);
            for (int s = 0; s < output.Steps; s++)
            {
                int at = _plan.Function == "first_over_time" ? input.First[s] : input.End[s] - 1;
                output.Histograms[s] = input.End[s] > input.First[s] ? input.HistogramAt(at) : null;
            }
        }
        else if (_plan.Function is "count_over_time" or "present_over_time" or "absent_over_time" or "ts_of_first_over_time" or "ts_of_last_over_time")
        {
            numbers.Compute(input, output);
        }
        else
        {
            ComputeNumbers(samples, input, numbers, output, worker, ref notices);
        }

        _texts.Tell(row, notices);
    }

    private void ComputeMixed(int row, SampleBuffer samples, in RangeInput input, RowSpan output, Worker worker, ref HistogramNotices notices)
    {
        MixedKernel kernel = worker.Get(_mixedSlot, this, static f => MixedKernel.Create(f._plan.Function, f._isAnchored, f._isSmoothed)!);
        MixedScratch scratch = worker.Get(_scratchSlot, 0, static _ => new MixedScratch());
        scratch.Prepare(samples, _usesStarts);
        int overlaps = 0;
        for (int s = 0; s < output.Steps; s++)
        {
            int first = input.First[s];
            int end = input.End[s];
            if (first == end || !(scratch.HasStarts || scratch.HasHistogram(first, end)))
            {
                continue;
            }

            HistogramNotices found = HistogramNotices.None;
            output.Unset(s);
            long right = input.Times.At(s);
            kernel.Compute(scratch.Window(input.Timestamps, first, end, right - input.Range, right), input.Values[first..end], s, output, ref found);
            notices |= found;
            overlaps += found.HasFlag(HistogramNotices.StartTimeOverlap) ? 1 : 0;
        }

        _texts.CountOverlaps(row, overlaps);
    }

    // The function sees the numbers alone; where a window has both, the user is told.
    private void ComputeNumbers(SampleBuffer samples, in RangeInput input, RangeKernel kernel, RowSpan output, Worker worker, ref HistogramNotices notices)
    {
        SampleBuffer numbers = worker.Get(_numberSlot, 0, static _ => new SampleBuffer());
        numbers.Clear();
        ReadOnlySpan<FloatHistogram?> histograms = samples.Histograms;
        for (int i = 0; i < histograms.Length; i++)
        {
            if (histograms[i] is null)
            {
                numbers.Add(samples.TimestampArray[i], samples.ValueArray[i]);
            }
        }

        WindowBounds bounds = worker.Get(_boundsSlot, _plan.Grid.Count, static steps => new WindowBounds(steps));
        bounds.Update(numbers.Timestamps, input.Times, input.Range);
        kernel.Compute(
            new RangeInput
            {
                Timestamps = numbers.Timestamps,
                Values = numbers.Values,
                Windows = bounds,
                Times = input.Times,
                EvaluationTimes = input.EvaluationTimes,
                Range = input.Range,
                Arguments = input.Arguments,
                Pace = input.Pace,
            },
            output);
        for (int s = 0; s < output.Steps && notices == HistogramNotices.None; s++)
        {
            int count = bounds.End[s] - bounds.First[s];
            notices |= count > 0 && count < input.End[s] - input.First[s] ? HistogramNotices.HistogramsIgnored : HistogramNotices.None;
        }
    }
}
