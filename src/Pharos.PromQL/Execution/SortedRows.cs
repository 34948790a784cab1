using System.Runtime.InteropServices;
using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Scheduling;

namespace Pharos.PromQL.Execution;

/// <summary><c>sort</c> and its kin: another order of the rows. Only instant queries keep it; matrices are sorted by labels in the end.</summary>
internal sealed class SortedRows : RowSource
{
    private readonly CallPlan _plan;
    private readonly RowSource _inner;
    private readonly bool _isDescending;
    private int[]? _order;
    private RowTable? _table;

    public SortedRows(CallPlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _plan = plan;
        _inner = inner;
        _isDescending = plan.Function.EndsWith("_desc", StringComparison.Ordinal);
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        if (_table is not null)
        {
            _table[_order![row]].CopyTo(output);
        }
        else
        {
            _inner.Fill(_order is null ? row : _order[row], output, worker);
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        Labels = _inner.Labels;
        HasHistograms = _inner.HasHistograms;
        if (Steps != 1)
        {
            run.Annotations.Add(
                isWarning: true, "sort is ineffective for range queries since results are always ordered by labels", _plan.Position);
            return;
        }

        _order = _plan.Function is "sort" or "sort_desc" ? OrderByValue(run) : OrderByLabels(run);
        Labels = new ProjectedLabels(_inner.Labels, _order, LabelFilter.All, _inner.Labels.AreUnique);
    }

    // NaN comes last whichever way; equal values keep the order of their rows.
    private int[] OrderByValue(QueryRun run)
    {
        _table = Rows.Materialize(run, _inner);
        var present = new List<(int Row, double Value)>();
        for (int row = 0; row < _inner.Count; row++)
        {
            if (_table[row].Has(0))
            {
                present.Add((row, _table[row].Values[0]));
            }
        }

        int direction = _isDescending ? -1 : 1;

        // The list is not touched while its span is in use.
        PacedSort.Sort(CollectionsMarshal.AsSpan(present), (x, y) => Compare(x, y, direction), work: 8, run.Pace);
        return [.. present.Select(static p => p.Row)];
    }

    private static int Compare((int Row, double Value) x, (int Row, double Value) y, int direction)
    {
        int order = double.IsNaN(x.Value) || double.IsNaN(y.Value)
            ? double.IsNaN(x.Value).CompareTo(double.IsNaN(y.Value))
            : direction * x.Value.CompareTo(y.Value);
        return order != 0 ? order : x.Row - y.Row;
    }

    private int[] OrderByLabels(QueryRun run)
    {
        string[] names = [.. _plan.Arguments.Skip(1).Select(static a => ((StringPlan)a).Value)];
        Labels[] labels = new Labels[_inner.Count];
        int[] order = new int[labels.Length];
        for (int row = 0; row < labels.Length; row++)
        {
            run.Pace.Spend(Worker.LabelsWork);
            labels[row] = _inner.Labels.Get(row);
            order[row] = row;
        }

        int direction = _isDescending ? -1 : 1;
        PacedSort.Sort(order.AsSpan(), (x, y) => direction * Compare(labels[x], labels[y], names), work: 64, run.Pace);
        return order;
    }

    private static int Compare(Labels x, Labels y, string[] names)
    {
        foreach (string name in names)
        {
            int order = string.Equals(x[name], y[name], StringComparison.Ordinal) ? 0 : NaturalOrder.Compare(x[name], y[name]);
            if (order != 0)
            {
                return order;
            }
        }

        return Core.Labels.Labels.Compare(x, y);
    }
}
