using System.Globalization;
using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>The Angular table (<c>table-old</c>, and <c>table</c> of schemas below 24) becomes today's.</summary>
internal static class TableOldMigration
{
    private static readonly string[] Consumed =
        ["columns", "fontSize", "pageSize", "scroll", "showHeader", "sort", "styles", "transform", "filterNull", "mergedFields", "showRowNums", "showTitle"];

    /// <summary>Changes the panel in place.</summary>
    public static void Migrate(JsonObject panel)
    {
        panel["type"] = "table";
        var defaults = new JsonObject { ["custom"] = new JsonObject { ["cellOptions"] = new JsonObject { ["type"] = "auto" } } };
        var overrides = new JsonArray();
        foreach (JsonObject style in panel.Maps("styles"))
        {
            if (style.Text("pattern") is { Length: > 0 } pattern)
            {
                AddStyle(style, pattern, defaults, overrides);
            }
        }

        var options = new JsonObject { ["showHeader"] = panel.Flag("showHeader", absent: true), ["cellHeight"] = "sm" };
        if (panel.Map("sort") is { } sort && SortColumn(panel, sort) is { } column)
        {
            options["sortBy"] = new JsonArray(new JsonObject { ["displayName"] = column, ["desc"] = sort.Flag("desc") });
        }

        panel["options"] = options;
        panel["fieldConfig"] = new JsonObject { ["defaults"] = defaults, ["overrides"] = overrides };
        if (Transformations(panel) is { Count: > 0 } transformations)
        {
            panel["transformations"] = transformations;
        }

        foreach (string name in Consumed)
        {
            panel.Remove(name);
        }
    }

    private static void AddStyle(JsonObject style, string pattern, JsonObject defaults, JsonArray overrides)
    {
        bool isRegex = pattern.Length > 1 && pattern[0] == '/' && pattern.LastIndexOf('/') > 0;
        var properties = new JsonArray();
        foreach ((string id, JsonNode? value) in Properties(style))
        {
            // The style for all columns is the default of the fields.
            if (pattern == "/.*/" && id is ("unit" or "decimals"))
            {
                defaults[id] = value;
                continue;
            }

            properties.Add(new JsonObject { ["id"] = id, ["value"] = value });
        }

        if (properties.Count > 0)
        {
            overrides.Add(new JsonObject
            {
                ["matcher"] = new JsonObject { ["id"] = isRegex ? "byRegexp" : "byName", ["options"] = pattern },
                ["properties"] = properties,
            });
        }
    }

    private static IEnumerable<(string Id, JsonNode? Value)> Properties(JsonObject style)
    {
        string type = style.Text("type") ?? "number";
        if (style.Text("alias") is { Length: > 0 } alias)
        {
            yield return ("displayName", alias);
        }

        if (type == "hidden")
        {
            yield return ("custom.hidden", true);
            yield break;
        }

        if (type == "number")
        {
            yield return ("unit", style.Text("unit") ?? "short");
            if (style.Number("decimals") is { } decimals)
            {
                yield return ("decimals", decimals);
            }
        }
        else if (type == "date")
        {
            yield return ("unit", style.Text("dateFormat") is { Length: > 0 } format ? $"time: {format}" : "dateTimeAsIso");
        }

        if (style.Text("align") is { Length: > 0 } align)
        {
            yield return ("custom.align", align);
        }

        if (style.Flag("link") && style.Text("linkUrl") is { Length: > 0 } url)
        {
            yield return ("links", new JsonArray(Link(style, url)));
        }

        foreach ((string Id, JsonNode? Value) color in Colors(style))
        {
            yield return color;
        }

        JsonArray mappings = ValueMappingMigration.OfLegacy(style);
        if (type == "string" && mappings.Count > 0)
        {
            yield return ("mappings", mappings);
        }
    }

    private static JsonObject Link(JsonObject style, string url) => new()
    {
        ["title"] = style.Text("linkTooltip") ?? "",
        ["url"] = url.Replace("$__cell", "${__value.raw}", StringComparison.Ordinal),
        ["targetBlank"] = style.Flag("linkTargetBlank"),
    };

    private static IEnumerable<(string Id, JsonNode? Value)> Colors(JsonObject style)
    {
        string? cell = style.Text("colorMode") switch
        {
            "cell" or "row" => "color-background",
            "value" => "color-text",
            _ => null,
        };
        if (cell is null)
        {
            yield break;
        }

        yield return ("custom.cellOptions", new JsonObject { ["type"] = cell, ["mode"] = "basic" });
        IReadOnlyList<string> colors = style.Texts("colors");
        var steps = new JsonArray(new JsonObject { ["value"] = null, ["color"] = colors.Count > 0 ? colors[0] : "green" });
        int index = 1;
        foreach (string limit in style.Texts("thresholds").SelectMany(static text => text.Split(',')))
        {
            if (double.TryParse(limit, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
            {
                steps.Add(new JsonObject { ["value"] = value, ["color"] = index < colors.Count ? colors[index] : "red" });
                index++;
            }
        }

        yield return ("thresholds", new JsonObject { ["mode"] = "absolute", ["steps"] = steps });
    }

    // The column is a number here; its name is known only where the columns are listed.
    private static string? SortColumn(JsonObject panel, JsonObject sort)
    {
        List<JsonObject> columns = [.. panel.Maps("columns")];
        int index = sort.Whole("col", -1, 1000) ?? -1;
        return index >= 0 && index < columns.Count ? columns[index].Text("text") : null;
    }

    private static JsonArray Transformations(JsonObject panel) => panel.Text("transform") switch
    {
        "timeseries_aggregations" => [new JsonObject { ["id"] = "reduce", ["options"] = new JsonObject { ["reducers"] = ColumnReducers(panel), ["includeTimeField"] = false } }],
        "timeseries_to_columns" => [new JsonObject { ["id"] = "joinByField", ["options"] = new JsonObject { ["byField"] = "Time", ["mode"] = "outer" } }],
        "timeseries_to_rows" => [new JsonObject { ["id"] = "seriesToRows", ["options"] = new JsonObject() }],
        "table" => [new JsonObject { ["id"] = "merge", ["options"] = new JsonObject() }],
        _ => [],
    };

    private static JsonArray ColumnReducers(JsonObject panel)
    {
        List<string> calcs = [.. panel.Maps("columns").Select(static c => c.Text("value")).OfType<string>().Select(Reducers.Rename)];
        return new JsonArray([.. calcs.DefaultIfEmpty("mean").Select(static c => JsonValue.Create(c))]);
    }
}
