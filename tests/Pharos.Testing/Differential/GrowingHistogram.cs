using System.Collections.Immutable;
using Pharos.Core.Histograms;

namespace Pharos.Testing.Differential;

/// <summary>A histogram as it grows: now and then it begins anew, and then perhaps with another resolution; a gauge begins anew each time.</summary>
/// <param name="random">Decides the observations.</param>
/// <param name="bounds">The bounds of custom buckets; null for exponential ones.</param>
/// <param name="isGauge">Whether it is a gauge; only those have negative observations.</param>
internal sealed class GrowingHistogram(Random random, double[]? bounds, bool isGauge)
{
    private readonly SortedDictionary<int, double> _positive = [];
    private readonly SortedDictionary<int, double> _negative = [];
    private int _schema = bounds is null ? random.Next(0, 4) : FloatHistogram.CustomBucketsSchema;
    private double _zeroThreshold = bounds is null ? 0.001 : 0;
    private double _zero;
    private double _sum;
    private double _base = isGauge ? 0 : 1 << 18;

    public FloatHistogram Next()
    {
        if (isGauge || _positive.Count == 0 || random.Next(200) == 0)
        {
            Begin();
        }

        Observe();
        if (isGauge)
        {
            // A store may give a gauge empty buckets of others, which decides where a zero bucket without neighbours begins.
            _positive[0] = _positive.GetValueOrDefault(0) + 1;
            _negative[0] = _negative.GetValueOrDefault(0) + 1;
        }

        (ImmutableArray<BucketSpan> positiveSpans, ImmutableArray<double> positive) = Lay(_positive);
        (ImmutableArray<BucketSpan> negativeSpans, ImmutableArray<double> negative) = Lay(_negative);
        return new FloatHistogram
        {
            CounterResetHint = isGauge ? CounterResetHint.Gauge : CounterResetHint.Unknown,
            Schema = _schema,
            ZeroThreshold = _zeroThreshold,
            ZeroCount = _zero,
            Count = _zero + positive.Sum() + negative.Sum(),
            Sum = _sum,
            PositiveSpans = positiveSpans,
            PositiveBuckets = positive,
            NegativeSpans = negativeSpans,
            NegativeBuckets = negative,
            CustomValues = bounds is null ? [] : [.. bounds],
        };
    }

    private void Begin()
    {
        _positive.Clear();
        _negative.Clear();
        _zero = 0;
        _sum = 0;
        if (_base > 0)
        {
            // Much more than it grows by, also over a reset: since 3.6 no rate goes below zero before the first sample.
            _positive[1] = _base;
            _sum = _base * 2;
            _base = Math.Max(1, _base / 8);
        }

        if (bounds is null && random.Next(3) == 0)
        {
            _schema = random.Next(0, 4);
            _zeroThreshold = random.Next(2) == 0 ? 0.001 : 0.01;
        }
    }

    private void Observe()
    {
        for (int i = random.Next(6); i > 0; i--)
        {
            int index = bounds is null ? random.Next(-6, 10) : random.Next(bounds.Length + 1);
            bool isNegative = bounds is null && isGauge && random.Next(3) == 0;
            SortedDictionary<int, double> side = isNegative ? _negative : _positive;
            side[index] = side.GetValueOrDefault(index) + random.Next(1, 5);
            _sum += random.Next(64) * 0.125;
        }

        _zero += bounds is null && random.Next(5) == 0 ? 1 : 0;
    }

    private static (ImmutableArray<BucketSpan> Spans, ImmutableArray<double> Buckets) Lay(SortedDictionary<int, double> side)
    {
        var spans = new List<BucketSpan>();
        int next = 0;
        foreach (int index in side.Keys)
        {
            if (spans.Count > 0 && index == next)
            {
                spans[^1] = spans[^1] with { Length = spans[^1].Length + 1 };
            }
            else
            {
                spans.Add(new BucketSpan(index - next, 1));
            }

            next = index + 1;
        }

        return ([.. spans], [.. side.Values]);
    }
}
