using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>Times, ranges and steps at the ends of 64 bits: answered or refused, never wrapped around.</summary>
public class TimeExtremesTests
{
    private static readonly string[] Queries =
    [
        "a", "a offset 200y", "a offset -200y", "a @ 9223372036854774", "a @ -9223372036854774", "rate(a[200y])", "sum_over_time(a[5m] offset 100y)",
        "max_over_time(a[5m:1m])", "max_over_time(a[1y:365d] offset 290y)", "max_over_time(max_over_time(a[5m:1m] offset 292y)[5m:1m] offset 292y)", "timestamp(a)",
        "absent(a)", "a @ end() + a @ start() offset -292y", "hour() + year() + day_of_year()", "deriv(a[290y] anchored)", "increase(a[290y] smoothed)", "a smoothed",
        "predict_linear(a[290y], 1e300)", "delta(a[290y] anchored)", "a[5m]", "a[5m:1m]", "a[290y] offset 290y", "info(a)", "count_over_time(a[range()])",
    ];

    public static TheoryData<long, long, long> Windows => new()
    {
        { long.MinValue, long.MinValue, 1 },
        { long.MaxValue, long.MaxValue, 1 },
        { long.MinValue, long.MaxValue, long.MaxValue },
        { long.MinValue, long.MaxValue, 1L << 61 },
        { long.MaxValue - 5, long.MaxValue, 1 },
        { long.MinValue, long.MinValue + 5, 1 },
        { 0, long.MaxValue, long.MaxValue },
        { 0, 1L << 60, 1L << 58 },
        { 60_000, 60_000, 1 },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task Any_time_is_answered_or_refused(long start, long end, long step)
    {
        using var scene = new EngineScene().Load(60, "a{instance=\"i\", job=\"j\"} 1 2 3", "target_info{instance=\"i\", job=\"j\"} 1 1 1");
        foreach (string query in Queries)
        {
            foreach (bool isInstant in new[] { true, false })
            {
                if (!isInstant && query.EndsWith(']'))
                {
                    continue;
                }

                try
                {
                    QueryResult result = isInstant
                        ? await scene.Engine.InstantAsync(scene.Store, query, end, TestContext.Current.CancellationToken)
                        : await scene.Engine.RangeAsync(scene.Store, query, start, end, step, TestContext.Current.CancellationToken);
                    Assert.All(result.Rows, static row => Assert.Equal(row.Labels, row.Labels));
                }
                catch (QueryException e) when (e.Kind is QueryErrorKind.TooManySamples or QueryErrorKind.BadData or QueryErrorKind.Execution)
                {
                    Assert.NotEmpty(e.Message);
                }
            }
        }
    }

    [Fact]
    public async Task Far_away_there_is_nothing_but_the_time_itself()
    {
        using var scene = new EngineScene().Load(60, "a 1 2 3");
        foreach (long time in new[] { long.MinValue, long.MinValue + 1, long.MaxValue })
        {
            Assert.Empty((await scene.Engine.InstantAsync(scene.Store, "a", time, TestContext.Current.CancellationToken)).Rows);
            Assert.Empty((await scene.Engine.InstantAsync(scene.Store, "rate(a[5m])", time, TestContext.Current.CancellationToken)).Rows);
            Assert.Equal(time / 1000.0, (await scene.Engine.InstantAsync(scene.Store, "time()", time, TestContext.Current.CancellationToken)).ScalarValue);
        }
    }

    [Theory]
    [InlineData("a", "9223372036854775808 steps, the limit is 10000000")]
    [InlineData("sum(a) + 1", "9223372036854775808 steps, the limit is 10000000")]
    public async Task Steps_of_a_millisecond_over_ages_are_refused_and_not_allocated(string query, string detail)
    {
        using var scene = new EngineScene().Load(60, "a 1 2 3");
        QueryException error = await Assert.ThrowsAsync<QueryException>(
            () => scene.Engine.RangeAsync(scene.Store, query, 0, long.MaxValue, 1, TestContext.Current.CancellationToken));
        Assert.Equal((QueryErrorKind.TooManySamples, "query processing would load too many samples into memory in query execution: " + detail), (error.Kind, error.Message));
    }

    [Fact]
    public async Task A_subquery_with_too_many_steps_is_refused()
    {
        using var scene = new EngineScene().Load(60, "a 1 2 3");
        Assert.Equal(
            "query processing would load too many samples into memory in query execution: 31536000000 steps, the limit is 10000000",
            await scene.FailAsync("max_over_time(a[1y:1ms])"));
    }

    [Fact]
    public void Steps_are_moved_within_time()
    {
        var steps = new StepTimes(10, 5, 3);
        Assert.Equal(new StepTimes(8, 5, 3), steps.Before(2));
        Assert.Equal(long.MaxValue, steps.Before(-long.MaxValue).End);
        Assert.Equal(long.MinValue, new StepTimes(long.MinValue + 1, 5, 3).Before(100).Start);
        Assert.Equal(long.MaxValue, StepTimes.Earlier(long.MaxValue - 1, -5));
    }
}
