using Pharos.Core.Contracts;
using Pharos.Rules.Statistics;
using Pharos.Rules.Views;
using Pharos.Testing;

namespace Pharos.Rules.Tests;

public sealed class RuleManagerTests : IAsyncDisposable
{
    private const string Recording = "groups: [{name: g, interval: 10s, rules: [{record: r, expr: 'm'}]}]";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly RuleBench _bench = new();
    private RuleManager? _manager;

    public async ValueTask DisposeAsync()
    {
        if (_manager is not null)
        {
            await _manager.DisposeAsync();
        }

        _bench.Dispose();
    }

    [Fact]
    public async Task Groups_are_evaluated_at_their_moments_and_samples_bear_them()
    {
        _bench.Set("m", 1);
        await StartAsync(Recording);
        await AdvanceAsync(Interval);
        await AdvanceAsync(Interval);

        RuleGroupStatistics group = Assert.Single(_manager!.GetGroupStatistics());
        Assert.Equal((2, 0, 2, 0), (group.Iterations, group.IterationsMissed, group.Evaluations, group.EvaluationFailures));
        long slot = new Rules.Evaluation.GroupSchedule("0.yml", "g", Interval).SlotBefore(_bench.Now).ToUnixTimeMilliseconds();
        Assert.Equal($"{slot - 10_000} {slot}", string.Join(' ', Timestamps("r")));
        Assert.Equal(2, _manager.Statistics.Rules.GetHistogram().Counts[0]);
    }

    [Fact]
    public async Task Moments_that_pass_during_an_evaluation_count_as_missed()
    {
        using var gate = new GatedSource(_bench.Store);
        _bench.Options = _bench.Options with { Source = gate };
        _bench.Set("m", 1);
        await StartAsync(Recording);
        gate.Close();
        DateTimeOffset slot = new Rules.Evaluation.GroupSchedule("0.yml", "g", Interval).SlotBefore(_bench.Now) + Interval;

        // What a timer wakes runs inside Advance, and this evaluation waits for the gate.
        Task evaluation = Task.Run(() => _bench.Clock.Advance(slot - _bench.Now + TimeSpan.FromMilliseconds(1)), TestContext.Current.CancellationToken);
        await Wait.UntilAsync(() => gate.Waiting == 1, "the first evaluation");
        _bench.Clock.Advance(3.5 * Interval);
        gate.Open();
        await evaluation;
        await Wait.UntilAsync(() => Iterations == 4, "the evaluation that catches up");

        Assert.Equal((4, 2), (Iterations, _manager!.GetGroupStatistics()[0].IterationsMissed));
        await Wait.UntilAsync(() => Timestamps("r").Count == 2, "two samples");
        Assert.Equal(30_000, Timestamps("r")[1] - Timestamps("r")[0]);
    }

    [Fact]
    public async Task A_group_that_says_the_same_goes_on_undisturbed_and_learns_its_new_place()
    {
        _bench.Set("m", 1);
        await StartAsync(Recording);
        await AdvanceAsync(Interval);

        await _manager!.ApplyAsync(_bench.RuleSet("# a comment\n\ngroups:\n- name: g\n  interval: 10s\n  rules:\n  - record: r\n    expr: ( m )\n".Replace("( m )", "m", StringComparison.Ordinal)));

        Assert.Equal(1, Iterations);
        Assert.Equal(7, _manager.GetGroups()[0].Rules[0].Position.Line);
        await AdvanceAsync(Interval);
        Assert.Equal(2, Timestamps("r").Count);
    }

    [Fact]
    public async Task A_changed_group_keeps_its_counters_and_one_that_is_gone_is_not_shown_and_goes_stale()
    {
        _bench.Set("m", 1);
        await StartAsync(Recording, "groups: [{name: h, interval: 10s, rules: [{record: s, expr: 'm'}]}]");
        await AdvanceAsync(Interval);
        await _manager!.ApplyAsync(_bench.RuleSet(Recording.Replace("'m'", "'m + 1'", StringComparison.Ordinal)));
        await Wait.UntilAsync(() => _bench.Clock.WaitingTimers == 2 && _bench.Clock.HasTimerIn(2 * Interval), "the changed group to wait, and the one that is gone for its end");
        Assert.Equal(["g"], _manager.GetGroups().Select(static g => g.Name));
        Assert.Equal(1, Iterations);
        await AdvanceAsync(Interval);
        await AdvanceAsync(Interval);
        await AdvanceAsync(Interval);

        await Wait.UntilAsync(() => _bench.SamplesOf("s").EndsWith("stale", StringComparison.Ordinal), "the staleness marker");
        Assert.Equal(["1", "2", "2", "2"], _bench.SamplesOf("r").Split(' ').Select(static s => s.Split(':')[1]));
    }

