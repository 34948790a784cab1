using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary><c>limitk</c>: at each step the first k rows of a group that have a value.</summary>
internal sealed class LimitKRows : TableRows
{
    private readonly AggregatePlan _plan;
    private readonly RowSource _inner;

    public LimitKRows(AggregatePlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _plan = plan;
        _inner = inner;
    }

    protected override (RowLabels Labels, RowTable Table) Evaluate(QueryRun run)
    {
        // Of two that cannot be evaluated upstream names the parameter.
        double[] values = Scalars.Evaluate(run, _plan.Parameter!);
        _inner.Open(run);
        int[]? k = RankParameter.Check(values.AsSpan(0, Steps), _inner.Count);
        var rows = new List<int>();
        var kept = new List<RowTable>();
        if (k is not null)
        {
            GroupIndex groups = GroupIndex.Of(_inner.Labels, _plan.Grouping, _plan.Without);
            run.Budget.CheckCells(groups.Count, Steps);
            int[] counts = new int[groups.Count * Steps];
            Rows.ForEach(run, _inner, (row, table, at) =>
            {
                if (Keep(table[at], counts.AsSpan(groups.GroupOf[row] * Steps, Steps), k))
                {
                    run.Budget.CheckCells(rows.Count + 1, Steps);
                    rows.Add(row);
                    var copy = new RowTable(1, Steps, table.HasHistograms);
                    table[at].CopyTo(copy[0]);
                    kept.Add(copy);
                }
            });
        }
        else
        {
            Rows.FillOthers(run, _inner, []);
        }

        var result = new RowTable(rows.Count, Steps, _inner.HasHistograms);
        for (int i = 0; i < kept.Count; i++)
        {
            kept[i][0].CopyTo(result[i]);
        }

        return (new ProjectedLabels(_inner.Labels, [.. rows], LabelFilter.All, _inner.Labels.AreUnique), result);
    }

    // Removes the values that come too late; whether any stay.
    private static bool Keep(RowSpan row, Span<int> counts, int[] k)
    {
        bool any = false;
        for (int s = 0; s < row.Steps; s++)
        {
            if (!row.Has(s))
            {
                continue;
            }

            if (counts[s] < k[s])
            {
                counts[s]++;
                any = true;
            }
            else
            {
                row.Unset(s);
            }
        }

        return any;
    }
}
