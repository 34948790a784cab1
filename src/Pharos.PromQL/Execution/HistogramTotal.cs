using Pharos.Core.Histograms;

namespace Pharos.PromQL.Execution;

/// <summary>The sum or mean of the histograms of one group at one step. Owned by one partition.</summary>
internal sealed class HistogramTotal
{
    private const int NoRow = -1;

    private readonly HistogramAccumulator? _sum;
    private readonly HistogramMean? _mean;
    private readonly int _firstRow;

    public HistogramTotal(bool isMean, int firstRow)
    {
        _firstRow = firstRow;
        if (isMean)
        {
            _mean = new HistogramMean();
        }
        else
        {
            _sum = new HistogramAccumulator(isCompensated: true);
        }
    }

    /// <summary>Whether a histogram had other kinds of buckets than those before it: there is no result, and what comes later is not looked at.</summary>
    public bool IsIncompatible => IncompatibleRow != NoRow;

    /// <summary>The row that did not fit; only if <see cref="IsIncompatible"/>.</summary>
    public int IncompatibleRow { get; private set; } = NoRow;

    /// <summary>What there is to tell about all histograms.</summary>
    public CombinationNotices Notices => _sum?.Notices ?? _mean!.Notices;

    public void Add(int row, FloatHistogram histogram) => See(row, _sum?.Add(histogram) ?? _mean!.Add(histogram));

    /// <summary>Adds the total of a later partition, which must have one.</summary>
    public void Merge(HistogramTotal later)
    {
        See(later._firstRow, _sum?.Add(later._sum!) ?? _mean!.Add(later._mean!));
        if (!IsIncompatible)
        {
            IncompatibleRow = later.IncompatibleRow;
        }
    }

    public FloatHistogram ToHistogram() => (_sum?.ToHistogram() ?? _mean!.ToHistogram()).Compact();

    private void See(int row, CombinationNotices notices)
    {
        if (notices.HasFlag(CombinationNotices.MixedSchemas))
        {
            IncompatibleRow = row;
        }
    }
}
