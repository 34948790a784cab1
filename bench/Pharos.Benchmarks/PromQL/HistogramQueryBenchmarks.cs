using BenchmarkDotNet.Attributes;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;

namespace Pharos.Benchmarks.PromQL;

/// <summary>Whole queries over 400 native histograms of 20 buckets and 400 samples each, at 240 steps.</summary>
[MemoryDiagnoser]
public class HistogramQueryBenchmarks : IDisposable
{
    private const long Start = 1_700_000_000_000;
    private const int Series = 400;
    private const int Samples = 400;
    private const int Buckets = 20;

    private readonly InMemorySeriesSource _source = new();
    private readonly PromQLEngine _engine = new(new EngineOptions { MaxThreads = 1, Parser = ParserOptions.Everything });

    [Params(
        "sum by (job) (h)",
        "avg by (job) (rate(h[5m]))",
        "histogram_quantile(0.9, sum by (job) (rate(h[5m])))",
        "histogram_quantile(0.9, rate(h[5m]))",
        "histogram_count(rate(h[5m]))",
        "sum(h * 2)")]
    public string Query { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(2);
        for (int i = 0; i < Series; i++)
        {
            var labels = Labels.Of("__name__", "h", "job", $"job{i % 15}", "instance", $"i{i}");
            double[] counts = new double[Buckets];
            for (int k = 0; k < Samples; k++)
            {
                for (int b = 0; b < Buckets; b++)
                {
                    counts[b] += random.Next(5);
                }

                _source.Add(labels, Start + (k * 15_000), new FloatHistogram
                {
                    Schema = 3,
                    ZeroThreshold = 1e-128,
                    Count = counts.Sum(),
                    Sum = k * 10,
                    PositiveSpans = [new BucketSpan(-4, Buckets)],
                    PositiveBuckets = [.. counts],
                });
            }
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task<QueryResult> Range() => _engine.RangeAsync(_source, Query, Start + 2_300_000, Start + 5_900_000, 15_000);
}
