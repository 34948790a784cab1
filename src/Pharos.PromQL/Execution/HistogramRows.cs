using Pharos.Core.Buffers;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>
/// <c>histogram_quantile</c>, <c>histogram_quantiles</c> and <c>histogram_fraction</c>. A histogram is computed for all steps at once from the rows of its
/// buckets, or at each step where its row has a native histogram.
/// </summary>
internal sealed class HistogramRows : RowSource
{
    private readonly RowSource _inner;
    private readonly HistogramFunction _function;
    private readonly string? _quantileLabel;
    private HistogramMembers _members = HistogramMembers.None;
    private int _slot;
    private int _nativeSlot;

    /// <summary>Computes histograms; <paramref name="quantileLabel"/> tells the quantiles of <c>histogram_quantiles</c> apart.</summary>
    public HistogramRows(CallPlan plan, RowSource inner, HistogramFunction function, string? quantileLabel)
        : base(plan.Grid)
    {
        _inner = inner;
        _function = function;
        _quantileLabel = quantileLabel;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        int histogram = row % _members.Count;
        int quantile = row / _members.Count;
        int[] buckets = _members.Buckets[histogram];
        BucketRows rows = worker.Get(_slot, _inner, static inner => new BucketRows(inner.Steps, inner.HasHistograms));
        rows.Load(_inner, buckets, worker);
        output.Clear();
        if (_inner.HasHistograms)
        {
            FillMixed(histogram, quantile, rows, output, worker);
            return;
        }

        for (int s = 0; s < Steps; s++)
        {
            worker.Pace.Spend(buckets.Length);
            Span<Bucket> values = rows.At(s, buckets, _members.Bounds);
            if (!values.IsEmpty)
            {
                output.Set(s, _function.OfBuckets(quantile, s, Grid.At(s), values, _inner.Labels, buckets[0]));
            }
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _slot = run.NewSlot();
        _nativeSlot = run.NewSlot();
        _inner.Open(run);
        _function.Open(run, Steps);
        _members = _inner.HasHistograms ? HistogramMembers.OfMixed(_inner.Labels, run) : HistogramMembers.OfBuckets(_inner.Labels);
        run.Budget.CheckCells(_members.LargestCount * 2L, Steps);
        run.NeedEveryRow();
        if (!_inner.HasHistograms)
        {
            WarnAboutBounds(run);
        }

        RowLabels labels = Naming.Drop(run, _members.Labels);
        Labels = _quantileLabel is null ? labels : WithQuantiles(run, labels);
    }

    private void FillMixed(int histogram, int quantile, BucketRows rows, RowSpan output, Worker worker)
    {
        int[] buckets = _members.Buckets[histogram];
        int nativeRow = _members.NativeRows[histogram];
        RowSpan natives = worker.Row(_nativeSlot, _inner);
        if (nativeRow == HistogramMembers.NoRow)
        {
            natives.Clear();
        }
        else
        {
            _inner.Fill(nativeRow, natives, worker);
        }

        bool hasOtherNumbers = false;
        for (int s = 0; s < Steps; s++)
        {
            worker.Pace.Spend(buckets.Length + 1);
            Span<Bucket> values = rows.At(s, buckets, _members.Bounds);
            FloatHistogram? native = natives.Has(s) ? natives.Histograms[s] : null;
            hasOtherNumbers |= native is null && natives.Has(s) && !_members.IsBucket[nativeRow];

            if (native is not null && !values.IsEmpty)
            {
                _function.WarnAboutBoth(_inner.Labels, nativeRow);
            }
            else if (native is not null)
            {
                output.Set(s, _function.OfNative(quantile, s, native, _inner.Labels, nativeRow));
            }
            else if (!values.IsEmpty)
            {
                output.Set(s, _function.OfBuckets(quantile, s, Grid.At(s), values, _inner.Labels, buckets[0]));
            }
        }

        if (hasOtherNumbers)
        {
            WarnAboutBound(nativeRow);
        }
    }

    // As upstream only of rows that have values.
    private void WarnAboutBounds(QueryRun run)
    {
        int[] others = [.. Enumerable.Range(0, _inner.Count).Where(row => !_members.IsBucket[row])];
        if (others.Length == 0)
        {
            return;
        }

        run.Parallelize(1, (_, worker) =>
        {
            foreach (int row in others)
            {
                RowSpan values = worker.Row(_nativeSlot, _inner);
                _inner.Fill(row, values, worker);
                worker.Charge(0);
                if (!values.IsEmpty)
                {
                    WarnAboutBound(row);
                }
            }
        });
    }

    private void WarnAboutBound(int row) => _function.WarnAboutBound(_inner.Labels.Get(row)[Label.BucketBound], _inner.Labels, row);

    private ListedLabels WithQuantiles(QueryRun run, RowLabels labels)
    {
        var all = new List<Labels>();
        var pending = new List<bool>();
        foreach (double quantile in _function.FirstQuantiles)
        {
            string text = OpenMetricsNumber(quantile);
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
}
