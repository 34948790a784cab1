namespace Pharos.Core.Histograms;

/// <summary>Decides bucket by bucket what is left of a trimmed histogram, and adds up count and sum of it.</summary>
internal struct Trimming
{
    private readonly double _at;
    private readonly bool _isUpper;
    private readonly bool _isCustom;

    /// <summary>Starts to trim.</summary>
    /// <param name="at">The value to trim at.</param>
    /// <param name="isUpper">Whether what is above goes, not what is below.</param>
    /// <param name="isCustom">Whether the buckets are custom, which are spread evenly, not exponentially.</param>
    public Trimming(double at, bool isUpper, bool isCustom)
    {
        _at = at;
        _isUpper = isUpper;
        _isCustom = isCustom;
    }

    /// <summary>The observations kept so far.</summary>
    public double Count { get; private set; }

    /// <summary>The estimated sum of the observations kept so far.</summary>
    public double Sum { get; private set; }

    /// <summary>How many observations of a bucket are kept.</summary>
    public double Keep(HistogramBucket bucket, bool isPositive)
    {
        if (_isUpper ? bucket.Upper <= _at : bucket.Lower >= _at)
        {
            return Take(bucket.Count, Middle(bucket.Lower, bucket.Upper, isPositive));
        }

        if (!(_isUpper ? bucket.Lower < _at : bucket.Upper > _at))
        {
            return 0;
        }

        if (double.IsNegativeInfinity(bucket.Lower))
        {
            return KeepOfLowest(bucket);
        }

        if (double.IsPositiveInfinity(bucket.Upper))
        {
            return KeepOfHighest(bucket);
        }

        double below = bucket.Count * (_at <= bucket.Lower ? 0 : _at >= bucket.Upper ? 1 : bucket.FractionBelow(_at, _isCustom));
        return _isUpper
            ? Take(below, Middle(bucket.Lower, _at, isPositive))
            : Take(bucket.Count - below, Middle(_at, bucket.Upper, isPositive));
    }

    /// <summary>
    /// How many observations of the zero bucket are kept. It is spread evenly, over positive values alone where there are no negative buckets, and the
    /// other way round.
    /// </summary>
    public double KeepOfZeroBucket(HistogramBucket bucket, bool hasNegative, bool hasPositive)
    {
        double lower = hasPositive && !hasNegative ? 0 : bucket.Lower;
        double upper = hasNegative && !hasPositive ? 0 : bucket.Upper;
        if (_isUpper ? _at >= upper && !(_at <= lower) : _at <= lower)
        {
            return Take(bucket.Count, (lower + upper) / 2);
        }

        if (_isUpper ? _at <= lower : _at >= upper)
        {
            return Take(0, 0);
        }

        return _isUpper
            ? Take(bucket.Count * ((_at - lower) / (upper - lower)), (lower + _at) / 2)
            : Take(bucket.Count * ((upper - _at) / (upper - lower)), (_at + upper) / 2);
    }

    private double Take(double count, double middle)
    {
        Count += count;
        Sum += middle * count;
        return count;
    }

    // The first custom bucket, down from its bound: from 0 on evenly where the bound is positive, and otherwise not known how.
    private double KeepOfLowest(HistogramBucket bucket)
    {
        bool isSplit = bucket.Upper > 0 && double.IsFinite(bucket.Upper);
        if (_isUpper)
        {
            if (_at > 0 && isSplit)
            {
                return Take(bucket.Count * _at / bucket.Upper, _at / 2);
            }

            return bucket.Upper <= 0 ? Take(bucket.Count, _at) : Take(0, FiniteOrZero(bucket.Upper));
        }

        return _at >= 0 && isSplit
            ? Take(bucket.Count * (1 - (_at / bucket.Upper)), (_at + bucket.Upper) / 2)
            : Take(0, FiniteOrZero(bucket.Upper));
    }

    // What is beyond the last bound may be anywhere: nothing of it is below a value, all of it above.
    private double KeepOfHighest(HistogramBucket bucket) => !_isUpper && _at >= bucket.Lower ? Take(bucket.Count, _at) : Take(0, FiniteOrZero(bucket.Lower));

    private readonly double Middle(double lower, double upper, bool isPositive)
    {
        if (double.IsInfinity(lower))
        {
            return double.IsInfinity(upper) ? 0 : upper > 0 ? upper / 2 : upper;
        }

        if (double.IsInfinity(upper))
        {
            return lower;
        }

        if (_isCustom)
        {
            return (lower + upper) / 2;
        }

        double geometric = Math.Sqrt(Math.Abs(lower * upper));
        return isPositive ? geometric : -geometric;
    }

    private static double FiniteOrZero(double value) => double.IsInfinity(value) ? 0 : value;
}
