using System.Collections.Immutable;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Storage.Tests;

/// <summary>A sample of a series that may have both kinds.</summary>
internal readonly record struct MixedSample(long Time, double Value, NativeHistogram Histogram)
{
    public void AddTo(SampleBatch batch, SeriesRef series)
    {
        if (Histogram.IsNone)
        {
            batch.Add(series, Time, Value);
        }
        else
        {
            batch.Add(series, Time, Histogram);
        }
    }
}

/// <summary>
/// Series as stores meet them: histograms that grow, get new buckets, lose empty ones, are reset, change their resolution, kind or bounds, become gauges, end with a staleness
/// marker; and numbers between.
/// </summary>
internal sealed class HistogramSequences
{
    private readonly Random _random;
    private readonly bool _withEmptyBuckets;
    private readonly SortedDictionary<int, long> _positive = [];
    private readonly SortedDictionary<int, long> _negative = [];
    private double[] _bounds = [];
    private int _schema;
    private double _zeroThreshold;
    private long _zero;
    private double _sum;
    private bool _isGauge;
    private bool _isInteger;
    private bool _isNumber;

    private HistogramSequences(Random random, bool withEmptyBuckets)
    {
        _random = random;
        _withEmptyBuckets = withEmptyBuckets;
        _isInteger = random.Next(2) == 0;
        Begin();
    }

    /// <summary>So many samples about a step apart, in milliseconds; series of as many end at about the same time.</summary>
    public static MixedSample[] Random(Random random, int count, long time, bool withEmptyBuckets = true, int step = 15_000)
    {
        var sequence = new HistogramSequences(random, withEmptyBuckets);
        var samples = new MixedSample[count];
        for (int i = 0; i < count; i++)
        {
            time += random.Next(50) == 0 ? random.Next(1, 30_000) : random.Next(10) == 0 ? step + random.Next(20) : step;
            samples[i] = sequence.Next(time);
        }

        return samples;
    }

    private MixedSample Next(long time)
    {
        switch (_random.Next(400))
        {
            case < 4:
                Begin();
                break;
            case < 6:
                _isInteger = !_isInteger;
                break;
            case < 8:
                _isNumber = !_isNumber;
                break;
            case < 10:
                _isGauge = !_isGauge;
                break;
            case < 13:
                return new MixedSample(time, Staleness.Marker, default);
            case < 16:
                return new MixedSample(time, Staleness.Marker, Native(new FloatHistogram { Sum = Staleness.Marker }));
            case < 18:
                _positive.Clear();
                break;
        }

        if (_isNumber)
        {
            return new MixedSample(time, _random.Next(1000), default);
        }

        Observe();
        FloatHistogram histogram = Make();
        return new MixedSample(time, histogram.Sum, Native(histogram));
    }

    private NativeHistogram Native(FloatHistogram histogram) => _isInteger ? new NativeHistogram(IntegerHistogram.FromFloat(histogram)!) : new NativeHistogram(histogram);

    private void Begin()
    {
        _positive.Clear();
        _negative.Clear();
        _zero = 0;
        _sum = 0;
        if (_random.Next(3) == 0)
        {
            _schema = FloatHistogram.CustomBucketsSchema;
            _zeroThreshold = 0;
            _bounds = [.. new double[] { -1, 0.005, 0.1, 1.0 / 3, 1, 2.5, 10, 33554.430, 40000 }.Where(_ => _random.Next(4) > 0)];
        }
        else
        {
            _schema = _random.Next(-1, 5);
            _zeroThreshold = _random.Next(3) switch { 0 => 0, 1 => 0.001, _ => Math.ScaleB(1, -128) };
            _bounds = [];
        }
    }

    private void Observe()
    {
        bool isCustom = _bounds.Length > 0 || _schema == FloatHistogram.CustomBucketsSchema;
        for (int i = _random.Next(6); i > 0; i--)
        {
            int index = isCustom ? _random.Next(_bounds.Length + 1) : (int)(_random.NextDouble() * _random.NextDouble() * 40) - 5;
            bool isNegative = !isCustom && _random.Next(8) == 0;
            SortedDictionary<int, long> side = isNegative ? _negative : _positive;
            long more = _random.Next(20) == 0 ? _random.Next(100_000) : _random.Next(4);
            side[index] = side.GetValueOrDefault(index) + (_isGauge && _random.Next(2) == 0 ? -Math.Min(more, side.GetValueOrDefault(index)) : more);
            _sum += _random.NextDouble();
        }

        if (!isCustom && _random.Next(4) == 0)
        {
            _zero++;
        }
    }

    private FloatHistogram Make()
    {
        (ImmutableArray<BucketSpan> positiveSpans, ImmutableArray<double> positive) = Lay(_positive);
        (ImmutableArray<BucketSpan> negativeSpans, ImmutableArray<double> negative) = _schema == FloatHistogram.CustomBucketsSchema ? ([], []) : Lay(_negative);
        return new FloatHistogram
        {
            CounterResetHint = _isGauge ? CounterResetHint.Gauge : _random.Next(200) == 0 ? CounterResetHint.Reset : CounterResetHint.Unknown,
            Schema = _schema,
            ZeroThreshold = _zeroThreshold,
            ZeroCount = _schema == FloatHistogram.CustomBucketsSchema ? 0 : _zero,
            Count = (_schema == FloatHistogram.CustomBucketsSchema ? 0 : _zero) + positive.Sum() + negative.Sum(),
            Sum = _sum,
            PositiveSpans = positiveSpans,
            PositiveBuckets = positive,
            NegativeSpans = negativeSpans,
            NegativeBuckets = negative,
            CustomValues = _schema == FloatHistogram.CustomBucketsSchema ? [.. _bounds] : [],
        };
    }

    // Empty buckets are left out at times, and gaps of one are filled at times: senders do both.
    private (ImmutableArray<BucketSpan> Spans, ImmutableArray<double> Counts) Lay(SortedDictionary<int, long> side)
    {
        var spans = new List<BucketSpan>();
        var counts = new List<double>();
        int end = 0;
        foreach ((int index, long count) in side)
        {
            if (count == 0 && (!_withEmptyBuckets || _random.Next(3) == 0))
            {
                continue;
            }

            if (_withEmptyBuckets && spans.Count > 0 && index == end + 1 && _random.Next(2) == 0)
            {
                counts.Add(0);
                spans[^1] = spans[^1] with { Length = spans[^1].Length + 1 };
                end++;
            }

            counts.Add(count);
            if (spans.Count > 0 && index == end)
            {
                spans[^1] = spans[^1] with { Length = spans[^1].Length + 1 };
            }
            else
            {
                spans.Add(new BucketSpan(index - end, 1));
            }

            end = index + 1;
        }

        return ([.. spans], [.. counts]);
    }
}
