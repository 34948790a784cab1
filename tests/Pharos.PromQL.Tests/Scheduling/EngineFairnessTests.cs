using Pharos.Core.Labels;
using Pharos.PromQL.Sources;
using Pharos.Testing;

namespace Pharos.PromQL.Tests.Scheduling;

/// <summary>What a query that is huge leaves to others, told by a clock that only reading moves.</summary>
public class EngineFairnessTests
{
    private const string Huge = "sum(max_over_time(a[1h]))";

    [Fact]
    public async Task A_small_query_is_answered_while_a_huge_one_runs_where_there_is_one_place()
    {
        var clock = new ManualTimeProvider();
        using var engine = new PromQLEngine(new EngineOptions { MaxConcurrency = 1, MaxThreads = 1, Timeout = TimeSpan.Zero, TimeProvider = clock });
        var source = new SlowSource(Many(), clock, TimeSpan.FromMilliseconds(10), holdsAfter: 30);
        Task<QueryResult> huge = Start(() => engine.InstantAsync(source, Huge, 600_000, TestContext.Current.CancellationToken));
        await source.Held.Task;

        QueryResult small = await engine.InstantAsync(new InMemorySeriesSource(), "1 + 1", 0, TestContext.Current.CancellationToken);
        Assert.Equal(2, small.ScalarValue);
        Assert.False(huge.IsCompleted);

        source.Release.SetResult();
        Assert.Single((await huge).Rows);
    }

    [Fact]
    public async Task A_rule_is_evaluated_while_people_have_all_places()
    {
        var clock = new ManualTimeProvider();
        using var engine = new PromQLEngine(new EngineOptions { MaxConcurrency = 1, Timeout = TimeSpan.Zero, TimeProvider = clock });
        var source = new SlowSource(Many(), clock, TimeSpan.Zero, holdsAfter: 0);
        Task<QueryResult> person = Start(() => engine.InstantAsync(source, Huge, 600_000, TestContext.Current.CancellationToken));
        await source.Held.Task;

        PromQLEngine rules = engine.With(engine.Options with { Origin = QueryOrigin.Rules });
        QueryResult rule = await rules.InstantAsync(new InMemorySeriesSource(), "vector(1)", 0, TestContext.Current.CancellationToken);
        Assert.Single(rule.Rows);
        Assert.Equal(1, engine.Counters.Running);
        Task<QueryResult> other = engine.InstantAsync(new InMemorySeriesSource(), "2", 0, TestContext.Current.CancellationToken);
        Assert.False(other.IsCompleted);
        Assert.Equal(2, engine.Counters.Running);

        source.Release.SetResult();
        await person;
        Assert.Equal(2, (await other).ScalarValue);
        Assert.Equal((0, 3), (engine.Counters.Running, engine.Counters.Answered));
    }

    [Fact]
    public async Task Bits_do_not_depend_on_who_else_asks()
    {
        using var engine = new PromQLEngine(new EngineOptions { MaxThreads = 2 });
        InMemorySeriesSource store = Many(series: 4000);
        const string Query = "sum by (g) (rate(a[5m])) / avg by (g) (a)";
        QueryResult alone = await engine.RangeAsync(store, Query, 0, 600_000, 5000, TestContext.Current.CancellationToken);
        QueryResult[] together = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(
            () => engine.RangeAsync(store, Query, 0, 600_000, 5000, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)));
        foreach (QueryResult result in together)
        {
            Assert.Equal(alone.Rows.Count, result.Rows.Count);
            for (int r = 0; r < result.Rows.Count; r++)
            {
                Assert.Equal(alone.Rows[r].Labels, result.Rows[r].Labels);
                Assert.Equal(alone.Rows[r].Values.ToArray().Select(BitConverter.DoubleToInt64Bits), result.Rows[r].Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    private static Task<QueryResult> Start(Func<Task<QueryResult>> ask) => Task.Run(ask, TestContext.Current.CancellationToken);

    private static InMemorySeriesSource Many(int series = 100)
    {
        var store = new InMemorySeriesSource();
        for (int i = 0; i < series; i++)
        {
            store.Add(Labels.Of("__name__", "a", "g", $"{i % 7}", "x", $"{i}"), 0, 600, [.. Enumerable.Range(0, 1000).Select(k => (i * 0.1) + k)]);
        }

        return store;
    }
}
