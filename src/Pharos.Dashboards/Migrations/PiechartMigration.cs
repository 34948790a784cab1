using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>The plugin <c>grafana-piechart-panel</c> becomes the built-in <c>piechart</c>.</summary>
internal static class PiechartMigration
{
    private static readonly string[] Consumed =
    [
        "aliasColors", "breakPoint", "cacheTimeout", "combine", "decimals", "fontSize", "format", "legend", "legendType", "nullPointMode", "pieType", "strokeWidth", "valueName",
    ];

    /// <summary>Changes the panel in place.</summary>
    public static void Migrate(JsonObject panel)
    {
        panel["type"] = "piechart";
        JsonObject? old = panel.Map("legend");
        string[] values = old is null ? [] : [.. new[] { ("values", "value"), ("percentage", "percent") }.Where(p => old.Flag(p.Item1)).Select(static p => p.Item2)];
        var options = new JsonObject
        {
            ["pieType"] = panel.Text("pieType") == "donut" ? "donut" : "pie",
            ["reduceOptions"] = new JsonObject { ["calcs"] = new JsonArray(Reducers.Rename(panel.Text("valueName") ?? "lastNotNull")), ["fields"] = "", ["values"] = false },
            ["legend"] = new JsonObject
            {
                ["displayMode"] = values.Length > 0 ? "table" : "list",
                ["placement"] = panel.Text("legendType") == "Right side" ? "right" : "bottom",
                ["showLegend"] = old?.Flag("show", absent: true) ?? true,
                ["values"] = new JsonArray([.. values.Select(static v => JsonValue.Create(v))]),
            },
            ["displayLabels"] = panel.Text("legendType") == "On graph" ? new JsonArray("name") : new JsonArray(),
            ["tooltip"] = new JsonObject { ["mode"] = "single", ["sort"] = "none" },
        };
        var overrides = new JsonArray();
        foreach ((string alias, JsonNode? color) in panel.Map("aliasColors") ?? [])
        {
            overrides.Add(new JsonObject
            {
                ["matcher"] = new JsonObject { ["id"] = "byName", ["options"] = alias },
                ["properties"] = new JsonArray(new JsonObject { ["id"] = "color", ["value"] = new JsonObject { ["mode"] = "fixed", ["fixedColor"] = color.AsText() } }),
            });
        }

        panel["options"] = options;
        panel["fieldConfig"] = new JsonObject
        {
            ["defaults"] = new JsonObject { ["unit"] = panel.Text("format"), ["decimals"] = panel.Number("decimals") },
            ["overrides"] = overrides,
        };
        foreach (string name in Consumed)
        {
            panel.Remove(name);
        }
    }
}
