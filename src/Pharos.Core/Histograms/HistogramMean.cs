namespace Pharos.Core.Histograms;

/// <summary>
/// Upstream's mean of histograms: a compensated sum divided at the end, until the sum would overflow; from there on an incremental mean. Keeps its
/// arrays as <see cref="HistogramAccumulator"/> does. Not for several threads at a time.
/// </summary>
public sealed class HistogramMean
{
    // Below it no addition can overflow, whatever was rounded on the way.
    private const double SafeMagnitude = double.MaxValue / 4;

    private readonly HistogramAccumulator _value = new(isCompensated: true);
    private readonly HistogramAccumulator _spare = new(isCompensated: true);
    private double _count;
    private double _magnitude;
    private bool _isIncremental;

    /// <summary>Whether nothing was added since the last <see cref="Clear"/>.</summary>
    public bool IsEmpty => _value.IsEmpty;

    /// <summary>What there is to tell about all additions; see <see cref="HistogramAccumulator.Notices"/>.</summary>
    public CombinationNotices Notices => _value.Notices;

    /// <summary>Forgets everything but the arrays.</summary>
    public void Clear()
    {
        _value.Clear();
        _count = 0;
        _magnitude = 0;
        _isIncremental = false;
    }

    /// <summary>Adds one histogram to those that the mean is of.</summary>
    public CombinationNotices Add(FloatHistogram histogram)
    {
        _count++;
        _magnitude += Magnitude(histogram);
        if (_isIncremental)
        {
            return AddIncrementally(histogram);
        }

        if (IsEmpty || _magnitude < SafeMagnitude)
        {
            return _value.Add(histogram);
        }

        _spare.Set(_value);
        CombinationNotices notices = _value.Add(histogram);
        if (notices.HasFlag(CombinationNotices.MixedSchemas) || !_value.HasInfinity)
        {
            return notices;
        }

        _value.Set(_spare);
        _value.Divide(_count - 1);
        _isIncremental = true;
        return AddIncrementally(histogram);
    }

    /// <summary>Takes in the histograms that another mean is of, which stays as it is.</summary>
    public CombinationNotices Add(HistogramMean other)
    {
        double count = _count + other._count;
        CombinationNotices notices;
        if (IsEmpty || other.IsEmpty)
        {
            if (!other.IsEmpty)
            {
                _value.Set(other._value);
                _isIncremental = other._isIncremental;
            }

            notices = CombinationNotices.None;
        }
        else if (!_isIncremental && !other._isIncremental && _magnitude + other._magnitude < SafeMagnitude)
        {
            notices = _value.Add(other._value);
        }
        else
        {
            _spare.Set(other._value);
            _spare.Multiply(other._isIncremental ? other._count / count : 1 / count);
            _value.Multiply(_isIncremental ? _count / count : 1 / count);
            _isIncremental = true;
            notices = _value.Add(_spare);
        }

        _count = count;
        _magnitude += other._magnitude;
        return notices;
    }

    /// <summary>The mean so far, empty buckets included; more may be added after.</summary>
    public FloatHistogram ToHistogram()
    {
        if (_isIncremental)
        {
            return _value.ToHistogram();
        }

        _spare.Set(_value);
        _spare.Divide(_count);
        return _spare.ToHistogram();
    }

    private static double Magnitude(FloatHistogram h)
    {
        if (CountLoops.AnyInfinite(h.CustomValues.AsSpan()))
        {
            return double.PositiveInfinity;
        }

        double scalars = Math.Max(Math.Abs(h.Count), Math.Max(Math.Abs(h.Sum), Math.Abs(h.ZeroCount)));
        double buckets = Math.Max(CountLoops.Magnitude(h.PositiveBuckets.AsSpan()), CountLoops.Magnitude(h.NegativeBuckets.AsSpan()));
        return Math.Max(scalars, buckets);
    }

    private CombinationNotices AddIncrementally(FloatHistogram histogram)
    {
        _value.Multiply((_count - 1) / _count);
        return _value.Add(histogram.Divide(_count));
    }
}
