using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary><c>count_values</c>: how many series of a group have each value, as one series a value.</summary>
internal sealed class CountValuesRows : TableRows
{
    private readonly AggregatePlan _plan;
    private readonly RowSource _inner;
    private readonly string _label;

    public CountValuesRows(AggregatePlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _plan = plan;
        _inner = inner;
        var label = (StringPlan)plan.Parameter!;
        _label = label.Value;
        if (!label.IsUtf8 || !LabelName.IsUtf8(_label))
        {
            throw QueryException.Execution($"invalid label name {label.Quoted}");
        }
    }

    // Without the value's own label every value is counted alike.
    private bool TellsValuesApart => !(_plan.Without && _plan.Grouping.Contains(_label, StringComparer.Ordinal));

    protected override (RowLabels Labels, RowTable Table) Evaluate(QueryRun run)
    {
        _inner.Open(run);
        IReadOnlyList<string> grouping = _plan.Without
            ? [.. _plan.Grouping, _label]
            : [.. _plan.Grouping.Where(name => name != _label)];
        GroupIndex groups = GroupIndex.Of(_inner.Labels, grouping, _plan.Without);
        LabelFilter filter = _plan.Without ? LabelFilter.Without([.. grouping, Label.MetricName]) : LabelFilter.Only(grouping);

        var placeOf = new Dictionary<(int Group, ulong Bits), int>();
        var counts = new List<double[]>();
        var labels = new List<Labels>();
        Rows.ForEach(run, _inner, (row, table, at) =>
        {
            RowSpan values = table[at];
            for (int s = 0; s < Steps; s++)
            {
                if (!values.Has(s))
                {
                    continue;
                }

                double value = values.Values[s];
                int group = groups.GroupOf[row];
                ulong bits = !TellsValuesApart ? 0 : BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value);
                if (!placeOf.TryGetValue((group, bits), out int place))
                {
                    place = counts.Count;
                    placeOf.Add((group, bits), place);
                    run.Budget.CheckCells(place + 1, Steps);
                    run.Budget.Charge(1);
                    counts.Add(new double[Steps]);
                    labels.Add(LabelsOf(filter.Apply(_inner.Labels.Get(groups.FirstRows[group])), value));
                }

                counts[place][s]++;
            }
        });
        return (new ListedLabels(labels, run.Symbols, areUnique: true), ToTable(counts));
    }

    private Labels LabelsOf(Labels group, double value) =>
        TellsValuesApart ? new LabelsBuilder(group).Set(_label, FloatWriter.ToFixedString(value)).ToLabels() : group;

    private RowTable ToTable(List<double[]> counts)
    {
        var table = new RowTable(counts.Count, Steps);
        for (int i = 0; i < counts.Count; i++)
        {
            for (int s = 0; s < Steps; s++)
            {
                if (counts[i][s] > 0)
                {
                    table[i].Set(s, counts[i][s]);
                }
            }
        }

        return table;
    }
}
