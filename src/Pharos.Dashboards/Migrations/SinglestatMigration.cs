using System.Globalization;
using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>The panel <c>singlestat</c> becomes <c>stat</c>, or <c>gauge</c> where it draws one.</summary>
internal static class SinglestatMigration
{
    private static readonly string[] Consumed =
    [
        "cacheTimeout", "colorBackground", "colorPostfix", "colorPrefix", "colorValue", "colors", "decimals", "format", "gauge", "mappingType", "mappingTypes",
        "nullPointMode", "nullText", "postfixFontSize", "prefixFontSize", "rangeMaps", "sparkline", "tableColumn", "thresholds", "valueFontSize", "valueMaps", "valueName",
    ];

    /// <summary>Changes the panel in place.</summary>
    public static void Migrate(JsonObject panel)
    {
        bool isGauge = panel.Map("gauge")?.Flag("show") ?? false;
        panel["type"] = isGauge ? "gauge" : "stat";
        var defaults = new JsonObject
        {
            ["unit"] = panel.Text("format"),
            ["decimals"] = panel.Number("decimals"),
            ["thresholds"] = Thresholds(panel),
            ["color"] = new JsonObject { ["mode"] = "thresholds" },
            ["mappings"] = ValueMappingMigration.OfLegacy(panel),
        };
        if (panel.Text("nullText") is { Length: > 0 } nullText)
        {
            defaults["noValue"] = nullText;
        }

        string valueName = panel.Text("valueName") ?? "avg";
        var options = new JsonObject
        {
            ["reduceOptions"] = new JsonObject
            {
                ["calcs"] = new JsonArray(Reducers.Rename(valueName)),
                ["fields"] = Field(panel.Text("tableColumn")),
                ["values"] = false,
            },
        };
        if (isGauge)
        {
            SetGauge(panel.Map("gauge")!, options, defaults);
        }
        else
        {
            options["colorMode"] = panel.Flag("colorBackground") ? "background" : panel.Flag("colorValue") ? "value" : "none";
            options["graphMode"] = panel.Map("sparkline")?.Flag("show") ?? false ? "area" : "none";
            options["textMode"] = valueName == "name" ? "name" : "auto";
            options["justifyMode"] = "auto";
        }

        panel["options"] = options;
        panel["fieldConfig"] = new JsonObject { ["defaults"] = defaults, ["overrides"] = new JsonArray() };
        foreach (string name in Consumed)
        {
            panel.Remove(name);
        }
    }

    private static void SetGauge(JsonObject gauge, JsonObject options, JsonObject defaults)
    {
        defaults["min"] = gauge.Number("minValue") ?? 0;
        defaults["max"] = gauge.Number("maxValue") ?? 100;
        options["showThresholdMarkers"] = gauge.Flag("thresholdMarkers", absent: true);
        options["showThresholdLabels"] = gauge.Flag("thresholdLabels");
    }

    private static string Field(string? column) => string.IsNullOrEmpty(column) ? "" : $"/^{EscapeRegex(column)}$/";

    private static string EscapeRegex(string text) =>
        string.Concat(text.Select(static c => "\\^$.*+?()[]{}|/".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString()));

    // "50,80" are the two limits between three colours.
    private static JsonObject Thresholds(JsonObject panel)
    {
        IReadOnlyList<string> colors = panel.Texts("colors");
        var steps = new JsonArray(new JsonObject { ["value"] = null, ["color"] = colors.Count > 0 ? colors[0] : "green" });
        string[] limits = (panel.Text("thresholds") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < limits.Length; i++)
        {
            if (double.TryParse(limits[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double limit) && double.IsFinite(limit))
            {
                steps.Add(new JsonObject { ["value"] = limit, ["color"] = i + 1 < colors.Count ? colors[i + 1] : "red" });
            }
        }

        return new JsonObject { ["mode"] = "absolute", ["steps"] = steps };
    }
}
