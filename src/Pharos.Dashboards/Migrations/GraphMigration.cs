using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>The panel <c>graph</c> becomes <c>timeseries</c>.</summary>
internal static class GraphMigration
{
    private static readonly string[] Consumed =
    [
        "aliasColors", "bars", "dashes", "dashLength", "spaceLength", "decimals", "fill", "fillGradient", "grid", "hiddenSeries", "legend", "lines", "linewidth",
        "nullPointMode", "percentage", "pointradius", "points", "renderer", "seriesOverrides", "stack", "steppedLine", "thresholds", "tooltip", "xaxis", "yaxes",
        "yaxis", "x-axis", "y-axis", "y_formats", "leftYAxisLabel", "rightYAxisLabel",
    ];

    /// <summary>Changes the panel in place.</summary>
    public static void Migrate(JsonObject panel)
    {
        panel["type"] = "timeseries";
        JsonObject options = panel.Map("options") is { } given ? given : panel.MapOrNew("options");
        JsonObject fieldConfig = panel.MapOrNew("fieldConfig");
        JsonObject defaults = fieldConfig.MapOrNew("defaults");
        JsonArray overrides = fieldConfig["overrides"] as JsonArray ?? [];
        fieldConfig["overrides"] = overrides;
        JsonObject custom = defaults.MapOrNew("custom");

        SetStyle(panel, custom);
        GraphAxes.Apply(panel, defaults, custom);
        SetThresholds(panel, defaults, custom);
        if (options.Take("dataLinks") is JsonArray { Count: > 0 } links)
        {
            defaults["links"] = links;
        }

        options.Default("legend", Legend(panel.Map("legend")));
        options.Default("tooltip", Tooltip(panel.Map("tooltip")));
        GraphSeriesOverrides.Apply(panel, overrides);
        ReportLeft(panel);
        foreach (string name in Consumed)
        {
            panel.Remove(name);
        }
    }

    private static void SetStyle(JsonObject panel, JsonObject custom)
    {
        bool lines = panel.Flag("lines", absent: true);
        bool bars = panel.Flag("bars");
        bool points = panel.Flag("points");
        custom["drawStyle"] = bars ? "bars" : lines ? "line" : points ? "points" : "line";
        custom["lineWidth"] = bars && !lines ? 1 : panel.Number("linewidth") ?? 1;
        custom["fillOpacity"] = bars ? 100 : (panel.Number("fill") ?? 1) * 10;
        custom["gradientMode"] = panel.Number("fillGradient") > 0 ? "opacity" : "none";
        custom["showPoints"] = points ? "always" : "never";
        custom["pointSize"] = (panel.Number("pointradius") ?? 2) * 2;
        custom["lineInterpolation"] = panel.Flag("steppedLine") ? "stepAfter" : "linear";
        custom["spanNulls"] = panel.Text("nullPointMode") == "connected";
        if (panel.Flag("dashes"))
        {
            custom["lineStyle"] = Dash(panel);
        }

        if (panel.Flag("stack"))
        {
            custom["stacking"] = new JsonObject { ["mode"] = panel.Flag("percentage") ? "percent" : "normal", ["group"] = "A" };
        }
    }

    /// <summary>A dashed line of the lengths that the owner names.</summary>
    internal static JsonObject Dash(JsonObject owner) => new()
    {
        ["fill"] = "dash",
        ["dash"] = new JsonArray(owner.Number("dashLength") ?? 10, owner.Number("spaceLength") ?? 10),
    };

    private static void SetThresholds(JsonObject panel, JsonObject defaults, JsonObject custom)
    {
        List<JsonObject> thresholds = [.. panel.Maps("thresholds").Where(static t => t.Number("value") is not null).OrderBy(static t => t.Number("value"))];
        if (thresholds.Count == 0)
        {
            return;
        }

        bool fill = thresholds.Exists(static t => t.Flag("fill"));
        bool line = thresholds.Exists(static t => t.Flag("line"));
        var steps = new JsonArray(new JsonObject { ["value"] = null, ["color"] = "transparent" });
        foreach (JsonObject threshold in thresholds)
        {
            string color = Color(threshold);
            if (threshold.Text("op") == "lt")
            {
                // Below it is the colour: the step before it has it, and above it there is none.
                ((JsonObject)steps[^1]!)["color"] = color;
                color = "transparent";
            }

            steps.Add(new JsonObject { ["value"] = threshold.Number("value"), ["color"] = color });
        }

        defaults["thresholds"] = new JsonObject { ["mode"] = "absolute", ["steps"] = steps };
        custom["thresholdsStyle"] = new JsonObject { ["mode"] = fill && line ? "line+area" : fill ? "area" : line ? "line" : "off" };
    }

    private static string Color(JsonObject threshold) => threshold.Text("colorMode") switch
    {
        "critical" => "red",
        "warning" => "orange",
        "ok" => "green",
        _ => threshold.Text("fillColor") ?? threshold.Text("lineColor") ?? "red",
    };

    private static JsonObject Legend(JsonObject? old)
    {
        var legend = new JsonObject { ["displayMode"] = "list", ["placement"] = "bottom", ["showLegend"] = true, ["calcs"] = new JsonArray() };
        if (old is null)
        {
            return legend;
        }

        legend["showLegend"] = old.Flag("show", absent: true);
        legend["displayMode"] = old.Flag("alignAsTable") ? "table" : "list";
        legend["placement"] = old.Flag("rightSide") ? "right" : "bottom";
        if (old.Number("sideWidth") is { } width)
        {
            legend["width"] = width;
        }

        // Without this, the flags of the single values ask for nothing.
        if (old.Flag("values"))
        {
            string[] names = ["min", "max", "avg", "current", "total"];
            legend["calcs"] = new JsonArray([.. names.Where(name => old.Flag(name)).Select(static name => JsonValue.Create(Reducers.Rename(name)))]);
        }

        if (old.Text("sort") is { Length: > 0 } sort)
        {
            legend["sortBy"] = SortColumn(sort);
            legend["sortDesc"] = old.Flag("sortDesc");
        }

        return legend;
    }

    private static string SortColumn(string old) => old switch
    {
        "min" => "Min",
        "max" => "Max",
        "avg" => "Mean",
        "total" => "Total",
        _ => "Last *",
    };

    private static JsonObject Tooltip(JsonObject? old) => new()
    {
        ["mode"] = old is null || old.Flag("shared", absent: true) ? "multi" : "single",
        ["sort"] = old?.Whole("sort") switch { 1 => "asc", 2 => "desc", _ => "none" },
    };

    // What the new panel has no place for keeps a name under which it is listed.
    private static void ReportLeft(JsonObject panel)
    {
        if (panel.Map("xaxis") is { } axis)
        {
            if (axis.Text("mode") is { } mode and not "time")
            {
                panel["graphXAxisMode"] = mode;
            }

            if (!axis.Flag("show", absent: true))
            {
                panel["graphXAxisHidden"] = true;
            }
        }

        if (panel.Text("nullPointMode") == "null as zero")
        {
            panel["graphNullAsZero"] = true;
        }
    }
}
