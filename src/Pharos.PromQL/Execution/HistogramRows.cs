using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>
/// <c>histogram_quantile</c>, <c>histogram_quantiles</c> and <c>histogram_fraction</c> of classic histograms: the rows that differ in <c>le</c> only are the
/// buckets of one histogram. A histogram is computed for all steps at once from its buckets' rows.
/// </summary>
internal sealed class HistogramRows : RowSource
{
    private readonly RowSource _inner;
    private readonly CallPlan _plan;
    private readonly PositionRange _position;
    private readonly int _firstArgument;
    private readonly int _argumentCount;
    private readonly string? _quantileLabel;
    private readonly bool _isFraction;
    private QueryRun? _run;
    private double[][] _values = [];
    private int[][] _members = [];
    private double[] _bounds = [];
    private int _slot;

    /// <summary>Computes histograms.</summary>
    /// <param name="plan">The call.</param>
    /// <param name="vector">Which of its arguments are the buckets.</param>
    /// <param name="inner">The buckets.</param>
    /// <param name="arguments">Which of its arguments are the quantiles, or lower and upper limit of a fraction.</param>
    /// <param name="quantileLabel">The label that tells the quantiles of <c>histogram_quantiles</c> apart.</param>
    public HistogramRows(CallPlan plan, int vector, RowSource inner, Range arguments, string? quantileLabel)
        : base(plan.Grid)
    {
        _inner = inner;
        (_firstArgument, _argumentCount) = arguments.GetOffsetAndLength(plan.Arguments.Count);
        _quantileLabel = quantileLabel;
        _plan = plan;
        _position = plan.Written[vector].Position;
        _isFraction = plan.Function == "histogram_fraction";
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        int[] members = _members[row % _members.Length];
        BucketRows buckets = worker.Get(_slot, () => new BucketRows(Steps));
        buckets.Load(_inner, members, worker);
        Span<Bucket> scratch = buckets.Scratch;
        output.Clear();
        for (int s = 0; s < Steps; s++)
        {
            worker.Pace.Spend(members.Length);
            int count = buckets.Take(s, members, _bounds, scratch);
            if (count > 0)
            {
                output.Set(s, Compute(row / _members.Length, s, members[0], scratch[..count]));
            }
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _run = run;
        _slot = run.NewSlot();
        _inner.Open(run);
        _values = [.. _plan.Arguments.Skip(_firstArgument).Take(_argumentCount).Select(a => Scalars.Evaluate(run, a))];
        if (!_isFraction)
        {
            WarnAboutQuantiles(run);
        }

        run.NeedEveryRow();
        RowLabels labels = FindHistograms(run);
        Labels = _quantileLabel is null ? labels : WithQuantiles(run, labels);
    }

    private double Compute(int quantile, int step, int firstMember, Span<Bucket> buckets)
    {
        if (_isFraction)
        {
            return ClassicHistogram.Fraction(_values[0][step], _values[1][step], buckets);
        }

        double result = ClassicHistogram.Quantile(_values[quantile][step], buckets, out BucketRepair repair);
        if (repair.Forced)
        {
            string name = _run!.DelaysNames ? _inner.Labels.Get(firstMember).MetricName : "";
            _run.Annotations.AddForcedMonotonicity(name, _position, Grid.At(step), repair);
        }

        return result;
    }

    private RowLabels FindHistograms(QueryRun run)
    {
        RowLabels all = _inner.Labels;
        _bounds = new double[all.Count];
        bool[] isBucket = ReadBounds(run, all);
        int[] rows = [.. Enumerable.Range(0, all.Count).Where(r => isBucket[r])];
        var noBound = new ProjectedLabels(all, rows, LabelFilter.Without([Label.BucketBound]), areUnique: false);
        GroupIndex groups = GroupIndex.OfAll(noBound);
        _members = groups.Members();
        run.Budget.CheckCells(_members.Length == 0 ? 0 : _members.Max(static m => m.Length) * 2L, Steps);
        foreach (int[] members in _members)
        {
            for (int i = 0; i < members.Length; i++)
            {
                members[i] = rows[members[i]];
            }

            Array.Sort(members, (x, y) => _bounds[x] != _bounds[y] ? _bounds[x].CompareTo(_bounds[y]) : x - y);
        }

        return Naming.Drop(run, new ProjectedLabels(noBound, groups.FirstRows, LabelFilter.All, areUnique: true));
    }

    private bool[] ReadBounds(QueryRun run, RowLabels labels)
    {
        uint[] ids = new uint[labels.Count];
        labels.GetIds(Label.BucketBound, ids);
        var known = new Dictionary<uint, (bool IsNumber, double Bound)>();
        bool[] isBucket = new bool[ids.Length];
        for (int row = 0; row < ids.Length; row++)
        {
            if (!known.TryGetValue(ids[row], out (bool IsNumber, double Bound) bound))
            {
                bound.IsNumber = FloatReader.TryParseGo(Encoding.UTF8.GetBytes(labels.ValueOf(ids[row])), out bound.Bound);
                known.Add(ids[row], bound);
            }

            isBucket[row] = bound.IsNumber;
            _bounds[row] = bound.Bound;
        }

        WarnAboutBounds(run, labels, ids, isBucket);
        return isBucket;
    }

    // As upstream only of rows that have values.
    private void WarnAboutBounds(QueryRun run, RowLabels labels, uint[] ids, bool[] isBucket)
    {
        if (!isBucket.AsSpan().Contains(false))
        {
            return;
        }

        int slot = run.NewSlot();
        run.Parallelize(1, (_, worker) =>
        {
            for (int row = 0; row < isBucket.Length; row++)
            {
                if (isBucket[row])
                {
                    continue;
                }

                RowSpan values = worker.Row(slot, _inner);
                _inner.Fill(row, values, worker);
                worker.Charge(0);
                if (!values.IsEmpty)
                {
                    run.Annotations.Add(
                        isWarning: true,
                        $"bucket label \"{Label.BucketBound}\" is missing or has a malformed value of {GoQuote.Quote(labels.ValueOf(ids[row]))}"
                            + AnnotationText.ForMetric(run.DelaysNames ? labels.Get(row).MetricName : ""),
                        _position);
                }
            }
        });
    }

    private void WarnAboutQuantiles(QueryRun run)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            PositionRange position = _plan.Written[_firstArgument + i].Position;
            foreach (double q in _values[i].AsSpan(0, Steps))
            {
                if (!Quantiles.IsValid(q))
                {
                    run.Annotations.Add(isWarning: true, $"quantile value should be between 0 and 1, got {AnnotationText.Number(q)}", position);
                }
            }
        }
    }

    private ListedLabels WithQuantiles(QueryRun run, RowLabels labels)
    {
        var all = new List<Labels>();
        var pending = new List<bool>();
        foreach (double[] values in _values)
        {
            string text = OpenMetricsNumber(values.Length == 0 ? 0 : values[0]);
            for (int row = 0; row < labels.Count; row++)
            {
                all.Add(new LabelsBuilder(labels.Get(row)).Set(_quantileLabel!, text).ToLabels());
                pending.Add(labels.IsNamePending(row));
            }
        }

        return new ListedLabels(all, run.Symbols, areUnique: false, labels.HasPendingNames ? [.. pending] : null);
    }

    private static string OpenMetricsNumber(double value)
    {
        string text = FloatWriter.ToGeneralString(value);
        return double.IsFinite(value) && !text.AsSpan().ContainsAny('.', 'e') ? text + ".0" : text;
    }

    // The rows of one histogram's buckets, in the order of their bounds.
    private sealed class BucketRows(int steps)
    {
        private RowTable _rows = new(16, steps);
        private Bucket[] _scratch = new Bucket[16];

        public Span<Bucket> Scratch => _scratch;

        public void Load(RowSource source, int[] members, Worker worker)
        {
            if (_rows.Rows < members.Length)
            {
                _rows = new RowTable(members.Length * 2, steps);
                _scratch = new Bucket[members.Length * 2];
            }

            for (int i = 0; i < members.Length; i++)
            {
                source.Fill(members[i], _rows[i], worker);
            }
        }

        public int Take(int step, int[] members, double[] bounds, Span<Bucket> buckets)
        {
            int count = 0;
            for (int i = 0; i < members.Length; i++)
            {
                RowSpan row = _rows[i];
                if (row.Has(step))
                {
                    buckets[count++] = new Bucket(bounds[members[i]], row.Values[step]);
                }
            }

            return count;
        }
    }
}
