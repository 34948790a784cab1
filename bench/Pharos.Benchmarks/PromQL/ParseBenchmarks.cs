using BenchmarkDotNet.Attributes;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Benchmarks.PromQL;

/// <summary>Microseconds per query from text to checked tree.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    [Params(
        "up",
        "sum by (job) (rate(http_requests_total{status=~\"5..\"}[5m])) / sum by (job) (rate(http_requests_total[5m]))",
        "histogram_quantile(0.99, sum by (le, job, path) (rate(http_request_duration_seconds_bucket[5m])))",
        "sum by (svc) (label_replace(rate(process_cpu_seconds_total[5m]), \"svc\", \"$1\", \"pod\", \"([a-z]+)-.*\"))")]
    public string Query { get; set; } = "";

    [Benchmark]
    public Expr Parse() => PromQLParser.ParseExpr(Query, ParserOptions.Everything);
}
