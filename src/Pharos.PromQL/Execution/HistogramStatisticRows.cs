using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary><c>histogram_count</c> and its kin: one number of each native histogram. Values that are numbers are left out.</summary>
internal sealed class HistogramStatisticRows : RowSource
{
    // Upstream drops the name alone here, and not type and unit with it.
    private static readonly LabelFilter NoName = LabelFilter.Without([Label.MetricName]);

    private readonly RowSource _inner;
    private readonly Func<FloatHistogram, double> _statistic;
    private int _slot;

    public HistogramStatisticRows(RowSource inner, Func<FloatHistogram, double> statistic)
        : base(inner.Grid)
    {
        _inner = inner;
        _statistic = statistic;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        RowSpan input = worker.Row(_slot, _inner);
        _inner.Fill(row, input, worker);
        output.Clear();
        for (int s = 0; s < input.Histograms.Length; s++)
        {
            if (input.Has(s) && input.Histograms[s] is { } histogram)
            {
                output.Set(s, _statistic(histogram));
            }
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _slot = run.NewSlot();
        _inner.Open(run);
        Labels = run.DelaysNames ? Naming.Drop(run, _inner.Labels) : new ProjectedLabels(_inner.Labels, null, NoName, areUnique: false);
    }
}
