using BenchmarkDotNet.Attributes;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Explaining;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;

namespace Pharos.Benchmarks.PromQL;

/// <summary>Whole queries over series in memory: 6,000 counters of 400 samples. What the store takes is in it, so only differences mean something.</summary>
[MemoryDiagnoser]
public class QueryBenchmarks : IDisposable
{
    private const long Start = 1_700_000_000_000;

    private readonly InMemorySeriesSource _source = new();
    private readonly PromQLEngine _engine = new(new EngineOptions { MaxThreads = 1, Parser = ParserOptions.Everything });

    [Params(
        "sum by (job) (rate(http_requests_total[5m]))",
        "sum(http_requests_total)",
        "max by (job) (max_over_time(http_requests_total[30m]))",
        "histogram_quantile(0.9, sum by (le) (rate(http_requests_total[5m])))",
        "quantile by (job) (0.9, http_requests_total)")]
    public string Query { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(2);
        for (int i = 0; i < 6000; i++)
        {
            var labels = Labels.Of(
                "__name__", "http_requests_total", "job", $"job{i % 15}", "instance", $"i{i / 30}", "path", $"/p{i % 30}", "le", $"{i % 12}");
            double value = 0;
            for (int k = 0; k < 400; k++)
            {
                _source.Add(labels, Start + (k * 15_000) + (i / 30 % 977), value += random.Next(5));
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

    [Benchmark]
    public Task<QueryExplanation> ExplainedRange() => _engine.ExplainRangeAsync(_source, Query, Start + 2_300_000, Start + 5_900_000, 15_000);

    [Benchmark]
    public Task<QueryResult> Instant() => _engine.InstantAsync(_source, Query, Start + 5_900_000);
}
