using System.Numerics;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>A range function over a subquery: each row of the inner expression becomes a series of samples.</summary>
internal sealed class SubqueryRows : RowSource
{
    private const int RowsOfScratch = 4;

    private readonly SubqueryPlan _source;
    private readonly RowSource _inner;
    private readonly RangeFunction _function;
    private int _boundsSlot;
    private int _rowSlot;
    private int _samplesSlot;

    public SubqueryRows(RangeCallPlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _source = (SubqueryPlan)plan.Source;
        _inner = inner;
        _function = new RangeFunction(plan, isAnchored: false, isSmoothed: false);
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        SampleBuffer samples = worker.Get(_samplesSlot, 0, static _ => new SampleBuffer());
        RowSpan inner = worker.Row(_rowSlot, _inner);
        _inner.Fill(row, inner, worker);
        worker.Pace.Spend(inner.Steps);
        ToSamples(inner, _inner.Grid, samples);
        WindowBounds bounds = worker.Get(_boundsSlot, Steps, static steps => new WindowBounds(steps));
        bounds.Update(samples.Timestamps, _source.Times, _source.Range);
        _function.Compute(row, samples, bounds, output, worker);
    }

    protected override void OnOpen(QueryRun run)
    {
        _boundsSlot = run.NewSlot();
        _rowSlot = run.NewSlot();
        _samplesSlot = run.NewSlot();
        _inner.Open(run);

        // Each thread has a row of the inner steps, which may be far more than those of the query, the samples made of it, and their windows.
        run.Budget.HoldTable(RowsOfScratch * (long)Math.Min(run.Options.MaxThreads, _inner.Count), _inner.Steps);
        HasHistograms = _inner.HasHistograms && _function.MayAnswerHistograms;
        Labels = _function.Open(run, _inner.Labels, _inner.HasHistograms);
    }

    /// <summary>Replaces the buffer's content by the values of a row.</summary>
    public static void ToSamples(RowSpan row, StepTimes grid, SampleBuffer samples)
    {
        samples.Clear();
        samples.EnsureCapacity(row.Steps);
        int count = 0;
        for (int w = 0; w < row.Present.Length; w++)
        {
            for (ulong rest = row.Present[w]; rest != 0; rest &= rest - 1)
            {
                int s = (w * 64) + BitOperations.TrailingZeroCount(rest);
                samples.TimestampArray[count] = grid.At(s);
                samples.ValueArray[count] = row.Values[s];
                samples.SetHistogram(count, WithoutHint(row.HistogramAt(s)));
                count++;
            }
        }

        samples.Count = count;
    }

    // What hints tell is about neighbours in the store, and the samples of a subquery are no neighbours there.
    private static FloatHistogram? WithoutHint(FloatHistogram? histogram) =>
        histogram is null or { CounterResetHint: CounterResetHint.Gauge } ? histogram : histogram.WithHint(CounterResetHint.Unknown);
}
