using Pharos.Core.Histograms;

namespace Pharos.PromQL.Execution;

/// <summary>The sum or mean of the histograms of one group at one step. Owned by one partition. Takes next to no memory while there is one histogram only.</summary>
internal sealed class HistogramTotal
{
    private const int NoRow = -1;

    private readonly bool _isMean;
    private readonly int _firstRow;
    private FloatHistogram? _only;
    private HistogramAccumulator? _sum;
    private HistogramMean? _mean;

    /// <summary>The total of one histogram; the index of its row is for messages.</summary>
    public HistogramTotal(bool isMean, int row, FloatHistogram histogram)
    {
        _isMean = isMean;
        _firstRow = row;
        _only = histogram;
    }

    /// <summary>Whether a histogram had other kinds of buckets than those before it: there is no result, and what comes later is not looked at.</summary>
    public bool IsIncompatible => IncompatibleRow != NoRow;

    /// <summary>The row that did not fit; only if <see cref="IsIncompatible"/>.</summary>
    public int IncompatibleRow { get; private set; } = NoRow;

    /// <summary>What there is to tell about all histograms.</summary>
    public CombinationNotices Notices => _sum?.Notices ?? _mean?.Notices ?? CombinationNotices.None;

    /// <summary>Adds a histogram, unless one did not fit before.</summary>
    public void Add(int row, FloatHistogram histogram)
    {
        if (!IsIncompatible)
        {
            StartAdding();
            See(row, _sum?.Add(histogram) ?? _mean!.Add(histogram));
        }
    }

    /// <summary>Adds the total of a later partition.</summary>
    public void Merge(HistogramTotal later)
    {
        if (later._only is { } only)
        {
            Add(later._firstRow, only);
        }
        else if (!IsIncompatible)
        {
            StartAdding();
            See(later._firstRow, _sum?.Add(later._sum!) ?? _mean!.Add(later._mean!));
            IncompatibleRow = IsIncompatible ? IncompatibleRow : later.IncompatibleRow;
        }
    }

    public FloatHistogram ToHistogram() => (_only ?? _sum?.ToHistogram() ?? _mean!.ToHistogram()).Compact();

    private void StartAdding()
    {
        if (_only is not { } only)
        {
            return;
        }

        _only = null;
        if (_isMean)
        {
            _mean = new HistogramMean();
            _mean.Add(only);
        }
        else
        {
            _sum = new HistogramAccumulator(isCompensated: true);
            _sum.Add(only);
        }
    }

    private void See(int row, CombinationNotices notices)
    {
        if (notices.HasFlag(CombinationNotices.MixedSchemas))
        {
            IncompatibleRow = row;
        }
    }
}
