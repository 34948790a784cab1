using System.Globalization;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Matchers;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Routing;

/// <summary>A node of the routing tree with what is in effect there. Immutable, usable from any thread.</summary>
public sealed class Route
{
    private Route(RouteConfig config, Route? parent, int position, ref int index)
    {
        Parent = parent;
        Config = config;
        Options = Inherit(config, parent?.Options ?? RouteOptions.Default);
        Matchers = config.Matchers;
        Key = parent is null ? Matchers.Format() : $"{parent.Key}/{Matchers.Format()}";
        Id = parent is null ? Matchers.Format() : string.Create(CultureInfo.InvariantCulture, $"{parent.Id}/{Matchers.Format()}/{position}");
        var routes = new List<Route>(config.Routes.Count);
        for (int i = 0; i < config.Routes.Count; i++)
        {
            routes.Add(new Route(config.Routes[i], this, i, ref index));
        }

        Routes = routes;
        Index = index++;
    }

    /// <summary>Null at the root.</summary>
    public Route? Parent { get; }

    /// <summary>As it is written.</summary>
    public RouteConfig Config { get; }

    public RouteOptions Options { get; }

    /// <summary>What an alert must fulfil, sorted.</summary>
    public IReadOnlyList<AlertMatcher> Matchers { get; }

    /// <summary>Alerts that match go on to the following routes of the same parent.</summary>
    public bool Continue => Config.Continue;

    public IReadOnlyList<Route> Routes { get; }

    /// <summary>A number for each route of a tree: children before their parent, in the order of the file.</summary>
    public int Index { get; }

    /// <summary>The matchers from the root on, <c>{}/{severity="critical"}</c>: the beginning of group keys. Two routes may have the same.</summary>
    public string Key { get; }

    /// <summary>As <see cref="Key"/> with each route's place among its siblings: no two have the same.</summary>
    public string Id { get; }

    /// <summary>Makes a tree.</summary>
    public static Route Build(RouteConfig root)
    {
        int index = 0;
        return new Route(root, parent: null, position: 0, ref index);
    }

    /// <summary>The routes that take an alert, in order: the deepest that match, several where a route says to continue; empty where this one does not match.</summary>
    public IReadOnlyList<Route> Match(Labels labels)
    {
        var found = new List<Route>();
        Collect(labels, found);
        return found;
    }

    /// <summary>This route and all below, parents before children.</summary>
    public IEnumerable<Route> Walk()
    {
        yield return this;
        foreach (Route below in Routes.SelectMany(static r => r.Walk()))
        {
            yield return below;
        }
    }

    /// <summary>The labels that name the group of an alert: those it has of the ones grouped by.</summary>
    public Labels GroupLabelsOf(Labels labels)
    {
        if (Options.GroupByAll)
        {
            return labels;
        }

        var group = new LabelsBuilder(Options.GroupBy.Count);
        foreach (string name in Options.GroupBy)
        {
            group.Set(name, labels[name]);
        }

        return group.ToLabels();
    }

    private bool Collect(Labels labels, List<Route> found)
    {
        if (!Matchers.Matches(labels))
        {
            return false;
        }

        int before = found.Count;
        foreach (Route route in Routes)
        {
            if (route.Collect(labels, found) && !route.Continue)
            {
                break;
            }
        }

        if (found.Count == before)
        {
            found.Add(this);
        }

        return true;
    }

    private static RouteOptions Inherit(RouteConfig config, RouteOptions inherited)
    {
        var labels = new LabelsBuilder(inherited.Labels);
        foreach (Label label in config.Labels.AsSpan())
        {
            labels.Set(label.Name, label.Value);
        }

        return inherited with
        {
            Receiver = config.Receiver.Length > 0 ? config.Receiver : inherited.Receiver,
            GroupBy = config.GroupBy is { } names ? [.. names.Order(Utf8Ordinal.Comparer)] : inherited.GroupBy,
            GroupByAll = config.GroupBy is null && (config.GroupByAll || inherited.GroupByAll),
            GroupWait = config.GroupWait ?? inherited.GroupWait,
            GroupInterval = config.GroupInterval ?? inherited.GroupInterval,
            RepeatInterval = config.RepeatInterval ?? inherited.RepeatInterval,
            MuteTimeIntervals = config.MuteTimeIntervals,
            ActiveTimeIntervals = config.ActiveTimeIntervals,
            Labels = labels.ToLabels(),
        };
    }
}
