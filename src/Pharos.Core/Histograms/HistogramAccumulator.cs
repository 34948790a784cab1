using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pharos.Core.Histograms;

/// <summary>
/// A histogram that others are added to, subtracted from or merged into. Keeps its arrays: an addition of the same bucket layout, which is the common
/// case, is one loop over arrays and allocates nothing. Not for several threads at a time.
/// </summary>
public sealed class HistogramAccumulator
{
    private readonly bool _isCompensated;
    private readonly BucketRow _positive;
    private readonly BucketRow _negative;
    private CounterResetHint _hint;
    private int _schema;
    private double _zeroThreshold;
    private CompensatedSum _zeroCount;
    private CompensatedSum _count;
    private CompensatedSum _sum;
    private ImmutableArray<double> _customValues = [];
    private bool _hasSeenReset;
    private bool _hasSeenNoReset;
    private CombinationNotices _notices;

    /// <summary>An accumulator of nothing.</summary>
    /// <param name="isCompensated">Whether what additions round away is kept and given back at the end, as sums and averages of many need.</param>
    public HistogramAccumulator(bool isCompensated)
    {
        _isCompensated = isCompensated;
        _positive = new BucketRow(isCompensated);
        _negative = new BucketRow(isCompensated);
    }

    /// <summary>Whether nothing was added since the last <see cref="Clear"/>.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>
    /// What there is to tell about all additions since the last <see cref="Clear"/>. Hints collide here as soon as any had a reset and any had none.
    /// After <see cref="CombinationNotices.MixedSchemas"/> there is no meaningful result.
    /// </summary>
    public CombinationNotices Notices => _notices | (_hasSeenReset && _hasSeenNoReset ? CombinationNotices.HintsCollided : 0);

    /// <summary>Whether a count, the sum or a bound is infinite.</summary>
    public bool HasInfinity =>
        double.IsInfinity(_zeroCount.Value) || double.IsInfinity(_count.Value) || double.IsInfinity(_sum.Value)
        || _positive.HasInfinity || _negative.HasInfinity || CountLoops.AnyInfinite(_customValues.AsSpan());

    /// <summary>The number of observations so far.</summary>
    public double Count => _count.Total;

    internal HistogramView View => new()
    {
        Hint = _hint,
        Schema = _schema,
        ZeroThreshold = _zeroThreshold,
        ZeroCount = _zeroCount,
        Count = _count,
        Sum = _sum,
        Positive = _positive.Side,
        Negative = _negative.Side,
        CustomValues = _customValues,
    };

    /// <summary>Forgets everything but the arrays.</summary>
    public void Clear()
    {
        IsEmpty = true;
        _positive.Clear();
        _negative.Clear();
        _hasSeenReset = false;
        _hasSeenNoReset = false;
        _notices = CombinationNotices.None;
    }

    /// <summary>Starts anew with a histogram.</summary>
    public void Set(FloatHistogram histogram)
    {
        Clear();
        Add(histogram);
    }

    /// <summary>Adds; tells what there is to tell about this addition. With <see cref="CombinationNotices.MixedSchemas"/> nothing is changed.</summary>
    public CombinationNotices Add(FloatHistogram histogram) => Combine(new HistogramView(histogram), isSubtraction: false);

    /// <summary>Subtracts from what is there; else as <see cref="Add(FloatHistogram)"/>.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to subtract from.</exception>
    public CombinationNotices Subtract(FloatHistogram histogram)
    {
        if (IsEmpty)
        {
            throw new InvalidOperationException("there is no histogram to subtract from");
        }

        return Combine(new HistogramView(histogram), isSubtraction: true);
    }

    /// <summary>Adds what another accumulator holds, which stays as it is. Sums of parts in order make the sum of the whole but for rounding.</summary>
    public CombinationNotices Add(HistogramAccumulator other)
    {
        if (other.IsEmpty)
        {
            return CombinationNotices.None;
        }

        CombinationNotices notices = Combine(other.View, isSubtraction: false);
        _hasSeenReset |= other._hasSeenReset;
        _hasSeenNoReset |= other._hasSeenNoReset;
        _notices |= other._notices;
        return notices;
    }

