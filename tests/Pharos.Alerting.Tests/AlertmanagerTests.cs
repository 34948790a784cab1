using Pharos.Alerting.Configuration;
using Pharos.Alerting.Dispatching;
using Pharos.Alerting.Matchers;
using Pharos.Alerting.Notifying;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Silencing;
using Pharos.Alerting.TimeIntervals;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Testing;

namespace Pharos.Alerting.Tests;

public sealed class AlertmanagerTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeIntegration _webhook = new();

    public void Dispose() => _webhook.Dispose();

    [Fact]
    public async Task A_group_is_told_after_group_wait_and_once()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(TimeSpan.FromSeconds(20));
        bench.Fire("Down", "b");
        await bench.AdvanceAsync(TimeSpan.FromSeconds(9));
        Assert.Empty(_webhook.Messages);
        await bench.AdvanceAsync(Second);
        FakeMessage message = Assert.Single(_webhook.Messages);
        Assert.Equal(["a", "b"], message.Firing);
        Assert.Equal("{}:{alertname=\"Down\"}", message.Group.Key);
        Assert.Equal(("team", "first notification"), (message.Group.Receiver, message.Group.Reason));
        bench.Fire("Down", "a", "b");
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Single(_webhook.Messages);
    }

    [Fact]
    public async Task A_new_alert_of_the_group_is_told_at_the_next_group_interval()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        bench.Fire("Down", "a", "b");
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval - Second);
        Assert.Single(_webhook.Messages);
        await bench.AdvanceAsync(Second);
        Assert.Equal(["a", "b"], _webhook.Messages[1].Firing);
        Assert.Equal("new alerts in group", _webhook.Messages[1].Group.Reason);
    }

    [Fact]
    public async Task An_unchanged_group_is_told_again_after_the_repeat_interval()
    {
        var route = new RouteConfig { Receiver = "team", GroupBy = ["alertname"], RepeatInterval = TimeSpan.FromMinutes(12) };
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(AlertmanagerBench.File(route), _webhook);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        for (int i = 0; i < 3; i++)
        {
            Assert.Single(_webhook.Messages);
            bench.Fire("Down", "a");
            await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        }

        Assert.Equal("repeat interval elapsed", _webhook.Messages[1].Group.Reason);
    }

    [Fact]
    public async Task The_end_is_told_once_and_then_the_group_is_empty()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        bench.Resolve("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Equal(["a"], _webhook.Messages[1].Resolved);
        Assert.Empty(bench.Alertmanager.Current.GetGroups());
        await bench.AdvanceAsync(2 * AlertmanagerBench.GroupInterval);
        Assert.Equal(2, _webhook.Messages.Count);
        Assert.True(bench.Sent[0].IsResolved);
        Assert.Equal(0, bench.Alertmanager.Current.GroupCount);
    }

    [Fact]
    public async Task An_alert_that_nobody_sends_again_ends_by_the_resolve_timeout()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Post([new Alert(AlertmanagerBench.Names("Down", "a"), Labels.Empty, bench.Now, 0, "")]);
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Equal(["a"], _webhook.Messages[1].Resolved);
    }

    [Fact]
    public async Task Where_resolved_is_not_wanted_the_end_is_only_remembered_and_a_new_beginning_is_told()
    {
        var quiet = new FakeIntegration(sendResolved: false);
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(quiet);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        bench.Resolve("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Single(quiet.Messages);
        Assert.Single(bench.Sent);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Equal(2, quiet.Messages.Count);
    }

    [Fact]
    public async Task An_alert_that_has_waited_long_enough_elsewhere_is_told_at_once()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Post([new Alert(AlertmanagerBench.Names("Down", "a"), Labels.Empty, bench.Now - 60_000, 0, "")]);
        bench.Fire("Down", "b");
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(250));
        Assert.Equal(["a", "b"], Assert.Single(_webhook.Messages).Firing);
    }

    [Fact]
    public async Task Grouping_by_everything_makes_a_group_of_every_alert()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(AlertmanagerBench.File(new RouteConfig { Receiver = "team", GroupByAll = true }), _webhook);
        bench.Fire("Down", "a", "b");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        Assert.Equal(2, _webhook.Messages.Count);
    }

    [Fact]
    public async Task A_silenced_alert_is_left_out_until_the_silence_ends()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        Silence silence = await bench.Alertmanager.Silences.SetAsync(
            new Silence("", [AlertMatcher.Of("instance", "a", false, true)], bench.Now, bench.Now + 3_600_000, 0, "ann", "works", Labels.Empty),
            "ann",
            TestContext.Current.CancellationToken);
        bench.Fire("Down", "a", "b");
        Assert.Equal([silence.Id], bench.Alertmanager.StatusOf(AlertmanagerBench.Names("Down", "a")).SilencedBy);
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        Assert.Equal(["b"], Assert.Single(_webhook.Messages).Firing);
        await bench.Alertmanager.Silences.ExpireAsync(silence.Id, "ann", TestContext.Current.CancellationToken);
        bench.Fire("Down", "a", "b");
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Equal(["a", "b"], _webhook.Messages[1].Firing);
        Assert.Equal(1, bench.Alertmanager.Counters.SuppressedBySilence);
    }

    [Fact]
    public async Task An_inhibited_alert_is_left_out_and_says_by_which()
    {
        AlertmanagerFile file = AlertmanagerBench.File() with
        {
            InhibitRules =
            [
                new InhibitRuleConfig
                {
                    SourceMatchers = [AlertMatcher.Of("severity", "critical", false, true)],
                    TargetMatchers = [AlertMatcher.Of("severity", "warning", false, true)],
                    Equal = ["instance"],
                },
            ],
        };
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(file, _webhook);
        Labels source = AlertmanagerBench.Names("HostDown", "a", "critical");
        bench.Post([new Alert(source, Labels.Empty, bench.Now, 0, "")]);
        bench.Fire("Slow", "a", "b");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        Assert.Equal(["b"], _webhook.Messages.Single(static message => message.Group.Labels["alertname"] == "Slow").Firing);
        Assert.Equal([AlertFingerprint.Of(source)], bench.Alertmanager.StatusOf(AlertmanagerBench.Names("Slow", "a")).InhibitedBy);
    }

    [Fact]
    public async Task A_route_that_is_muted_tells_nothing_and_says_why()
    {
        AlertmanagerFile file = AlertmanagerBench.File(new RouteConfig { Receiver = "team", GroupBy = ["alertname"], MuteTimeIntervals = ["nights"] }) with
        {
            TimeIntervals = new TimeIntervalTable(new Dictionary<string, IReadOnlyList<TimeInterval>>
            {
                // The bench begins at midnight.
                ["nights"] = [new TimeInterval { Times = [new MinuteRange(0, 4)] }],
            }),
        };
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(file, _webhook);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        GroupView group = bench.Group("Down");
        Assert.Equal("muted by the time intervals nights", group.Explanation);
        Assert.Equal(["nights"], bench.Alertmanager.Current.MutedBy(group.Route, bench.Now));
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Single(_webhook.Messages);
    }

    [Fact]
    public async Task A_failing_receiver_is_asked_again_and_told_once()
    {
        _webhook.Answer = static (attempt, _) => Task.FromResult(attempt < 3 ? new DeliveryResult(DeliveryOutcome.Retryable, "status 500", DeliveryFailure.ServerError) : DeliveryResult.Delivered);
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Fire("Down", "a");
        bench.Clock.Advance(AlertmanagerBench.GroupWait);
        await UntilAttemptsAsync(bench, 1);
        bench.Clock.Advance(TimeSpan.FromMilliseconds(500));
        await UntilAttemptsAsync(bench, 2);
        Assert.Equal((true, "attempt 2 failed, it is tried again: status 500"), (bench.Group("Down").HasFailed, bench.Group("Down").Explanation));
        bench.Clock.Advance(TimeSpan.FromMilliseconds(749));
        Assert.Equal(2, _webhook.Attempts);
        bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await bench.SettleAsync();
        Assert.Equal((false, ""), (bench.Group("Down").HasFailed, bench.Group("Down").Explanation));
        Assert.Single(_webhook.Messages);
        SentMessage sent = Assert.Single(bench.Sent);
        Assert.Equal((3, true), (sent.Attempts, sent.IsDelivered));
        IntegrationCounters counters = bench.Alertmanager.Counters.Integrations.Single(static pair => pair.Key == "webhook").Value;
        Assert.Equal((1, 3, 2), (counters.Notifications, counters.Requests, counters.FailedRequests));
    }

    [Fact]
    public async Task A_refusal_for_good_ends_the_message_at_once_and_the_next_flush_tries_anew()
    {
        _webhook.Answer = static (attempt, _) => Task.FromResult(attempt == 1 ? new DeliveryResult(DeliveryOutcome.Failed, "status 404", DeliveryFailure.ClientError) : DeliveryResult.Delivered);
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        SentMessage failed = Assert.Single(bench.Sent);
        Assert.Equal("notify retry canceled due to unrecoverable error after 1 attempts: status 404", failed.Error);
        Assert.True(bench.Group("Down").HasFailed);
        Assert.Equal(JournalKind.NotificationFailed, Assert.Single(bench.Journal.Entries).Kind);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Single(_webhook.Messages);
        Assert.Equal(JournalKind.NotificationSent, bench.Journal.Entries[1].Kind);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_a_pause_gets_it()
    {
        _webhook.Answer = static (attempt, _) => Task.FromResult(attempt == 1
            ? new DeliveryResult(DeliveryOutcome.Retryable, "status 429", DeliveryFailure.RateLimited, TimeSpan.FromSeconds(40))
            : DeliveryResult.Delivered);
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Fire("Down", "a");
        bench.Clock.Advance(AlertmanagerBench.GroupWait);
        await UntilAttemptsAsync(bench, 1);
        bench.Clock.Advance(TimeSpan.FromMilliseconds(500));
        await Wait.UntilAsync(() => bench.Clock.WaitingTimers > 0, "the stage to wait");

        // Another group of the same receiver keeps to it as well.
        bench.Fire("Other", "a");
        bench.Clock.Advance(TimeSpan.FromSeconds(39));
        Assert.Equal(1, _webhook.Attempts);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.SettleAsync();
        Assert.Equal(2, _webhook.Messages.Count);
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_up_nobody_else_and_is_given_up_at_the_group_interval()
    {
        var hanging = new FakeIntegration("slack")
        {
            Answer = static async (_, stop) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                return DeliveryResult.Delivered;
            },
        };
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook, hanging);
        bench.Fire("Down", "a");
        bench.Clock.Advance(AlertmanagerBench.GroupWait);
        await Wait.UntilAsync(() => _webhook.Messages.Count == 1 && hanging.Attempts == 1, "the other integration to be told");
        bench.Fire("Other", "a");
        bench.Clock.Advance(AlertmanagerBench.GroupWait);
        await Wait.UntilAsync(() => _webhook.Messages.Count == 2 && hanging.Attempts == 2, "the other group to be told");
        bench.Fire("Down", "a");
        bench.Clock.Advance(AlertmanagerBench.GroupInterval);
        await Wait.UntilAsync(() => bench.Sent.Any(static message => !message.IsDelivered), "the message to be given up");
        SentMessage failed = bench.Sent.First(static message => !message.IsDelivered);
        Assert.Equal("slack", failed.Key.Integration);
        Assert.Equal(2, _webhook.Messages.Count);
    }

    [Fact]
    public async Task A_storm_of_10000_groups_reaches_the_receiver_once_each()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(AlertmanagerBench.File(new RouteConfig { Receiver = "team", GroupByAll = true }), _webhook);
        bench.Fire("Down", Enumerable.Range(0, 10_000).Select(AlertmanagerBench.Text));
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        Assert.Equal(10_000, _webhook.Messages.Count);
        Assert.Equal(10_000, _webhook.Messages.SelectMany(static message => message.Firing).Distinct().Count());
    }

    [Fact]
    public async Task A_storm_of_10000_alerts_in_one_group_is_one_message()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Fire("Down", Enumerable.Range(0, 10_000).Select(AlertmanagerBench.Text));
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        Assert.Equal(10_000, Assert.Single(_webhook.Messages).Alerts.Count);
        SentMessage sent = Assert.Single(bench.Sent);
        Assert.Equal((10_000, SentMessage.MaxAlerts), (sent.AlertCount, sent.Alerts.Count));
    }

    [Fact]
    public async Task After_a_restart_nobody_is_told_again_and_the_end_is_told()
    {
        using var folder = new TempFolder();
        var clock = new ManualTimeProvider();
        await using (AlertmanagerBench first = await AlertmanagerBench.StartAsync(folder, false, clock, AlertmanagerBench.File(), _webhook))
        {
            first.Fire("Down", "a");
            await first.AdvanceAsync(AlertmanagerBench.GroupWait);
        }

        await using AlertmanagerBench second = await AlertmanagerBench.StartAsync(folder, false, clock, AlertmanagerBench.File(), _webhook);
        second.Fire("Down", "a");
        await second.AdvanceAsync(AlertmanagerBench.GroupWait);
        Assert.Single(_webhook.Messages);
        Assert.Single(second.Sent);
        second.Resolve("Down", "a");
        await second.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Equal(["a"], _webhook.Messages[1].Resolved);
    }

    [Fact]
    public async Task A_new_configuration_takes_over_alerts_and_what_receivers_know()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        var next = new FakeIntegration();
        await bench.ApplyAsync(AlertmanagerBench.File(), next);
        Assert.True(_webhook.IsDisposed);
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        Assert.Empty(next.Messages);
        bench.Fire("Down", "a", "b");
        await bench.AdvanceAsync(AlertmanagerBench.GroupInterval);
        Assert.Equal(["a", "b"], Assert.Single(next.Messages).Firing);
    }

    [Fact]
    public async Task Alerts_that_are_not_valid_are_told_apart_in_upstreams_words()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync(_webhook);
        Alert valid = new(AlertmanagerBench.Names("Down", "a"), Labels.Empty, 0, 0, "");
        IReadOnlyList<string> errors = bench.Alertmanager.Post([valid, valid with { Labels = Labels.Empty }, valid with { StartsAt = 2000, EndsAt = 1000 }]);
        Assert.Equal(["at least one label pair required", "start time must be before end time"], errors);
        Assert.Single(bench.Alertmanager.Alerts.GetAll());
        Assert.Equal(2, bench.Alertmanager.Counters.Invalid);
        Assert.Equal((2, 1), (bench.Alertmanager.Counters.FiringReceived, bench.Alertmanager.Counters.ResolvedReceived));
    }

    [Fact]
    public async Task A_receiver_without_integrations_tells_nobody_and_says_so()
    {
        await using AlertmanagerBench bench = await AlertmanagerBench.StartAsync();
        bench.Fire("Down", "a");
        await bench.AdvanceAsync(AlertmanagerBench.GroupWait);
        Assert.Equal("the receiver has no integration", bench.Group("Down").Explanation);
        Assert.Empty(bench.Sent);
    }

    private Task UntilAttemptsAsync(AlertmanagerBench bench, int attempts) =>
        Wait.UntilAsync(() => _webhook.Attempts == attempts && bench.Log.Lines.Count == attempts, $"attempt {attempts}");
}
