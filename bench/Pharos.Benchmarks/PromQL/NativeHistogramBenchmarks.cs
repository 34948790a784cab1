using BenchmarkDotNet.Attributes;
using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;

namespace Pharos.Benchmarks.PromQL;

/// <summary>Nanoseconds per histogram of adding, comparing, rating and asking for a quantile; all of one layout, as samples of a series nearly always are.</summary>
[MemoryDiagnoser]
public class NativeHistogramBenchmarks
{
    private const int Samples = 64;

    private readonly HistogramAccumulator _compensated = new(isCompensated: true);
    private readonly HistogramAccumulator _plain = new(isCompensated: false);
    private readonly NativeHistogramRate _rate = new(isCounter: true, isRate: true);
    private readonly byte[] _resets = new byte[Samples];
    private FloatHistogram[] _histograms = [];
    private long[] _timestamps = [];

    /// <summary>How many buckets each histogram has, in two spans.</summary>
    [Params(20, 160)]
    public int Buckets { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        double[] counts = new double[Buckets];
        _histograms = new FloatHistogram[Samples];
        for (int i = 0; i < Samples; i++)
        {
            for (int b = 0; b < Buckets; b++)
            {
                counts[b] += random.Next(10);
            }

            _histograms[i] = new FloatHistogram
            {
                Schema = 3,
                ZeroThreshold = 1e-128,
                ZeroCount = i,
                Count = counts.Sum() + i,
                Sum = i * 1000,
                PositiveSpans = [new BucketSpan(-4, Buckets / 2), new BucketSpan(3, Buckets - (Buckets / 2))],
                PositiveBuckets = [.. counts],
            };
        }

        _timestamps = [.. Enumerable.Range(0, Samples).Select(static i => i * 15_000L)];
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public double AddCompensated()
    {
        _compensated.Clear();
        foreach (FloatHistogram histogram in _histograms)
        {
            _compensated.Add(histogram);
        }

        return _compensated.Count;
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public double AddPlain()
    {
        _plain.Clear();
        foreach (FloatHistogram histogram in _histograms)
        {
            _plain.Add(histogram);
        }

        return _plain.Count;
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public double AddImmutable()
    {
        FloatHistogram sum = _histograms[0];
        foreach (FloatHistogram histogram in _histograms)
        {
            sum.TryAdd(histogram, out FloatHistogram? next, out _);
            sum = next!;
        }

        return sum.Count;
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public int DetectReset()
    {
        int resets = 0;
        for (int i = 1; i < _histograms.Length; i++)
        {
            resets += _histograms[i].DetectReset(_histograms[i - 1]) ? 1 : 0;
        }

        return resets;
    }

    /// <summary>A window of 20 samples at each, as a range of five minutes has.</summary>
    [Benchmark(OperationsPerInvoke = Samples - 20)]
    public double Rate()
    {
        double count = 0;
        Array.Clear(_resets);
        for (int i = 20; i < Samples; i++)
        {
            HistogramNotices notices = HistogramNotices.None;
            var window = new HistogramWindow
            {
                Timestamps = _timestamps.AsSpan(i - 20, 20),
                Histograms = _histograms.AsSpan(i - 20, 20),
                Resets = _resets.AsSpan(i - 20, 20),
                RangeStart = _timestamps[i] - 300_000,
                RangeEnd = _timestamps[i],
            };
            count += _rate.Compute(window, ref notices)!.Count;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public double Quantile()
    {
        double sum = 0;
        HistogramNotices notices = HistogramNotices.None;
        foreach (FloatHistogram histogram in _histograms)
        {
            sum += NativeHistogramQuantile.Compute(0.9, histogram, ref notices);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public double Fraction()
    {
        double sum = 0;
        HistogramNotices notices = HistogramNotices.None;
        foreach (FloatHistogram histogram in _histograms)
        {
            sum += NativeHistogramFraction.Compute(0.5, 2, histogram, ref notices);
        }

        return sum;
    }
}
