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
        AwayFromZero,
        Ended,
    }

    /// <summary>The bucket that the last <see cref="MoveNext"/> found.</summary>
    public HistogramBucket Current { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly BucketEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next bucket; false behind the last one.</summary>
    public bool MoveNext()
    {
        if (_phase == Phase.TowardsZero)
        {
            if (_cursor.MoveNext())
            {
                Current = Bucket(_isDescending);
                return true;
            }

            _phase = Phase.AwayFromZero;
            _cursor = CursorOf(!_isDescending, isTowardsZero: false);
            if (_histogram.ZeroCount > 0 && !_histogram.UsesCustomBuckets)
            {
                Current = _histogram.ZeroBucket;
                return true;
            }
        }

        if (_phase == Phase.AwayFromZero && _cursor.MoveNext())
        {
            Current = Bucket(!_isDescending);
            return true;
        }

        _phase = Phase.Ended;
        return false;
    }

    private readonly BucketCursor CursorOf(bool isPositive, bool isTowardsZero) => isPositive
        ? new BucketCursor(_histogram.PositiveSpans, _histogram.PositiveBuckets.Length, isTowardsZero)
        : new BucketCursor(_histogram.NegativeSpans, _histogram.NegativeBuckets.Length, isTowardsZero);

    private readonly HistogramBucket Bucket(bool isPositive)
    {
        HistogramBucket bucket = _histogram.BucketAt(_cursor, isPositive);
        double threshold = _histogram.ZeroThreshold;
        if (bucket.Lower > 0 && bucket.Lower < threshold)
        {
            return bucket with { Lower = threshold };
        }

        return bucket.Upper < 0 && bucket.Upper > -threshold ? bucket with { Upper = -threshold } : bucket;
    }
}
