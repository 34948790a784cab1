using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>
/// No series, after the operand was opened so that its errors are seen: what functions of native histograms give for samples that are numbers.
/// </summary>
internal sealed class EmptyRows : TableRows
{
    private readonly RowSource _inner;

    public EmptyRows(PlanNode plan, RowSource inner)
        : base(plan.Grid)
    {
        _inner = inner;
    }

    protected override (RowLabels Labels, RowTable Table) Evaluate(QueryRun run)
    {
        _inner.Open(run);
        return (new ListedLabels([], run.Symbols, areUnique: true), new RowTable(0, Steps));
    }
}
