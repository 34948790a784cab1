using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Storage.Chunks;

/// <summary>One histogram while it is encoded, of either kind: integers as differences from bucket to bucket, floats as their bits. Reused; not thread-safe.</summary>
internal sealed class HistogramRow
{
    private long[] _values = [];
    private long[] _spare = [];

    public bool IsInteger { get; private set; }

    public CounterResetHint Hint { get; private set; }

    public int Schema { get; private set; }

    public double ZeroThreshold { get; private set; }

    /// <summary>A whole number, or the bits of a float.</summary>
    public ulong Count { get; private set; }

    /// <summary>A whole number, or the bits of a float.</summary>
    public ulong ZeroCount { get; private set; }

    /// <summary>The sum's bits.</summary>
    public ulong Sum { get; private set; }

    public ImmutableArray<BucketSpan> PositiveSpans { get; private set; } = [];

    public ImmutableArray<BucketSpan> NegativeSpans { get; private set; } = [];

    public ImmutableArray<double> CustomValues { get; private set; } = [];

    public int PositiveCount { get; private set; }

    public int NegativeCount { get; private set; }

    public bool IsStale => Sum == Staleness.MarkerBits;

    public bool IsGauge => Hint == CounterResetHint.Gauge;

    public ChunkEncoding Encoding => IsInteger ? ChunkEncoding.Histogram : ChunkEncoding.FloatHistogram;

    /// <summary>Positive buckets, then negative ones.</summary>
    public ReadOnlySpan<long> Values => _values.AsSpan(0, PositiveCount + NegativeCount);

    public ReadOnlySpan<long> Positive => _values.AsSpan(0, PositiveCount);

    public ReadOnlySpan<long> Negative => _values.AsSpan(PositiveCount, NegativeCount);

    /// <summary>Takes a histogram over; of a staleness marker nothing but that it is one.</summary>
    /// <exception cref="ArgumentException">Spans and buckets do not agree.</exception>
    public void Set(NativeHistogram histogram)
    {
        if (Staleness.IsMarker(histogram.Sum))
        {
            SetStale(histogram.Integers is not null, histogram.Integers?.CounterResetHint ?? histogram.Floats!.CounterResetHint);
            return;
        }

        if (histogram.Integers is { } integers)
        {
            SetHead(isInteger: true, integers.CounterResetHint, integers.Schema, integers.ZeroThreshold, integers.Sum);
            Count = integers.Count;
            ZeroCount = integers.ZeroCount;
            SetLayout(integers.PositiveSpans, integers.NegativeSpans, integers.CustomValues);
            SetValues(integers.PositiveDeltas.AsSpan(), integers.NegativeDeltas.AsSpan());
            return;
        }

        FloatHistogram floats = histogram.Floats!;
        SetHead(isInteger: false, floats.CounterResetHint, floats.Schema, floats.ZeroThreshold, floats.Sum);
        Count = BitConverter.DoubleToUInt64Bits(floats.Count);
        ZeroCount = BitConverter.DoubleToUInt64Bits(floats.ZeroCount);
        SetLayout(floats.PositiveSpans, floats.NegativeSpans, floats.CustomValues);
        SetValues(MemoryMarshal.Cast<double, long>(floats.PositiveBuckets.AsSpan()), MemoryMarshal.Cast<double, long>(floats.NegativeBuckets.AsSpan()));
    }

    /// <summary>Becomes a staleness marker.</summary>
    public void SetStale(bool isInteger, CounterResetHint hint)
    {
        SetHead(isInteger, hint, 0, 0, Staleness.Marker);
        Count = 0;
        ZeroCount = 0;
        SetLayout([], [], []);
        SetValues([], []);
    }

    /// <summary>Takes over the sample that a reader stands on, which is no staleness marker.</summary>
    public void Set(in HistogramChunkReader reader)
    {
        HistogramChunkLayout layout = reader.Layout;
        SetHead(reader.IsInteger, CounterResetHint.Unknown, layout.Schema, layout.ZeroThreshold, reader.Sum);
        Count = reader.RawCount;
        ZeroCount = reader.RawZeroCount;
        SetLayout(layout.PositiveSpans, layout.NegativeSpans, layout.CustomValues);
        SetValues(reader.RawValues[..layout.PositiveCount], reader.RawValues[layout.PositiveCount..]);
    }

    /// <summary>Takes other buckets, which cover those that there are; the new ones are empty.</summary>
    public void Widen(ImmutableArray<BucketSpan> positiveSpans, ImmutableArray<BucketSpan> negativeSpans)
    {
        int positive = BucketMerge.CountOf(positiveSpans.AsSpan());
        int negative = BucketMerge.CountOf(negativeSpans.AsSpan());
        if (_spare.Length < positive + negative)
        {
            _spare = new long[positive + negative];
        }

        BucketMerge.Spread(PositiveSpans.AsSpan(), Positive, positiveSpans.AsSpan(), _spare.AsSpan(0, positive), IsInteger);
        BucketMerge.Spread(NegativeSpans.AsSpan(), Negative, negativeSpans.AsSpan(), _spare.AsSpan(positive, negative), IsInteger);
        (_values, _spare) = (_spare, _values);
        PositiveSpans = positiveSpans;
        NegativeSpans = negativeSpans;
        PositiveCount = positive;
        NegativeCount = negative;
    }

    private void SetHead(bool isInteger, CounterResetHint hint, int schema, double zeroThreshold, double sum)
    {
        IsInteger = isInteger;
        Hint = hint;
        Schema = schema;
        ZeroThreshold = zeroThreshold;
        Sum = BitConverter.DoubleToUInt64Bits(sum);
    }

    private void SetLayout(ImmutableArray<BucketSpan> positiveSpans, ImmutableArray<BucketSpan> negativeSpans, ImmutableArray<double> customValues)
    {
        PositiveSpans = positiveSpans;
        NegativeSpans = negativeSpans;
        CustomValues = customValues;
        PositiveCount = BucketMerge.CountOf(positiveSpans.AsSpan());
        NegativeCount = BucketMerge.CountOf(negativeSpans.AsSpan());
    }

    private void SetValues(ReadOnlySpan<long> positive, ReadOnlySpan<long> negative)
    {
        if (positive.Length != PositiveCount || negative.Length != NegativeCount)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"a histogram has spans of {PositiveCount} and {NegativeCount} buckets, and {positive.Length} and {negative.Length} buckets"));
        }

        if (_values.Length < positive.Length + negative.Length)
        {
            _values = new long[positive.Length + negative.Length];
        }

        positive.CopyTo(_values);
        negative.CopyTo(_values.AsSpan(positive.Length));
    }
}
