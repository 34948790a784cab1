using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>Rows of one step, repeated over all.</summary>
internal sealed class InvariantRows : RowSource
{
    private readonly RowSource _inner;
    private RowTable? _once;

    public InvariantRows(InvariantPlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _inner = inner;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        if (_once![row].Has(0))
        {
            output.Values.Fill(_once[row].Values[0]);
            output.Histograms.Fill(_once[row].HistogramAt(0));
            output.SetAllPresent();
        }
        else
        {
            output.Clear();
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        HasHistograms = _inner.HasHistograms;
        _once = Rows.Materialize(run, _inner);
        Labels = _inner.Labels;
    }
}
