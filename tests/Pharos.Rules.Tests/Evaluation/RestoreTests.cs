using Pharos.Rules.Evaluation;
using Pharos.Rules.Views;

namespace Pharos.Rules.Tests.Evaluation;

/// <summary>A server that goes away with an alert and comes back.</summary>
public sealed class RestoreTests : IDisposable
{
    private const string HalfAnHour = "groups: [{name: g, rules: [{alert: A, expr: 'm > 1', for: 30m, labels: {job: 'x{{ $labels.i }}', team: t}}]}]";
    private readonly RuleBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_alert_that_fired_before_fires_at_the_next_evaluation()
    {
        DateTimeOffset start = _bench.Now;
        await RunAsync(HalfAnHour, minutes: 40);

        using RuleGroup group = await RestartAsync(HalfAnHour, awayMinutes: 20);
        AlertView restored = Assert.Single(group.View().Rules[0].Alerts);
        await EvaluateAsync(group);

        Assert.Equal((AlertState.Pending, start), (restored.State, restored.ActiveAt));
        Assert.Equal(AlertState.Firing, group.View().Rules[0].State);
    }

    [Fact]
    public async Task An_alert_with_much_time_left_waits_longer_by_the_time_away()
    {
        DateTimeOffset start = _bench.Now;
        await RunAsync(HalfAnHour, minutes: 11);

        using RuleGroup group = await RestartAsync(HalfAnHour, awayMinutes: 20);

        // The last sample is of minute 10, the restoring of minute 11 + 20 + 1.
        Assert.Equal(start.AddMinutes(22), Assert.Single(group.View().Rules[0].Alerts).ActiveAt);
    }

    [Fact]
    public async Task An_alert_that_would_fire_within_the_grace_period_fires_at_its_end()
    {
        await RunAsync(HalfAnHour, minutes: 26);

        using RuleGroup group = await RestartAsync(HalfAnHour, awayMinutes: 2);

        DateTimeOffset restoredAt = _bench.Now.AddMinutes(-1);
        Assert.Equal(restoredAt.AddMinutes(10 - 30), Assert.Single(group.View().Rules[0].Alerts).ActiveAt);
    }

    [Theory]
    [InlineData(70, "30m", true)] // away for longer than is tolerated
    [InlineData(5, "9m", true)] // waits less than the grace period anyway
    [InlineData(5, "30m", false)] // had ended before
    public async Task Other_alerts_begin_anew(int awayMinutes, string holdFor, bool holdsBefore)
    {
        string rules = HalfAnHour.Replace("30m", holdFor, StringComparison.Ordinal);
        await RunAsync(rules, minutes: 8, last: holdsBefore ? 2 : 0);

        using RuleGroup group = await RestartAsync(rules, awayMinutes);

        Assert.Equal(_bench.Now.AddMinutes(-2), Assert.Single(group.View().Rules[0].Alerts).ActiveAt);
    }

    [Fact]
    public async Task Until_it_is_restored_an_alert_writes_no_series_that_would_hide_the_former_ones()
    {
        await RunAsync(HalfAnHour, minutes: 11);
        string before = _bench.SamplesOf("ALERTS_FOR_STATE");

        using RuleGroup group = await RestartAsync(HalfAnHour, awayMinutes: 3);

        Assert.Equal(before, _bench.SamplesOf("ALERTS_FOR_STATE"));
        Assert.NotNull(group.GetStatistics().RestoreDuration);
        await EvaluateAsync(group);
        Assert.NotEqual(before, _bench.SamplesOf("ALERTS_FOR_STATE"));
    }

    private async Task RunAsync(string rules, int minutes, double last = 2)
    {
        using RuleGroup group = _bench.Group(rules);
        for (int i = 0; i < minutes; i++)
        {
            _bench.Set("m{i='1'}", i == minutes - 1 ? last : 2);
            await _bench.EvaluateAsync(group);
        }
    }

    // As the loop does it: two evaluations, then the restoring, all before the next minute.
    private async Task<RuleGroup> RestartAsync(string rules, int awayMinutes)
    {
        _bench.Clock.Advance(TimeSpan.FromMinutes(awayMinutes));
        RuleGroup group = _bench.Group(rules);
        ((AlertingRule)group.Rules[0]).IsRestored = false;
        await EvaluateAsync(group);
        _bench.Set("m{i='1'}", 2);
        await group.EvaluateAsync(_bench.Now, TestContext.Current.CancellationToken);
        group.RestoreNow(TestContext.Current.CancellationToken);
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));
        return group;
    }

    private Task EvaluateAsync(RuleGroup group)
    {
        _bench.Set("m{i='1'}", 2);
        return _bench.EvaluateAsync(group);
    }
}
