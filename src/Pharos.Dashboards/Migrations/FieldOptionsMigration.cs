using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>
/// <c>stat</c>, <c>gauge</c> and <c>bargauge</c> of version 6: <c>options.fieldOptions</c> (before it <c>options.valueOptions</c>) becomes <c>options.reduceOptions</c>
/// and the <c>fieldConfig</c> of the panel.
/// </summary>
internal static class FieldOptionsMigration
{
    /// <summary>Changes the panel in place.</summary>
    public static void Migrate(JsonObject panel)
    {
        if (panel.Map("options") is not { } options)
        {
            return;
        }

        if (options.Take("valueOptions") is JsonObject first)
        {
            MigrateFirst(panel, options, first);
        }

        if (options.Take("fieldOptions") is not JsonObject old)
        {
            return;
        }

        JsonObject fieldConfig = panel.MapOrNew("fieldConfig");
        JsonObject defaults = fieldConfig.MapOrNew("defaults");
        foreach ((string name, JsonNode? value) in old.Map("defaults") ?? old.Map("override") ?? [])
        {
            defaults.Default(name, value?.DeepClone());
        }

        // Thresholds and mappings stood outside at first.
        if (old.Take("thresholds") is JsonArray thresholds)
        {
            defaults.Default("thresholds", new JsonObject { ["mode"] = "absolute", ["steps"] = Steps(thresholds) });
        }

        if (old.Take("mappings") is JsonArray mappings)
        {
            defaults.Default("mappings", mappings);
        }

        if (old.Take("overrides") is JsonArray overrides)
        {
            fieldConfig.Default("overrides", overrides);
        }

        options.Default("reduceOptions", Reduce(old));
    }

    private static JsonObject Reduce(JsonObject old)
    {
        var calcs = new JsonArray([.. old.Texts("calcs").Select(static calc => JsonValue.Create(Reducers.Rename(calc)))]);
        return new JsonObject { ["calcs"] = calcs, ["fields"] = "", ["values"] = old.Flag("values") };
    }

    private static void MigrateFirst(JsonObject panel, JsonObject options, JsonObject old)
    {
        JsonObject defaults = panel.MapOrNew("fieldConfig").MapOrNew("defaults");
        foreach ((string from, string to) in new[] { ("unit", "unit"), ("decimals", "decimals") })
        {
            defaults.Default(to, old[from]?.DeepClone());
        }

        defaults.Default("min", options.Take("minValue").AsNumber());
        defaults.Default("max", options.Take("maxValue").AsNumber());
        if (options.Take("thresholds") is JsonArray thresholds)
        {
            defaults.Default("thresholds", new JsonObject { ["mode"] = "absolute", ["steps"] = Steps(thresholds) });
        }

        if (options.Take("mappings") is JsonArray mappings)
        {
            defaults.Default("mappings", mappings);
        }

        options.Default("reduceOptions", new JsonObject { ["calcs"] = new JsonArray(Reducers.Rename(old.Text("stat") ?? "lastNotNull")), ["fields"] = "", ["values"] = false });
    }

    private static JsonArray Steps(JsonArray thresholds)
    {
        var steps = new JsonArray();
        foreach (JsonObject threshold in thresholds.OfType<JsonObject>().OrderBy(static t => t.Number("value") ?? double.NegativeInfinity))
        {
            steps.Add(new JsonObject { ["value"] = threshold.Number("value"), ["color"] = threshold.Text("color") ?? "green" });
        }

        return steps;
    }
}
