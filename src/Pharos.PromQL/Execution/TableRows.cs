using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>An operator whose result is made as a whole when it opens.</summary>
internal abstract class TableRows : RowSource
{
    private RowTable? _table;

    protected TableRows(StepTimes grid)
        : base(grid)
    {
    }

    public sealed override RowTable? Table => _table;

    public sealed override void Fill(int row, RowSpan output, Worker worker) => _table![row].CopyTo(output);

    protected sealed override void OnOpen(QueryRun run)
    {
        // What the operands held is given back; what stays is the result.
        long held = run.Budget.Current;
        (RowLabels labels, RowTable table) = Evaluate(run);
        Labels = labels;
        _table = table;
        HasHistograms = table.HasHistograms;
        run.Budget.Reset(held);
        run.Budget.HoldTable(table.Rows, Steps);
        run.Budget.Charge(table.CountSamples());
    }

    /// <summary>Makes all rows.</summary>
    protected abstract (RowLabels Labels, RowTable Table) Evaluate(QueryRun run);
}
