using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>
/// <c>topk</c> and <c>bottomk</c>: rows are offered one after the other to a heap per group and step, so memory is k rows a group and not the operand.
/// </summary>
internal sealed class TopKRows : TableRows
{
    private readonly AggregatePlan _plan;
    private readonly RowSource _inner;
    private readonly bool _isMax;

    public TopKRows(AggregatePlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _plan = plan;
        _inner = inner;
        _isMax = plan.Op == AggregateOp.TopK;
    }

    protected override (RowLabels Labels, RowTable Table) Evaluate(QueryRun run)
    {
        // Of two that cannot be evaluated upstream names the parameter.
        double[] values = Scalars.Evaluate(run, _plan.Parameter!);
        _inner.Open(run);
        int[]? k = RankParameter.Check(values.AsSpan(0, Steps), _inner.Count);
        if (k is null || _inner.Count == 0)
        {
            Rows.FillOthers(run, _inner, []);
            return (new ProjectedLabels(_inner.Labels, [], LabelFilter.All, areUnique: true), new RowTable(0, Steps));
        }

        GroupIndex groups = GroupIndex.Of(_inner.Labels, _plan.Grouping, _plan.Without);
        var heaps = new Heaps(groups, k, Steps, _isMax, run);
        bool hasIgnored = false;
        Rows.ForEach(run, _inner, (row, table, at) =>
        {
            hasIgnored |= RemoveHistograms(table[at], k);
            heaps.Offer(groups.GroupOf[row], row, table[at]);
        });
        if (hasIgnored)
        {
            run.Annotations.Add(isWarning: false, $"ignored histogram in {_plan.Op.Text()} aggregation", _plan.Position);
        }

        return heaps.ToTable(run, _inner.Labels);
    }

    // Whether there were any at steps that keep rows: upstream looks at no others.
    private static bool RemoveHistograms(RowSpan row, int[] k)
    {
        bool any = false;
        for (int s = 0; s < row.Histograms.Length; s++)
        {
            if (row.Has(s) && row.Histograms[s] is not null)
            {
                any |= k[s] > 0;
                row.Unset(s);
            }
        }

        return any;
    }

    // The heaps of all groups and steps. A group takes as many places a step as it may keep rows.
    private sealed class Heaps
    {
        private readonly Pace _pace;
        private readonly int[] _k;
        private readonly int _steps;
        private readonly bool _isMax;
        private readonly int[] _capacity;
        private readonly int[] _offset;
        private readonly double[] _values;
        private readonly int[] _rows;
        private readonly int[] _counts;

        public Heaps(GroupIndex groups, int[] k, int steps, bool isMax, QueryRun run)
        {
            _k = k;
            _pace = run.Pace;
            _steps = steps;
            _isMax = isMax;
            _capacity = new int[groups.Count];
            foreach (int group in groups.GroupOf)
            {
                _capacity[group]++;
            }

            int most = k.Max();
            _offset = new int[groups.Count];
            long places = 0;
            for (int g = 0; g < groups.Count; g++)
            {
                _capacity[g] = Math.Min(_capacity[g], most);
                _offset[g] = (int)places;
                places += _capacity[g];
                run.Budget.CheckCells(places, steps);
            }

            _values = new double[places * steps];
            _rows = new int[places * steps];
            _counts = new int[groups.Count * steps];
        }

        public void Offer(int group, int row, RowSpan values)
        {
            for (int s = 0; s < _steps; s++)
            {
                if (values.Has(s) && _k[s] > 0)
                {
                    ref int count = ref _counts[(group * _steps) + s];
                    count = At(group, s).Offer(count, Math.Min(_k[s], _capacity[group]), values.Values[s], row);
                }
            }
        }

        public (RowLabels Labels, RowTable Table) ToTable(QueryRun run, RowLabels labels)
        {
            var rows = new List<int>();
            var placeOf = new Dictionary<int, int>();
            ForEach((_, row, _) =>
            {
                if (placeOf.TryAdd(row, rows.Count))
                {
                    rows.Add(row);
                }
            });
            run.Budget.CheckCells(rows.Count, _steps);
            var table = new RowTable(rows.Count, _steps);
            ForEach((s, row, value) => table[placeOf[row]].Set(s, value));
            return (new ProjectedLabels(labels, [.. rows], LabelFilter.All, labels.AreUnique), table);
        }

        private void ForEach(Action<int, int, double> visit)
        {
            for (int g = 0; g < _capacity.Length; g++)
            {
                for (int s = 0; s < _steps; s++)
                {
                    int count = _counts[(g * _steps) + s];
                    _pace.Spend(8L * count);
                    At(g, s).Sort(count);
                    int from = Start(g, s);
                    for (int i = from; i < from + count; i++)
                    {
                        visit(s, _rows[i], _values[i]);
                    }
                }
            }
        }

        private int Start(int group, int step) => (_offset[group] * _steps) + (step * _capacity[group]);

        private KHeap At(int group, int step)
        {
            int from = Start(group, step);
            return new KHeap(_values.AsSpan(from, _capacity[group]), _rows.AsSpan(from, _capacity[group]), _isMax);
        }
    }
}
