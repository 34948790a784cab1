using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Reading;

/// <summary>Reads the queries of one panel: those for this server as queries, the others as problems.</summary>
internal sealed class TargetReader(DatasourceScope datasources, PanelProblems problems)
{
    private static readonly string[] ForeignFields = ["rawSql", "query", "target", "rawQuery"];

    private static readonly Dictionary<string, string> Harmless = new(StringComparer.Ordinal) { ["exemplar"] = "false", ["seriesBudget"] = "*", ["rawSql"] = "*" };

    /// <param name="panel">The panel, migrated.</param>
    /// <param name="asked">How many queries there are, also of other data sources.</param>
    public IReadOnlyList<PanelTarget> Read(JsonObject panel, out int asked)
    {
        var targets = new List<PanelTarget>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        DatasourceUse ofPanel = datasources.Resolve(panel["datasource"]);
        asked = 0;
        foreach (JsonObject target in panel.Maps("targets"))
        {
            DatasourceUse use = target["datasource"] is { } own ? datasources.Resolve(own) : ofPanel;
            string? expr = Field(target, "expr")?.Trim();
            if (string.IsNullOrEmpty(expr) && use.IsBuiltIn)
            {
                ReportWithoutExpression(target, ref asked);
                continue;
            }

            asked++;
            if (!use.IsBuiltIn)
            {
                problems.Add($"data source {use.Name}", $"query {Field(target, "refId") ?? "?"} asks {use.Name}: only the metrics of this server are drawn");
                continue;
            }

            if (targets.Count == DashboardLimits.MaxTargets)
            {
                problems.Add("queries", $"the panel has more than {DashboardLimits.MaxTargets} queries: the rest is left out");
                break;
            }

            targets.Add(ReadOne(target, expr!, used));
        }

        return targets;
    }

    // An empty query is what an editor leaves behind; one with other content is of another data source.
    private void ReportWithoutExpression(JsonObject target, ref int asked)
    {
        string? foreign = Array.Find(ForeignFields, name => target[name] is JsonValue value && value.AsText() is { Length: > 0 } and not ("true" or "false"));
        if (target.Text("type") is "math" or "reduce" or "classic_conditions" or "sql" || (target.Text("expression") is { Length: > 0 }))
        {
            asked++;
            problems.Add("expression query", $"query {Field(target, "refId") ?? "?"} is computed by Grafana from other queries: that is not built");
        }
        else if (foreign is not null)
        {
            asked++;
            problems.Add("query without PromQL", $"query {Field(target, "refId") ?? "?"} has no PromQL expression");
        }
    }

    private PanelTarget ReadOne(JsonObject target, string expr, HashSet<string> used)
    {
        problems.AddUnknown(Known(target), DrawnSettings.Target, Harmless, "query setting");
        bool instant = target.Flag("instant");
        return new PanelTarget
        {
            RefId = Unique(Field(target, "refId"), used),
            Expr = expr,
            LegendFormat = Field(target, "legendFormat") ?? "",
            Instant = instant,
            Range = target["range"] is null ? !instant : target.Flag("range") || !instant,
            Format = Field(target, "format") is "table" or "heatmap" ? Field(target, "format")! : "time_series",
            Hide = target.Flag("hide"),
            Interval = Field(target, "interval") ?? "",
            IntervalFactor = (Field(target, "intervalFactor") is { } factor ? JsonValue.Create(factor).AsNumber() : null) is { } times ? (int)Math.Clamp(times, 1, 100) : 1,
        };
    }

    // Exemplars are marks beside the lines; switched on by default by some versions, so only the plain wish is listed.
    private static JsonObject Known(JsonObject target)
    {
        var shown = new JsonObject();
        foreach ((string name, JsonNode? value) in target)
        {
            if (!DrawnSettings.Target.Contains(name) && name is not ("legendformat" or "refid" or "intervalfactor" or "adhocFilters" or "scopes"))
            {
                shown[name] = value?.DeepClone();
            }
        }

        return shown;
    }

    // Generators have written names in small letters.
    private static string? Field(JsonObject target, string name) => target.Text(name) ?? target.Text(name.ToLowerInvariant());

    private static string Unique(string? wanted, HashSet<string> used)
    {
        if (!string.IsNullOrEmpty(wanted) && used.Add(wanted))
        {
            return wanted;
        }

        for (int i = 0; ; i++)
        {
            string name = i < 26 ? ((char)('A' + i)).ToString() : $"{(char)('A' + ((i / 26) - 1) % 26)}{(char)('A' + (i % 26))}{(i >= 702 ? i : "")}";
            if (used.Add(name))
            {
                return name;
            }
        }
    }
}