    /// <summary>Starts anew with what another accumulator holds.</summary>
    public void Set(HistogramAccumulator other)
    {
        Clear();
        Add(other);
    }

    /// <summary>All counts and the sum times a factor; a negative one makes a gauge.</summary>
    public void Multiply(double factor) => Scale(factor, isDivision: false);

    /// <summary>All counts and the sum divided; a negative divisor makes a gauge, and zero removes the buckets.</summary>
    public void Divide(double divisor)
    {
        if (divisor == 0)
        {
            _positive.Clear();
            _negative.Clear();
        }

        Scale(divisor, isDivision: true);
    }

    /// <summary>Widens buckets to those of a coarser exponential schema; does nothing where the schema is not coarser.</summary>
    /// <exception cref="InvalidOperationException">The buckets are custom, or the schema is that of custom buckets.</exception>
    public void ReduceResolution(int schema)
    {
        if (schema == _schema)
        {
            return;
        }

        HistogramLayout.ThrowIfCustom(_schema, schema);
        if (schema < _schema)
        {
            _positive.Reduce(BucketBounds.Shift(_schema, schema));
            _negative.Reduce(BucketBounds.Shift(_schema, schema));
            _schema = schema;
        }
    }

    /// <summary>The result so far, empty buckets included; the accumulator may go on.</summary>
    public FloatHistogram ToHistogram() => ToHistogram(_hint);

    /// <summary>The result so far with a hint of its own.</summary>
    public FloatHistogram ToHistogram(CounterResetHint hint) => new()
    {
        CounterResetHint = hint,
        Schema = _schema,
        ZeroThreshold = _zeroThreshold,
        ZeroCount = _zeroCount.Total,
        Count = _count.Total,
        Sum = _sum.Total,
        PositiveSpans = _positive.Spans,
        PositiveBuckets = _positive.ToCounts(),
        NegativeSpans = _negative.Spans,
        NegativeBuckets = _negative.ToCounts(),
        CustomValues = _customValues,
    };

    internal static bool TryCombine(
        FloatHistogram left,
        FloatHistogram right,
        bool isSubtraction,
        [NotNullWhen(true)] out FloatHistogram? result,
        out CombinationNotices notices)
    {
        var accumulator = new HistogramAccumulator(isCompensated: false);
        accumulator.Add(left);
        notices = isSubtraction ? accumulator.Subtract(right) : accumulator.Add(right);
        result = notices.HasFlag(CombinationNotices.MixedSchemas) ? null : accumulator.ToHistogram();
        return result is not null;
    }

    private void Scale(double factor, bool isDivision)
    {
        _zeroCount = _zeroCount.Scaled(factor, isDivision);
        _count = _count.Scaled(factor, isDivision);
        _sum = _sum.Scaled(factor, isDivision);
        _positive.Scale(factor, isDivision);
        _negative.Scale(factor, isDivision);
        if (factor < 0)
        {
            _hint = CounterResetHint.Gauge;
        }
    }

    private CombinationNotices Combine(HistogramView other, bool isSubtraction)
    {
        _hasSeenReset |= other.Hint == CounterResetHint.Reset;
        _hasSeenNoReset |= other.Hint == CounterResetHint.NotReset;
        if (IsEmpty)
        {
            Take(other);
            return CombinationNotices.None;
        }

        if (other.UsesCustomBuckets != (_schema == FloatHistogram.CustomBucketsSchema))
        {
            _notices |= CombinationNotices.MixedSchemas;
            return CombinationNotices.MixedSchemas;
        }

        CombinationNotices notices = CombineHint(other.Hint);
        if (other.UsesCustomBuckets)
        {
            notices |= CombineCustom(other, isSubtraction);
        }
        else
        {
            CombineExponential(other, isSubtraction);
        }

        _count.Add(other.Count, isSubtraction);
        _sum.Add(other.Sum, isSubtraction);
        if (!_isCompensated)
        {
            _zeroCount = _zeroCount.Plain();
            _count = _count.Plain();
            _sum = _sum.Plain();
        }

        _notices |= notices & CombinationNotices.BoundsReconciled;
        return notices;
    }

