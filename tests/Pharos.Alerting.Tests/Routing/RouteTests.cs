using Pharos.Alerting.Configuration;
using Pharos.Alerting.Matchers;
using Pharos.Alerting.Routing;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Tests.Routing;

public class RouteTests
{
    [Fact]
    public void An_alert_goes_to_the_deepest_route_that_matches()
    {
        Route root = Route.Build(Node("", "root", Node("severity=\"critical\"", "pager", Node("team=\"db\"", "db"))));

        Assert.Equal(["db"], Receivers(root, "severity", "critical", "team", "db"));
        Assert.Equal(["pager"], Receivers(root, "severity", "critical", "team", "web"));
        Assert.Equal(["root"], Receivers(root, "severity", "info"));
    }

    [Fact]
    public void Continue_goes_on_to_later_siblings_and_not_back_to_the_parent()
    {
        Route root = Route.Build(Node("", "root", Node("severity=\"critical\"", "pager") with { Continue = true }, Node("team=\"db\"", "db")));

        Assert.Equal(["pager", "db"], Receivers(root, "severity", "critical", "team", "db"));
        Assert.Equal(["pager"], Receivers(root, "severity", "critical"));
    }

    [Fact]
    public void Settings_are_inherited_but_for_the_time_intervals()
    {
        RouteConfig child = Node("a=\"1\"", "") with { GroupWait = TimeSpan.FromSeconds(5), Labels = Labels.Of("x", "child") };
        RouteConfig parent = Node("", "root", child) with
        {
            GroupBy = ["b", "a"],
            RepeatInterval = TimeSpan.FromHours(1),
            MuteTimeIntervals = ["night"],
            Labels = Labels.Of("x", "parent", "y", "parent"),
        };

        RouteOptions options = Route.Build(parent).Routes[0].Options;

        Assert.Equal("root", options.Receiver);
        Assert.Equal(["a", "b"], options.GroupBy);
        Assert.Equal(TimeSpan.FromSeconds(5), options.GroupWait);
        Assert.Equal(TimeSpan.FromMinutes(5), options.GroupInterval);
        Assert.Equal(TimeSpan.FromHours(1), options.RepeatInterval);
        Assert.Empty(options.MuteTimeIntervals);
        Assert.Equal(Labels.Of("x", "child", "y", "parent"), options.Labels);
    }

    [Fact]
    public void Groups_are_named_by_the_labels_that_are_there()
    {
        Route root = Route.Build(Node("", "root") with { GroupBy = ["alertname", "cluster"] });
        Route all = Route.Build(Node("", "root") with { GroupByAll = true });
        var labels = Labels.Of("alertname", "Down", "instance", "a");

        Assert.Equal(Labels.Of("alertname", "Down"), root.GroupLabelsOf(labels));
        Assert.Equal(labels, all.GroupLabelsOf(labels));
    }

    [Fact]
    public void Keys_may_be_equal_and_ids_are_not()
    {
        Route root = Route.Build(Node("", "root", Node("a=\"1\"", "x"), Node("a=\"1\"", "y")));

        Assert.Equal("{}/{a=\"1\"}", root.Routes[0].Key);
        Assert.Equal(root.Routes[0].Key, root.Routes[1].Key);
        Assert.Equal("{}/{a=\"1\"}/1", root.Routes[1].Id);
        Assert.Equal([0, 1, 2], root.Walk().Select(static r => r.Index).Order());
        Assert.Equal(2, root.Index);
    }

    [Fact]
    public void Without_a_configuration_every_alert_has_a_route_and_nobody_is_told()
    {
        Route root = Route.Build(AlertmanagerFile.BuiltIn.Route);

        Assert.Equal(["default"], Receivers(root, "alertname", "Down"));
        Assert.Empty(Assert.Single(AlertmanagerFile.BuiltIn.Receivers).Integrations);
    }

    private static RouteConfig Node(string matcher, string receiver, params IReadOnlyList<RouteConfig> routes) =>
        new() { Matchers = new MatcherParser().ParseAll(matcher), Receiver = receiver, Routes = routes };

    private static IEnumerable<string> Receivers(Route root, params ReadOnlySpan<string> labels) => root.Match(Labels.Of(labels)).Select(static r => r.Options.Receiver);
}
