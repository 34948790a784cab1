using Pharos.Testing;
using Pharos.Testing.Differential;
using Pharos.Testing.Queries;

namespace Pharos.Acceptance.Tests;

/// <summary>The real Prometheus and Pharos hold the same samples and are asked the same generated queries.</summary>
public sealed class DifferentialTests
{
    public static TheoryData<int> ManySeeds => new(DifferentialRun.ChosenSeeds);

    [Fact]
    public Task Two_thousand_generated_queries_are_answered_as_the_real_Prometheus_answers_them() => AgreeAsync(seed: 1, queries: 2000, maxDepth: 4);

    [Theory]
    [MemberData(nameof(ManySeeds))]
    [Trait("Kind", "Slow")]
    public Task Many_more_generated_queries_are_answered_as_the_real_Prometheus_answers_them(int seed) => AgreeAsync(seed, queries: 3000, maxDepth: 5);

    [Theory]
    [MemberData(nameof(ManySeeds))]
    [Trait("Kind", "Slow")]
    public Task Names_that_are_dropped_late_are_dropped_as_the_real_Prometheus_drops_them(int seed) =>
        AgreeAsync(seed, queries: 1000, maxDepth: 4, "promql-delayed-name-removal");

    [Fact]
    public Task A_thousand_generated_queries_of_native_histograms_are_answered_as_the_real_Prometheus_answers_them() => AgreeOnHistogramsAsync(seed: 1, queries: 1000, maxDepth: 4);

    [Theory]
    [MemberData(nameof(ManySeeds))]
    [Trait("Kind", "Slow")]
    public Task Many_more_generated_queries_of_native_histograms_are_answered_as_the_real_Prometheus_answers_them(int seed) =>
        AgreeOnHistogramsAsync(seed, queries: 2000, maxDepth: 5);

    private static Task AgreeAsync(int seed, int queries, int maxDepth, params string[] features) =>
        AgreeAsync([DifferentialData.ToWriteRequest(DifferentialData.Make(seed)).ToBody()], DifferentialData.World, seed, queries, maxDepth, features);

    // Received, logged, kept and read as histograms by both, beside the numbers.
    private static Task AgreeOnHistogramsAsync(int seed, int queries, int maxDepth)
    {
        byte[] numbers = DifferentialData.ToWriteRequest(DifferentialData.Make(seed)).ToBody();
        return AgreeAsync([numbers, .. HistogramData.ToWriteRequests(HistogramData.Make(seed))], HistogramData.World, seed, queries, maxDepth);
    }

    private static async Task AgreeAsync(IEnumerable<byte[]> writeRequests, QueryWorld world, int seed, int queries, int maxDepth, params string[] features)
    {
        using var folder = new TempFolder();
        await using ServerPair servers = await ServerPair.StartAsync(folder, writeRequests, features);
        var run = new DifferentialRun(servers.AskPrometheusAsync, servers.AskPharosAsync, world, seed);
        await run.AskAsync(queries, maxDepth);

        TestContext.Current.TestOutputHelper?.WriteLine(run.Summary);
        Assert.True(run.Differences.Count == 0, string.Join('\n', run.Differences));
        Assert.True(run.Answered > queries, run.Summary);
        Assert.True(run.Refused > queries / 20, run.Summary);
        Assert.True(run.Annotated > queries / 20, run.Summary);
    }
}