    [Fact]
    public async Task Groups_are_listed_by_file_and_name()
    {
        await StartAsync("groups: [{name: z}, {name: a}]", "groups: [{name: b}]");
        Assert.Equal(["0.yml/a", "0.yml/z", "1.yml/b"], _manager!.GetGroups().Select(static g => $"{g.File}/{g.Name}"));
        Assert.Equal(TimeSpan.FromMinutes(1), _manager.GetGroups()[0].Interval);
    }

    [Fact]
    public async Task After_the_start_alerts_are_restored_with_the_second_evaluation()
    {
        const string Rules = "groups: [{name: g, interval: 10s, rules: [{alert: A, expr: 'm > 1', for: 1h}]}]";
        _bench.Set("m", 2);
        long since = _bench.Now.AddMinutes(-30).ToUnixTimeSeconds();
        _bench.Set("ALERTS_FOR_STATE{alertname='A'}", since);
        await StartAsync(Rules);
        await AdvanceAsync(Interval);
        Assert.NotEqual(since, Alert().ActiveAt.ToUnixTimeSeconds());
        await AdvanceAsync(Interval);
        await Wait.UntilAsync(() => _manager!.GetGroupStatistics()[0].RestoreDuration is not null, "the restoring");

        Assert.InRange(Alert().ActiveAt.ToUnixTimeSeconds(), since, since + 30);
    }

    [Fact]
    public async Task A_group_that_comes_with_a_reload_has_nothing_to_restore()
    {
        await StartAsync();
        await _manager!.ApplyAsync(_bench.RuleSet("groups: [{name: g, interval: 10s, rules: [{alert: A, expr: 'm > 1'}]}]"));
        _bench.Set("m", 2);
        await AdvanceAsync(Interval);

        Assert.Single(Timestamps("ALERTS"));
        Assert.Null(_manager.GetGroupStatistics()[0].RestoreDuration);
    }

    [Fact]
    public async Task Nothing_is_sent_or_stored_once_the_manager_is_disposed()
    {
        await StartAsync("groups: [{name: g, interval: 10s, rules: [{alert: A, expr: 'm > 1'}]}]");
        _bench.Set("m", 2);
        await _manager!.DisposeAsync();
        _bench.Clock.Advance(10 * Interval);
        await _manager.ApplyAsync(_bench.RuleSet(Recording));

        Assert.Empty(_bench.Sink.Alerts);
        Assert.Equal(0, _bench.Clock.WaitingTimers);
        await _manager.DisposeAsync();
    }

    [Fact]
    public async Task New_external_labels_reach_templates_of_groups_that_did_not_change()
    {
        const string Rules = "groups: [{name: g, interval: 10s, rules: [{alert: A, expr: 'm', annotations: {site: '{{ $externalLabels.site }}'}}]}]";
        _bench.Set("m", 1);
        await StartAsync(Rules);
        await AdvanceAsync(Interval);
        await _manager!.ApplyAsync(_bench.RuleSet(Rules) with { ExternalLabels = Core.Labels.Labels.Of("site", "basel") });
        await AdvanceAsync(Interval);

        Assert.Equal(("basel", 2), (Alert().Annotations["site"], Iterations));
    }

    private long Iterations => _manager!.GetGroupStatistics()[0].Iterations;

    private async Task StartAsync(params string[] files)
    {
        _manager = new RuleManager(_bench.Options);
        await _manager.ApplyAsync(_bench.RuleSet(files));
        await Wait.UntilAsync(() => _bench.Clock.WaitingTimers == files.Sum(static f => f.Split("name:").Length - 1), "the groups to wait");
    }

    // Moves the clock over one evaluation of every group and waits until it is done.
    private async Task AdvanceAsync(TimeSpan by)
    {
        IReadOnlyList<RuleGroupStatistics> before = _manager!.GetGroupStatistics();
        await Wait.UntilAsync(() => _bench.Clock.WaitingTimers >= before.Count, "the groups to wait");
        _bench.Clock.Advance(by);
        await Wait.UntilAsync(
            () => _bench.Clock.WaitingTimers >= before.Count && _manager.GetGroupStatistics().Zip(before).All(static p => p.First.Iterations > p.Second.Iterations),
            "every group to be evaluated");
    }

    private AlertView Alert() => Assert.Single(_manager!.GetGroups()[0].Rules[0].Alerts);

    private List<long> Timestamps(string series)
    {
        using ISeriesQuerier querier = _bench.Store.OpenQuerier();
        ISeriesSet set = querier.Select(
            new SeriesSelection([new Core.Matching.Matcher(Core.Matching.MatchType.Equal, "__name__", series)], 0, long.MaxValue), TestContext.Current.CancellationToken);
        var buffer = new Core.Samples.SampleBuffer();
        if (set.Count > 0)
        {
            set.Read(0, 0, long.MaxValue, buffer);
        }

        return [.. buffer.TimestampArray[..buffer.Count]];
    }
}
