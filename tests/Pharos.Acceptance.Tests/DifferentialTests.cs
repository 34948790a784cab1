using Pharos.Testing;
using Pharos.Testing.Differential;

namespace Pharos.Acceptance.Tests;

/// <summary>
/// The real Prometheus and Pharos hold the same samples and are asked the same generated queries. <c>PHAROS_DIFFERENTIAL_SEEDS</c>, as <c>100-120</c>, chooses
/// the seeds of the long run.
/// </summary>
public sealed class DifferentialTests
{
    public static TheoryData<int> ManySeeds
    {
        get
        {
            string[] bounds = (Environment.GetEnvironmentVariable("PHAROS_DIFFERENTIAL_SEEDS") ?? "2-11").Split('-');
            int first = int.Parse(bounds[0], System.Globalization.CultureInfo.InvariantCulture), last = int.Parse(bounds[^1], System.Globalization.CultureInfo.InvariantCulture);
            return new(Enumerable.Range(first, last - first + 1));
        }
    }

    [Fact]
    public Task Two_thousand_generated_queries_are_answered_as_the_real_Prometheus_answers_them() => AgreeAsync(seed: 1, queries: 2000, maxDepth: 4);

    [Theory]
    [MemberData(nameof(ManySeeds))]
    [Trait("Kind", "Slow")]
    public Task Many_more_generated_queries_are_answered_as_the_real_Prometheus_answers_them(int seed) => AgreeAsync(seed, queries: 3000, maxDepth: 5);

    private static async Task AgreeAsync(int seed, int queries, int maxDepth)
    {
        using var folder = new TempFolder();
        await using ServerPair servers = await ServerPair.StartAsync(folder, DifferentialData.ToWriteRequest(DifferentialData.Make(seed)));
        var run = new DifferentialRun(servers, DifferentialData.World, seed);
        await run.AskAsync(queries, maxDepth);

        TestContext.Current.TestOutputHelper?.WriteLine($"{run.Answered} answered, {run.Refused} refused, {run.Annotated} with annotations, {run.Unsettled} unsettled; known: {string.Join("; ", run.Known.Select(static k => $"{k.Value} {k.Key.Reason}"))}");
        Assert.True(run.Differences.Count == 0, string.Join('\n', run.Differences));
        Assert.True(run.Answered > queries, $"of {2 * queries} only {run.Answered} answered something");
        Assert.True(run.Refused > queries / 20, $"only {run.Refused} were refused");
        Assert.True(run.Annotated > queries / 20, $"only {run.Annotated} had annotations");
    }
}
