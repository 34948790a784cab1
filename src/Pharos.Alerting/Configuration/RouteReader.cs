using Pharos.Alerting.Matchers;
using Pharos.Alerting.TimeIntervals;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration;

/// <summary>Reads the routing tree. What it names is checked when all of the file is read. Not for several threads.</summary>
internal sealed class RouteReader(MatcherMode mode)
{
    private const int MaxDepth = 64;

    private readonly List<(TextPosition Position, string Receiver)> _receivers = [];
    private readonly List<(TextPosition Position, string Interval)> _intervals = [];
    private int _depth;

    /// <summary>Reads the root, which has a receiver and takes every alert.</summary>
    public RouteConfig ReadRoot(YamlMapping map)
    {
        RouteConfig route = Read(map);
        if (route.Receiver.Length == 0)
        {
            map.Refuse("receiver", "root route must specify a default receiver", "the name of a receiver");
        }

        if (route.Matchers.Count > 0)
        {
            map.RefuseShape(map.Has("matchers") ? "matchers" : map.Has("match") ? "match" : "match_re", "root route must not have any matchers", "matchers on the routes below");
        }

        if (route.MuteTimeIntervals.Count > 0)
        {
            map.RefuseShape("mute_time_intervals", "root route must not have any mute time intervals", "them on the routes below");
        }

        if (route.ActiveTimeIntervals.Count > 0)
        {
            map.RefuseShape("active_time_intervals", "root route must not have any active time intervals", "them on the routes below");
        }

        if (route.Continue)
        {
            map.Refuse("continue", "cannot have continue in root route");
        }

        return route;
    }

    /// <summary>Refuses routes to receivers and intervals that are not there.</summary>
    public void CheckNames(ConfigDiagnostics diagnostics, HashSet<string> receivers, TimeIntervalTable intervals)
    {
        foreach ((TextPosition position, string receiver) in _receivers)
        {
            if (!receivers.Contains(receiver))
            {
                diagnostics.Error(position, $"undefined receiver {GoQuote.Quote(receiver)} used in route", expected: NearestName.Describe(receiver, receivers));
            }
        }

        foreach ((TextPosition position, string interval) in _intervals)
        {
            if (!intervals.Has(interval))
            {
                diagnostics.Error(position, $"undefined time interval {GoQuote.Quote(interval)} used in route", expected: NearestName.Describe(interval, [.. intervals.Names]));
            }
        }
    }

    private RouteConfig Read(YamlMapping map)
    {
        string receiver = map.String("receiver");
        if (receiver.Length > 0)
        {
            _receivers.Add((map.PositionOf("receiver"), receiver));
        }

        var route = new RouteConfig { Receiver = receiver, Position = map.Position };
        route = ReadGroupBy(map, route);
        route = route with
        {
            Matchers = AlertMatchers.Sorted([.. map.MatchMap("match", isRegex: false), .. map.MatchMap("match_re", isRegex: true), .. map.Matchers("matchers", mode)]),
            MuteTimeIntervals = ReadIntervals(map, "mute_time_intervals"),
            ActiveTimeIntervals = ReadIntervals(map, "active_time_intervals"),
            Continue = map.Bool("continue", always: true),
            Routes = ReadRoutes(map),
            GroupWait = map.OptionalDuration("group_wait"),
            GroupInterval = map.OptionalDuration("group_interval"),
            RepeatInterval = map.OptionalDuration("repeat_interval"),
            Labels = ReadLabels(map),
        };
        if (route.GroupInterval == TimeSpan.Zero)
        {
            map.Refuse("group_interval", "group_interval cannot be zero");
        }

        if (route.RepeatInterval == TimeSpan.Zero)
        {
            map.Refuse("repeat_interval", "repeat_interval cannot be zero");
        }

        return route;
    }

    private List<RouteConfig> ReadRoutes(YamlMapping map)
    {
        if (++_depth > MaxDepth)
        {
            map.RefuseShape("routes", "routes are nested too deeply", $"at most {MaxDepth} levels");
            _depth--;
            return [];
        }

        List<RouteConfig> routes = [.. map.Sections("routes", "config.plain", Read, "empty route")];
        _depth--;
        if (routes.Count > 0 && routes[^1].Continue)
        {
            map.Diagnostics.Warn(routes[^1].Position, "continue has no effect here: no route follows on this level");
        }

        return routes;
    }

    private RouteConfig ReadGroupBy(YamlMapping map, RouteConfig route)
    {
        IReadOnlyList<string> given = map.Strings("group_by");
        List<string> names = [.. given.Where(static n => n != "...")];
        bool isAll = names.Count < given.Count;
        var parser = new MatcherParser(mode);
        foreach (string name in names)
        {
            if (!parser.IsValidLabelName(name))
            {
                map.RefuseShape("group_by", $"invalid label name {GoQuote.Quote(name)} in group_by list", "names of labels");
            }
        }

        if (isAll && names.Count > 0)
        {
            map.RefuseShape("group_by", "cannot have wildcard group_by (`...`) and other labels at the same time", "either");
        }

        if (names.GroupBy(static n => n, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { } twice)
        {
            map.RefuseShape("group_by", $"duplicated label {GoQuote.Quote(twice.Key)} in group_by", "each label once");
        }

        // An empty list groups all alerts together; one that is not there leaves it to the route above.
        return route with { GroupBy = map.Has("group_by") && !isAll ? names : null, GroupByAll = isAll };
    }

    private IReadOnlyList<string> ReadIntervals(YamlMapping map, string key)
    {
        IReadOnlyList<string> names = map.Strings(key);
        _intervals.AddRange(names.Select(n => (map.PositionOf(key), n)));
        return names;
    }

    private Labels ReadLabels(YamlMapping map)
    {
        var parser = new MatcherParser(mode);
        var labels = new LabelsBuilder();
        foreach ((string name, string value) in map.StringMap("labels", (name, _) => parser.IsValidLabelName(name) ? null : $"invalid label name {GoQuote.Quote(name)} in route labels"))
        {
            labels.Set(name, value);
        }

        return labels.ToLabels();
    }
}
