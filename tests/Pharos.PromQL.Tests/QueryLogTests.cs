namespace Pharos.PromQL.Tests;

public class QueryLogTests
{
    [Fact]
    public async Task Every_query_that_ended_is_told_with_what_it_took_or_why_it_failed()
    {
        var entries = new List<QueryLogEntry>();
        var asker = new QueryAsker("test", []);
        using var scene = new EngineScene(new EngineOptions { Log = entries.Add, Asker = asker, MaxSamples = 5 });
        scene.Load(10, "a 1x10", "b{i=\"1\"} 1x10", "b{i=\"2\"} 1x10");

        QueryResult result = await scene.RangeAsync("a", 0, 20, 10);
        await Assert.ThrowsAsync<QueryException>(() => scene.RangeAsync("b", 0, 100, 10));
        await Assert.ThrowsAsync<QueryException>(() => scene.InstantAsync("a +", 0));

        Assert.Equal(2, entries.Count);
        Assert.Equal(new QueryLogEntry("a", 0, 20_000, 10_000, asker, result.Statistics, null), entries[0]);
        Assert.Equal(("b", 100_000L), (entries[1].Query, entries[1].End));
        Assert.Contains("--query.max-samples is 5", entries[1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instant_query_has_no_step()
    {
        var entries = new List<QueryLogEntry>();
        using var scene = new EngineScene(new EngineOptions { Log = entries.Add });
        await scene.InstantAsync("1", 7);
        QueryLogEntry entry = Assert.Single(entries);
        Assert.Equal((7000L, 7000L, 0L, null), (entry.Start, entry.End, entry.StepMs, entry.Asker));
    }
}
