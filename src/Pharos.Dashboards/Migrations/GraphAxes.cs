using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>The two axes of <c>graph</c>: today each series says on which side it is and by which unit.</summary>
internal static class GraphAxes
{
    /// <summary>Gives the left axis' settings to every series.</summary>
    public static void Apply(JsonObject panel, JsonObject defaults, JsonObject custom)
    {
        JsonObject left = Axis(panel, 0);
        foreach ((string name, JsonNode? value) in Properties(left, panel.Number("decimals")))
        {
            if (name.StartsWith("custom.", StringComparison.Ordinal))
            {
                custom[name["custom.".Length..]] = value;
            }
            else
            {
                defaults[name] = value;
            }
        }
    }

    /// <summary>What a series on the right has instead, as properties of an override.</summary>
    public static IEnumerable<(string Name, JsonNode? Value)> Right(JsonObject panel) =>
        Properties(Axis(panel, 1), null).Where(static p => p.Name != "custom.axisPlacement").Prepend(("custom.axisPlacement", JsonValue.Create("right")));

    // Schemas below 13 have the formats in one list and the bounds of both axes in another object.
    private static JsonObject Axis(JsonObject panel, int index)
    {
        if (panel["yaxes"] is JsonArray axes)
        {
            return index < axes.Count ? axes[index] as JsonObject ?? [] : [];
        }

        string side = index == 0 ? "left" : "right";
        var axis = new JsonObject();
        if (panel["y_formats"] is JsonArray formats && index < formats.Count)
        {
            axis["format"] = formats[index].AsText();
        }

        axis["label"] = panel.Text(side + "YAxisLabel");
        axis["show"] = panel.Flag("y-axis", absent: true);
        if (panel.Map("grid") is { } grid)
        {
            axis["min"] = grid.Number(side + "Min");
            axis["max"] = grid.Number(side + "Max");
            axis["logBase"] = grid.Number(side + "LogBase");
        }

        return axis;
    }

    private static IEnumerable<(string Name, JsonNode? Value)> Properties(JsonObject axis, double? decimals)
    {
        if (axis.Text("format") is { Length: > 0 } unit)
        {
            yield return ("unit", unit);
        }

        if (axis.Number("min") is { } min)
        {
            yield return ("min", min);
        }

        if (axis.Number("max") is { } max)
        {
            yield return ("max", max);
        }

        if ((axis.Number("decimals") ?? decimals) is { } digits)
        {
            yield return ("decimals", digits);
        }

        if (axis.Text("label") is { Length: > 0 } label)
        {
            yield return ("custom.axisLabel", label);
        }

        if (axis.Number("logBase") is > 1 and { } logBase)
        {
            yield return ("custom.scaleDistribution", new JsonObject { ["type"] = "log", ["log"] = logBase });
        }

        if (!axis.Flag("show", absent: true))
        {
            yield return ("custom.axisPlacement", "hidden");
        }
    }
}