    private void Take(HistogramView other)
    {
        IsEmpty = false;
        _hint = other.Hint;
        _schema = other.Schema;
        _zeroThreshold = other.ZeroThreshold;
        _zeroCount = other.ZeroCount;
        _count = other.Count;
        _sum = other.Sum;
        _positive.Set(other.Positive);
        _negative.Set(other.Negative);
        _customValues = other.CustomValues;
    }

    // A gauge wins; otherwise only what both say holds.
    private CombinationNotices CombineHint(CounterResetHint other)
    {
        if (other == _hint || _hint == CounterResetHint.Gauge)
        {
            return CombinationNotices.None;
        }

        bool isCollision = (_hint, other) is (CounterResetHint.Reset, CounterResetHint.NotReset) or (CounterResetHint.NotReset, CounterResetHint.Reset);
        _hint = other == CounterResetHint.Gauge ? CounterResetHint.Gauge : CounterResetHint.Unknown;
        return isCollision ? CombinationNotices.HintsCollided : CombinationNotices.None;
    }

    private CombinationNotices CombineCustom(HistogramView other, bool isSubtraction)
    {
        if (_customValues == other.CustomValues || _customValues.AsSpan().SequenceEqual(other.CustomValues.AsSpan()))
        {
            _positive.Add(other.Positive, isSubtraction);
            return CombinationNotices.None;
        }

        ImmutableArray<double> common = CustomBounds.Intersect(_customValues, other.CustomValues);
        _positive.Remap(_customValues.AsSpan(), common.AsSpan(), other.Positive, other.CustomValues.AsSpan(), isSubtraction);
        _customValues = common;
        return CombinationNotices.BoundsReconciled;
    }

    private void CombineExponential(HistogramView other, bool isSubtraction)
    {
        _zeroCount.Add(ReconcileZeroBuckets(other), isSubtraction);
        if (other.Schema < _schema)
        {
            ReduceResolution(other.Schema);
        }

        // What lies in the zero bucket is counted there. Upstream looks at it after widening the buckets to the coarser schema, and counts those twice that
        // only reach out of the zero bucket by that.
        int shift = BucketBounds.Shift(other.Schema, _schema);
        AddSide(_positive, other.Positive.Outside(_zeroThreshold, other.Schema), shift, isSubtraction);
        AddSide(_negative, other.Negative.Outside(_zeroThreshold, other.Schema), shift, isSubtraction);
    }

    private static void AddSide(BucketRow row, BucketSide side, int shift, bool isSubtraction)
    {
        if (shift == 0)
        {
            row.Add(side, isSubtraction);
            return;
        }

        var reduced = new BucketRow(isCompensated: !side.Compensations.IsEmpty);
        reduced.Set(side);
        reduced.Reduce(shift);
        row.Add(reduced.Side, isSubtraction);
    }

    // The narrower zero bucket is widened to the other, which may cut a bucket and so make it the wider one, and so on.
    private CompensatedSum ReconcileZeroBuckets(HistogramView other)
    {
        CompensatedSum otherCount = other.ZeroCount;
        double otherThreshold = other.ZeroThreshold;
        while (otherThreshold < _zeroThreshold || otherThreshold > _zeroThreshold)
        {
            if (_zeroThreshold > otherThreshold)
            {
                otherThreshold = _zeroThreshold;
                otherCount = other.ZeroCountUpTo(ref otherThreshold);
            }

            if (otherThreshold > _zeroThreshold)
            {
                _zeroThreshold = otherThreshold;
                _zeroCount = View.ZeroCountUpTo(ref _zeroThreshold);
                _positive.DropBelow(_zeroThreshold, _schema);
                _negative.DropBelow(_zeroThreshold, _schema);
            }
        }

        return otherCount;
    }
}
