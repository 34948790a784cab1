using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Rules.Evaluation;
using Pharos.Rules.Views;

namespace Pharos.Rules.Tests.Evaluation;

public sealed class AlertStormTests : IDisposable
{
    private const int Count = 10_000;
    private readonly RuleBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Ten_thousand_alerts_of_one_rule_come_are_sent_and_go()
    {
        using RuleGroup group = _bench.Group("""
            groups:
            - name: g
              rules:
              - {alert: A, expr: 'm > 0', labels: {severity: page, owner: "{{ $labels.i }}-team"}, annotations: {summary: "{{ $labels.i }} is {{ $value }}"}}
            """);
        SetAll(1);
        await _bench.EvaluateAsync(group);
        Assert.Equal(Count, _bench.Sink.Take().Count);
        SetAll(2);
        await _bench.EvaluateAsync(group);
        Assert.Equal(2 * Count, group.GetStatistics().LastSamples);
        AlertView one = group.View().Rules[0].Alerts.Single(static a => a.Labels["i"] == "77");
        Assert.Equal("77 is 2", one.Annotations["summary"]);
        SetAll(0);
        await _bench.EvaluateAsync(group);

        Assert.Equal(Count, _bench.Sink.Take().Count(static a => a.EndsAt == a.StartsAt + 120_000));
        Assert.Equal(AlertState.Inactive, group.View().Rules[0].State);
        Assert.Equal(0, group.GetStatistics().LastSamples);
        Assert.Equal("0:1 60:1 120:stale", _bench.SamplesOf("ALERTS{i='77'}"));
        _bench.Clock.Advance(TimeSpan.FromMinutes(16));
        await _bench.EvaluateAsync(group);
        Assert.Empty(group.View().Rules[0].Alerts);
    }

    [Fact]
    public async Task An_evaluation_allocates_in_proportion_to_its_alerts()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 0', annotations: {summary: '{{ $labels.i }} is {{ $value }}'}}]}]");
        SetAll(1);
        await _bench.EvaluateAsync(group);
        SetAll(1);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        await _bench.EvaluateAsync(group);

        // About 5 kB an alert as measured; a quadratic step would be far beyond.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Count * 20_000L);
    }

    private void SetAll(double value)
    {
        var batch = new SampleBatch();
        for (int i = 0; i < Count; i++)
        {
            batch.Add(_bench.Store.GetOrAdd(Core.Labels.Labels.Of("__name__", "m", "i", i.ToString(CultureInfo.InvariantCulture))), _bench.Now.ToUnixTimeMilliseconds(), value);
        }

        _bench.Store.Append(batch);
    }
}
