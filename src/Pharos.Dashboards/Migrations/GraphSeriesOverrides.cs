using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>Colours by alias and the settings of single series of <c>graph</c> become overrides.</summary>
internal static class GraphSeriesOverrides
{
    /// <summary>Adds to the overrides; what has no counterpart stays in <c>graphSeriesOverridesLeft</c> of the panel, to be listed.</summary>
    public static void Apply(JsonObject panel, JsonArray overrides)
    {
        foreach ((string alias, JsonNode? color) in panel.Map("aliasColors") ?? [])
        {
            if (color.AsText() is { } text)
            {
                Add(overrides, alias, [("color", Fixed(text))]);
            }
        }

        var left = new JsonArray();
        foreach (JsonObject series in panel.Maps("seriesOverrides"))
        {
            var properties = new List<(string, JsonNode?)>();
            foreach ((string name, JsonNode? value) in series)
            {
                if (name is "alias" or "$$hashKey" || Translate(panel, series, name, value, properties))
                {
                    continue;
                }

                left.Add(name);
            }

            if (series.Text("alias") is { Length: > 0 } alias && properties.Count > 0)
            {
                Add(overrides, alias, properties);
            }
        }

        if (left.Count > 0)
        {
            panel["graphSeriesOverridesLeft"] = left;
        }
    }

    private static bool Translate(JsonObject panel, JsonObject series, string name, JsonNode? value, List<(string, JsonNode?)> into)
    {
        switch (name)
        {
            case "yaxis":
                if (value.AsNumber() is 2)
                {
                    into.AddRange(GraphAxes.Right(panel));
                }

                return true;
            case "color":
                into.Add(("color", Fixed(value.AsText() ?? "")));
                return true;
            case "fill":
                into.Add(("custom.fillOpacity", (value.AsNumber() ?? 1) * 10));
                return true;
            case "fillGradient":
                into.Add(("custom.gradientMode", value.AsNumber() > 0 ? "opacity" : "none"));
                return true;
            case "linewidth":
                into.Add(("custom.lineWidth", value.AsNumber() ?? 1));
                return true;
            case "pointradius":
                into.Add(("custom.pointSize", (value.AsNumber() ?? 2) * 2));
                return true;
            case "transform" when value.AsText() is "negative-Y" or "constant":
                into.Add(("custom.transform", value.AsText()));
                return true;
            case "fillBelowTo":
                into.Add(("custom.fillBelowTo", value.AsText()));
                return true;
            case "dashLength" or "spaceLength":
                return true;
            case "stack":
                string? group = value.AsText();
                into.Add(("custom.stacking", new JsonObject { ["mode"] = group is null or "false" ? "none" : "normal", ["group"] = group is null or "true" or "false" ? "A" : group }));
                return true;
            default:
                return TranslateFlag(series, name, value.AsText() == "true", value, into);
        }
    }

    private static bool TranslateFlag(JsonObject series, string name, bool isSet, JsonNode? value, List<(string, JsonNode?)> into)
    {
        switch (name)
        {
            case "lines":
                into.Add(isSet ? ("custom.drawStyle", "line") : ("custom.lineWidth", 0));
                return true;
            case "bars":
                into.Add(("custom.drawStyle", isSet ? "bars" : "line"));
                return true;
            case "points":
                into.Add(("custom.showPoints", isSet ? "always" : "never"));
                return true;
            case "dashes":
                into.Add(("custom.lineStyle", isSet ? GraphMigration.Dash(series) : new JsonObject { ["fill"] = "solid" }));
                return true;
            case "steppedLine":
                into.Add(("custom.lineInterpolation", isSet ? "stepAfter" : "linear"));
                return true;
            case "nullPointMode" when value.AsText() is "connected" or "null":
                into.Add(("custom.spanNulls", value.AsText() == "connected"));
                return true;
            case "legend" or "hideTooltip" or "hiddenSeries":
                JsonObject hide = Hidden(into);
                hide["legend"] = name == "legend" ? !isSet : hide["legend"]!.GetValue<bool>();
                hide["tooltip"] = name == "hideTooltip" ? isSet : hide["tooltip"]!.GetValue<bool>();
                hide["viz"] = name == "hiddenSeries" ? isSet : hide["viz"]!.GetValue<bool>();
                return true;
            default:
                return false;
        }
    }

    private static JsonObject Hidden(List<(string Id, JsonNode? Value)> properties)
    {
        if (properties.Find(static p => p.Id == "custom.hideFrom").Value is JsonObject found)
        {
            return found;
        }

        var made = new JsonObject { ["viz"] = false, ["legend"] = false, ["tooltip"] = false };
        properties.Add(("custom.hideFrom", made));
        return made;
    }

    private static JsonObject Fixed(string color) => new() { ["mode"] = "fixed", ["fixedColor"] = color };

    private static void Add(JsonArray overrides, string alias, IEnumerable<(string Id, JsonNode? Value)> properties)
    {
        bool isRegex = alias.Length > 1 && alias[0] == '/' && alias.LastIndexOf('/') > 0;
        overrides.Add(new JsonObject
        {
            ["matcher"] = new JsonObject { ["id"] = isRegex ? "byRegexp" : "byName", ["options"] = alias },
            ["properties"] = new JsonArray([.. properties.Select(static p => (JsonNode)new JsonObject { ["id"] = p.Id, ["value"] = p.Value })]),
        });
    }
}
