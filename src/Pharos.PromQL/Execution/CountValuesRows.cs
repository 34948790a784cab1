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

        var placeOf = new Dictionary<(int Group, ulong Bits, string? Histogram), int>();
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

                int group = groups.GroupOf[row];
                (ulong Bits, string? Histogram) value = TellsValuesApart ? Identify(values, s) : default;
                if (!placeOf.TryGetValue((group, value.Bits, value.Histogram), out int place))
                {
                    place = counts.Count;
                    placeOf.Add((group, value.Bits, value.Histogram), place);
                    run.Budget.CheckCells(place + 1, Steps);
                    run.Budget.Charge(1);
                    counts.Add(new double[Steps]);
                    labels.Add(LabelsOf(filter.Apply(_inner.Labels.Get(groups.FirstRows[group])), value.Histogram ?? FloatWriter.ToFixedString(values.Values[s])));
                }

                counts[place][s]++;
            }
        });
        return (new ListedLabels(labels, run.Symbols, areUnique: true), ToTable(counts));
    }

    // Numbers are told apart by their bits, histograms by their text, which is what they are counted under.
    private static (ulong Bits, string? Histogram) Identify(RowSpan values, int step)
    {
        double value = values.Values[step];
        return values.HistogramAt(step) is { } histogram
            ? (0, histogram.ToText())
            : (BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value), null);
    }

    private Labels LabelsOf(Labels group, string value) => TellsValuesApart ? new LabelsBuilder(group).Set(_label, value).ToLabels() : group;

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
