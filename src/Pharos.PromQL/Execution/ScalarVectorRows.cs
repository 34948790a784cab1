using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>One series without labels that has a value at every step: <c>vector</c>, and date functions without an argument.</summary>
internal sealed class ScalarVectorRows : TableRows
{
    private readonly Func<QueryRun, double[]> _values;

    public ScalarVectorRows(PlanNode plan, Func<QueryRun, double[]> values)
        : base(plan.Grid)
    {
        _values = values;
    }

    protected override (RowLabels Labels, RowTable Table) Evaluate(QueryRun run)
    {
        var table = new RowTable(1, Steps);
        _values(run).CopyTo(table[0].Values);
        table[0].SetAllPresent();
        return (new ListedLabels([Core.Labels.Labels.Empty], run.Symbols, areUnique: true), table);
    }
}
