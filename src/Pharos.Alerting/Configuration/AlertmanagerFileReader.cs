using Pharos.Config;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration;

/// <summary>
/// Reads <c>alertmanager.yml</c>: everything that is wrong with it is found at once, with its place and in upstream's words. Stateless, usable from any thread.
/// </summary>
public static class AlertmanagerFileReader
{
    /// <summary>Reads a file that is there now.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="warnings">Takes what loads and yet may not be meant.</param>
    /// <exception cref="ConfigException">The file cannot be read or is refused.</exception>
    public static AlertmanagerFile Load(string path, AlertmanagerOptions? options = null, ICollection<ConfigWarning>? warnings = null)
    {
        var diagnostics = new ConfigDiagnostics(path);
        IReadOnlyList<YamlNode>? documents = YamlParser.ParseFile(path, diagnostics);
        AlertmanagerFile file = documents is null ? AlertmanagerFile.BuiltIn : Read(YamlParser.Single(documents, diagnostics), diagnostics, options);
        diagnostics.ThrowIfErrors();
        foreach (ConfigWarning warning in diagnostics.Warnings)
        {
            warnings?.Add(warning);
        }

        return file;
    }

    /// <summary>Reads a parsed file. Errors and warnings go to the diagnostics.</summary>
    public static AlertmanagerFile Read(YamlNode? root, ConfigDiagnostics diagnostics, AlertmanagerOptions? options = null)
    {
        if (root is null || root.IsNull)
        {
            diagnostics.Error(TextPosition.None, "no route provided in config", expected: "a route with a receiver");
            return AlertmanagerFile.BuiltIn;
        }

        options ??= new AlertmanagerOptions();
        AlertmanagerFile? file = YamlMapping.Read(root, "config.plain", root.Position, diagnostics, map => ReadRoot(map, options), out CanonicalMapping canonical);
        return (file ?? AlertmanagerFile.BuiltIn) with { Path = diagnostics.File, Text = CanonicalWriter.Write(canonical) };
    }

    private static AlertmanagerFile ReadRoot(YamlMapping map, AlertmanagerOptions options)
    {
        AlertmanagerGlobalConfig global = map.Section("global", "config.plain", GlobalReader.Read, static () => new AlertmanagerGlobalConfig());
        var routes = new RouteReader(options.MatcherMode);
        RouteConfig? route = map.OptionalSection("route", "config.plain", routes.ReadRoot);
        if (route is null && !map.HasRefused)
        {
            map.Refuse("route", "no routes provided", "a route with a receiver");
        }

        var file = new AlertmanagerFile
        {
            Global = global,
            Route = route ?? new RouteConfig(),
            InhibitRules = map.Sections("inhibit_rules", "config.plain", m => InhibitRuleReader.Read(m, options.MatcherMode), null),
            Receivers = map.Sections("receivers", "config.plain", m => ReceiverReader.Read(m, global), null),
            Templates = ReadTemplates(map),
        };
        var intervals = new TimeIntervalReader();
        map.Sections("mute_time_intervals", "config.plain", m => intervals.ReadNamed(m, "mute time interval"), null);
        map.Sections("time_intervals", "config.plain", m => intervals.ReadNamed(m, "time interval"), null);
        TracingReader.Read(map);
        ReadEventRecorder(map);
        HashSet<string> names = RefuseSecond(map.Diagnostics, file.Receivers);
        routes.CheckNames(map.Diagnostics, names, intervals.Table);
        return file with { TimeIntervals = intervals.Table };
    }

    // Always shown, as upstream does.
    private static List<string> ReadTemplates(YamlMapping map)
    {
        IReadOnlyList<YamlNode> items = map.Items("templates", "[]string");
        List<string> patterns = items.Count == 0 ? [] : map.TextsOf(map.Take("templates")!, "[]string").ConvertAll(map.Diagnostics.Resolve);
        map.Record("templates", CanonicalList.OfTexts(patterns), always: true);
        return patterns;
    }

    private static void ReadEventRecorder(YamlMapping map)
    {
        map.Take("event_recorder");
        if (map.Has("event_recorder"))
        {
            map.Warn("event_recorder", "event_recorder is not available: no events are recorded");
        }
    }

    private static HashSet<string> RefuseSecond(ConfigDiagnostics diagnostics, IReadOnlyList<ReceiverConfig> receivers)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ReceiverConfig receiver in receivers)
        {
            if (!names.Add(receiver.Name) && receiver.Name.Length > 0)
            {
                diagnostics.Error(receiver.Position, $"notification config name {GoQuote.Quote(receiver.Name)} is not unique");
            }
        }

        return names;
    }
}
