using Pharos.Alerting.Configuration;
using Pharos.Alerting.Inhibition;
using Pharos.Alerting.Matchers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Tests.Inhibition;

public class InhibitorTests
{
    private const long Now = 1_000_000;

    private readonly Inhibitor _inhibitor = new(
    [
        new InhibitRuleConfig
        {
            SourceMatchers = new MatcherParser().ParseAll("severity=\"critical\""),
            TargetMatchers = new MatcherParser().ParseAll("severity=~\"warning|info\""),
            Equal = ["cluster"],
        },
        new InhibitRuleConfig { SourceMatchers = new MatcherParser().ParseAll("both=\"yes\""), TargetMatchers = new MatcherParser().ParseAll("both=\"yes\"") },
    ]);

    [Fact]
    public void A_firing_source_holds_back_targets_with_the_same_labels()
    {
        Labels source = Observe(0, "severity", "critical", "cluster", "a");

        Assert.Equal([AlertFingerprint.Of(source)], _inhibitor.InhibitedBy(Labels.Of("severity", "warning", "cluster", "a"), Now));
        Assert.Empty(_inhibitor.InhibitedBy(Labels.Of("severity", "warning", "cluster", "b"), Now));
        Assert.Empty(_inhibitor.InhibitedBy(Labels.Of("severity", "critical", "cluster", "a"), Now));
    }

    [Fact]
    public void A_label_that_both_lack_is_equal()
    {
        Observe(0, "severity", "critical");

        Assert.Single(_inhibitor.InhibitedBy(Labels.Of("severity", "info"), Now));
    }

    [Fact]
    public void A_source_that_ended_holds_nothing_back()
    {
        Observe(Now + 5, "severity", "critical", "cluster", "a");

        Assert.Single(_inhibitor.InhibitedBy(Labels.Of("severity", "warning", "cluster", "a"), Now));
        Assert.Empty(_inhibitor.InhibitedBy(Labels.Of("severity", "warning", "cluster", "a"), Now + 5));
    }

    [Fact]
    public void Another_source_with_the_same_labels_still_holds_back_when_one_ends()
    {
        Labels lasting = Observe(0, "severity", "critical", "cluster", "a", "instance", "1");
        Observe(Now - 1, "severity", "critical", "cluster", "a", "instance", "2");

        Assert.Equal([AlertFingerprint.Of(lasting)], _inhibitor.InhibitedBy(Labels.Of("severity", "warning", "cluster", "a"), Now));
    }

    [Fact]
    public void Alerts_on_both_sides_do_not_hold_back_each_other_or_themselves()
    {
        Labels both = Observe(0, "both", "yes", "n", "1");
        Observe(0, "both", "yes", "n", "2");

        Assert.Empty(_inhibitor.InhibitedBy(both, Now));
    }

    [Fact]
    public void What_ended_is_forgotten_and_what_fires_is_kept()
    {
        Observe(Now - 1, "severity", "critical", "cluster", "a");
        Observe(0, "severity", "critical", "cluster", "b");

        _inhibitor.Collect(Now);

        Assert.Empty(_inhibitor.InhibitedBy(Labels.Of("severity", "warning", "cluster", "a"), Now - 2));
        Assert.Single(_inhibitor.InhibitedBy(Labels.Of("severity", "warning", "cluster", "b"), Now));
    }

    private Labels Observe(long endsAt, params ReadOnlySpan<string> labels)
    {
        var set = Labels.Of(labels);
        _inhibitor.Observe(new Alert(set, Labels.Empty, Now - 1000, endsAt, ""));
        return set;
    }
}
