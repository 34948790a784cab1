using Pharos.PromQL.Syntax.Nodes;
using Pharos.Testing;

namespace Pharos.PromQL.Tests.Execution;

public class EngineTests
{
    [Fact]
    public async Task A_selector_that_a_query_has_twice_is_read_once()
    {
        using var scene = new EngineScene().Load(60, "a_total{x=\"1\"} 0+1x20", "a_total{x=\"2\"} 0+1x20");

        await scene.RangeAsync("sum(rate(a_total[5m])) / count(rate(a_total[5m])) + max(increase(a_total[5m]))", 0, 600, 60);
        Assert.Equal(2, scene.Store.Reads);
    }

    [Fact]
    public async Task Two_functions_of_one_selector_that_are_joined_read_it_once()
    {
        using var scene = new EngineScene().Load(60, "a{x=\"1\"} 0+1x20", "a{x=\"2\"} 0+1x20");

        await scene.RangeAsync("max_over_time(a[5m]) - min_over_time(a[5m])", 0, 600, 60);
        Assert.Equal(2, scene.Store.Reads);
    }

    [Fact]
    public async Task An_aggregation_may_use_another_one_of_the_same_series()
    {
        using var scene = new EngineScene().Load(60, "a{x=\"1\"} 1 2", "a{x=\"2\"} 3 4");

        Assert.Equal(["{} 16 36"], await scene.AskRangeAsync("sum(a * scalar(sum(a)))", 0, 60, 60));
        Assert.Equal(["{} 20 42"], await scene.AskRangeAsync("sum(a * scalar(sum(a))) + sum(a)", 0, 60, 60));
    }

    [Fact]
    public async Task The_bits_do_not_depend_on_the_number_of_threads()
    {
        using var one = new EngineScene(new EngineOptions { MaxThreads = 1 });
        using var four = new EngineScene(new EngineOptions { MaxThreads = 4 });
        var random = new Random(5);
        for (int i = 0; i < 5000; i++)
        {
            string series = FormattableString.Invariant($"a{{x=\"{i}\", g=\"{i % 7}\"}} {random.NextDouble():R}+{random.NextDouble():R}x30");
            one.Load(60, series);
            four.Load(60, series);
        }

        foreach (string query in new[] { "sum by (g) (rate(a[5m]))", "avg by (g) (a)", "stddev(a)", "topk(3, a)", "quantile(0.9, a)" })
        {
            Assert.Equal(await one.AskRangeAsync(query, 0, 1800, 60), await four.AskRangeAsync(query, 0, 1800, 60));
        }
    }

    [Fact]
    public async Task A_query_above_the_limit_of_samples_says_the_limit_and_the_need()
    {
        using var scene = new EngineScene(new EngineOptions { MaxSamples = 100 });
        for (int i = 0; i < 200; i++)
        {
            scene.Load(60, $"a{{x=\"{i}\"}} 1 2 3");
        }

        QueryException error = await Assert.ThrowsAsync<QueryException>(() => scene.RangeAsync("sum(a)", 0, 120, 60));
        Assert.Equal(QueryErrorKind.TooManySamples, error.Kind);
        Assert.Equal(
            "query processing would load too many samples into memory in query execution: at least 600, --query.max-samples is 100",
            error.Message);
        Assert.Equal(0, scene.Store.OpenQueriers);
        Assert.Single((await scene.RangeAsync("sum(a{x=\"7\"})", 0, 120, 60)).Rows);
    }

    [Fact]
    public async Task A_query_that_waits_longer_than_the_timeout_ends_with_it()
    {
        var clock = new ManualTimeProvider();
        using var scene = new EngineScene(new EngineOptions { MaxConcurrency = 1, TimeProvider = clock, Timeout = TimeSpan.FromSeconds(10) });
        var blocked = new BlockingSource();
        Task<QueryResult> first = Task.Run(() => scene.Engine.InstantAsync(blocked, "a", 0, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await blocked.Entered.Task;

        Task<QueryResult> second = scene.InstantAsync("1", 0);
        clock.Advance(TimeSpan.FromSeconds(11));
        QueryException error = await Assert.ThrowsAsync<QueryException>(() => second);
        Assert.Equal(
            (QueryErrorKind.Timeout, "query timed out in query queue: no place of 1 (--query.max-concurrency) became free within 10s (--query.timeout, or timeout of the request); 0 more queries wait"),
            (error.Kind, error.Message));

        blocked.Leave.SetResult();
        QueryException late = await Assert.ThrowsAsync<QueryException>(() => first);
        Assert.Equal(
            (QueryErrorKind.Timeout, "query timed out in expression evaluation: it was not done after 11s, the limit (--query.timeout, or timeout of the request) is 10s"),
            (late.Kind, late.Message));
        Assert.Equal(1, (await scene.InstantAsync("1", 0)).ScalarValue);
    }

    [Fact]
    public async Task A_caller_that_gives_up_ends_the_query()
    {
        using var scene = new EngineScene().Load(60, "a 1");
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        QueryException error = await Assert.ThrowsAsync<QueryException>(() => scene.Engine.InstantAsync(scene.Store, "a", 0, gone.Token));
        Assert.Equal(QueryErrorKind.Canceled, error.Kind);
    }

    [Fact]
    public async Task A_query_that_does_not_parse_is_bad_data()
    {
        using var scene = new EngineScene();

        QueryException error = await Assert.ThrowsAsync<QueryException>(() => scene.InstantAsync("sum(", 0));
        Assert.Equal(QueryErrorKind.BadData, error.Kind);
        Assert.Contains("parse error", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_query_of_samples_is_refused()
    {
        using var scene = new EngineScene();

        QueryException error = await Assert.ThrowsAsync<QueryException>(() => scene.RangeAsync("a[5m]", 0, 60, 60));
        Assert.Equal("invalid expression type \"range vector\" for range query, must be Scalar or instant Vector", error.Message);
    }

    [Fact]
    public async Task A_deep_query_is_answered()
    {
        using var scene = new EngineScene().Load(60, "a 1");

        Assert.Equal(["{} 1990"], await scene.AskAsync(string.Join(" + ", Enumerable.Repeat("a", 1990))));
        Assert.Equal(["{} 1"], await scene.AskAsync(string.Concat(Enumerable.Repeat("-(", 990)) + "a" + new string(')', 990)));
        Assert.Equal(["{} 1"], await scene.AskAsync(string.Concat(Enumerable.Repeat("abs(", 1990)) + "a" + new string(')', 1990)));
        Assert.Equal(["{} 1"], await scene.AskAsync(string.Concat(Enumerable.Repeat("sum(", 1990)) + "a" + new string(')', 1990)));
        Assert.Equal(["{} 1"], await scene.AskAsync(string.Concat(Enumerable.Repeat("vector(scalar(", 990)) + "a" + new string(')', 1980)));
        Assert.Equal(1990, (await scene.InstantAsync("time() * 0 + " + string.Join(" + ", Enumerable.Repeat("1", 1980)) + " + 10", 0)).ScalarValue);
    }

    [Fact]
    public async Task Statistics_say_what_was_read()
    {
        using var scene = new EngineScene().Load(60, "a{x=\"1\"} 0+1x9", "a{x=\"2\"} 0+1x9");

        QueryResult result = await scene.InstantAsync("sum_over_time(a[5m])", 540);
        Assert.Equal((10, 2), (result.Statistics.SamplesRead, result.Statistics.PeakSamples));
        Assert.Equal(ExprType.Vector, result.Type);
    }
}
