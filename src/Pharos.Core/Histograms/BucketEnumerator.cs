namespace Pharos.Core.Histograms;

/// <summary>
/// Enumerates negative, zero and positive buckets in the order of their bounds, ascending or descending, empty ones of the spans included. Bounds that
/// reach into the zero bucket are cut at its threshold. Allocates nothing.
/// </summary>
public struct BucketEnumerator
{
    private readonly FloatHistogram _histogram;
    private readonly bool _isDescending;
    private BucketCursor _cursor;
    private Phase _phase;

    internal BucketEnumerator(FloatHistogram histogram, bool isDescending)
    {
        _histogram = histogram;
        _isDescending = isDescending;
        _cursor = CursorOf(isDescending, isTowardsZero: true);
    }

    private enum Phase : byte
    {
        TowardsZero,
        Zero,
        AwayFromZero,
        Ended,
    }

    /// <summary>The bucket that the last <see cref="MoveNext"/> found. Its bounds are computed each time: ask once.</summary>
    public readonly HistogramBucket Current => _phase == Phase.Zero ? _histogram.ZeroBucket : Cut(_histogram.BucketAt(_cursor, IsPositive));

    /// <summary>The observations in the current bucket alone, for those who do not need its bounds.</summary>
    public readonly double CurrentCount => _phase == Phase.Zero
        ? _histogram.ZeroCount
        : (IsPositive ? _histogram.PositiveBuckets : _histogram.NegativeBuckets)[_cursor.Position];

    private readonly bool IsPositive => _isDescending == (_phase == Phase.TowardsZero);

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly BucketEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next bucket; false behind the last one.</summary>
    public bool MoveNext()
    {
        if (_phase == Phase.TowardsZero)
        {
            if (_cursor.MoveNext())
            {
                return true;
            }

            _phase = Phase.Zero;
            if (_histogram.ZeroCount > 0 && !_histogram.UsesCustomBuckets)
            {
                return true;
            }
        }

        if (_phase == Phase.Zero)
        {
            _phase = Phase.AwayFromZero;
            _cursor = CursorOf(!_isDescending, isTowardsZero: false);
        }

        if (_phase == Phase.AwayFromZero && _cursor.MoveNext())
        {
            return true;
        }

        _phase = Phase.Ended;
        return false;
    }

    private readonly BucketCursor CursorOf(bool isPositive, bool isTowardsZero) => isPositive
        ? new BucketCursor(_histogram.PositiveSpans, _histogram.PositiveBuckets.Length, isTowardsZero)
        : new BucketCursor(_histogram.NegativeSpans, _histogram.NegativeBuckets.Length, isTowardsZero);

    private readonly HistogramBucket Cut(HistogramBucket bucket)
    {
        double threshold = _histogram.ZeroThreshold;
        if (bucket.Lower > 0 && bucket.Lower < threshold)
        {
            return bucket with { Lower = threshold };
        }

        return bucket.Upper < 0 && bucket.Upper > -threshold ? bucket with { Upper = -threshold } : bucket;
    }
}
