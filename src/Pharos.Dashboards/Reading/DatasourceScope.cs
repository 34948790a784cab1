using System.Text.Json.Nodes;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Reading;

/// <summary>Tells what the references of one dashboard mean: uids, names, objects, variables, and the inputs of an exported file.</summary>
internal sealed class DatasourceScope
{
    // Names that say what is behind them where nothing else does.
    private static readonly string[] ForeignWords =
        ["loki", "tempo", "jaeger", "zipkin", "elastic", "influx", "graphite", "cloudwatch", "mysql", "postgres", "mssql", "testdata", "clickhouse", "stackdriver", "azure", "opentsdb", "pyroscope"];

    private readonly DatasourceDirectory _directory;
    private readonly Dictionary<string, string> _typeOfVariable = new(StringComparer.Ordinal);

    public DatasourceScope(JsonObject dashboard, DatasourceDirectory directory)
    {
        _directory = directory;
        foreach (JsonObject input in dashboard.Maps("__inputs").Where(static i => i.Text("type") == "datasource"))
        {
            _typeOfVariable[input.Text("name") ?? ""] = input.Text("pluginId") ?? "prometheus";
        }

        foreach (JsonObject variable in dashboard.Map("templating")?.Maps("list").Where(static v => v.Text("type") == "datasource") ?? [])
        {
            _typeOfVariable[variable.Text("name") ?? ""] = variable.Text("query") ?? "prometheus";
        }
    }

    /// <summary>What the member <c>datasource</c> of a panel, query, variable or annotation means.</summary>
    public DatasourceUse Resolve(JsonNode? reference)
    {
        if (reference is JsonObject map)
        {
            string? type = map.Text("type");
            return Resolve(map.Text("uid") ?? map.Text("name"), type);
        }

        return Resolve(reference.AsText(), null);
    }

    /// <summary>Whether a plugin asks Prometheus' API.</summary>
    public static bool IsPrometheus(string type) => type is "prometheus" or "grafana-amazonprometheus-datasource" or "grafana-azureprometheus-datasource" or "victoriametrics-metrics-datasource";

    private DatasourceUse Resolve(string? name, string? type)
    {
        if (name == "-- Mixed --")
        {
            return DatasourceUse.Mixed;
        }

        if (name is "-- Grafana --" or "-- Dashboard --" or "grafana" || type is "grafana" or "dashboard")
        {
            return DatasourceUse.Other(name is "-- Dashboard --" ? "the data of another panel" : "Grafana itself");
        }

        if (name is not null && VariableName(name) is { } variable)
        {
            string behind = _typeOfVariable.GetValueOrDefault(variable) ?? type ?? GuessType(variable);
            return IsPrometheus(behind) ? DatasourceUse.BuiltIn : DatasourceUse.Other(behind);
        }

        if (name is not (null or "" or "default") && _directory.Find(name) is { } known)
        {
            return known.IsBuiltIn ? DatasourceUse.BuiltIn : DatasourceUse.Other($"{known.Name} ({known.Type})");
        }

        // The uid of another Grafana: the type decides, else the name, else it is the default.
        string guessed = type is { Length: > 0 } and not "datasource" ? type : GuessType(name ?? "");
        return IsPrometheus(guessed) ? DatasourceUse.BuiltIn : DatasourceUse.Other(guessed);
    }

    private static string GuessType(string name) =>
        Array.Find(ForeignWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ?? "prometheus";

    private static string? VariableName(string text) => text switch
    {
        ['$', '{', .. string name, '}'] => name.Split(':')[0],
        ['$', .. string name] => name,
        ['[', '[', .. string name, ']', ']'] => name.Split(':')[0],
        _ => null,
    };
}
