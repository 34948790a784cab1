using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>What changed for panels of every kind: mappings, legends, cells, transformations, repeats.</summary>
internal static class CommonMigration
{
    /// <summary>Changes the panel in place.</summary>
    public static void Migrate(JsonObject panel)
    {
        if (panel.Take("minSpan").AsNumber() is { } minSpan and > 0)
        {
            panel.Default("maxPerRow", Math.Clamp((int)(24 / minSpan), 1, 24));
        }

        if (panel.Map("options")?.Map("legend") is { } legend)
        {
            MigrateLegend(legend);
        }

        if (panel.Map("fieldConfig") is { } fieldConfig)
        {
            JsonObject? defaults = fieldConfig.Map("defaults");
            MigrateField(defaults);
            MigrateCell(defaults?.Map("custom"));
            foreach (JsonObject property in fieldConfig.Maps("overrides").SelectMany(static o => o.Maps("properties")))
            {
                MigrateProperty(property);
            }
        }

        foreach (JsonObject transformation in panel.Maps("transformations"))
        {
            MigrateTransformation(transformation);
        }
    }

    private static void MigrateLegend(JsonObject legend)
    {
        if (legend.Text("displayMode") == "hidden")
        {
            legend["displayMode"] = "list";
            legend["showLegend"] = false;
        }

        legend.Default("showLegend", true);
    }

    private static void MigrateField(JsonObject? field)
    {
        if (field is null)
        {
            return;
        }

        if (field["mappings"] is JsonArray mappings)
        {
            field["mappings"] = ValueMappingMigration.Migrate(mappings);
        }

        if (field.Take("title") is { } title)
        {
            field.Default("displayName", title);
        }

        MigrateThresholds(field.Map("thresholds"));
    }

    // The first step has no lower bound: null, and not what JSON made of minus infinity.
    private static void MigrateThresholds(JsonObject? thresholds)
    {
        if (thresholds?["steps"] is JsonArray { Count: > 0 } steps && steps[0] is JsonObject first)
        {
            first["value"] = null;
        }
    }

    private static void MigrateProperty(JsonObject property)
    {
        switch (property.Text("id"))
        {
            case "mappings" when property["value"] is JsonArray mappings:
                property["value"] = ValueMappingMigration.Migrate(mappings);
                break;
            case "title":
                property["id"] = "displayName";
                break;
            case "thresholds":
                MigrateThresholds(property["value"] as JsonObject);
                break;
            case "custom.displayMode":
                property["id"] = "custom.cellOptions";
                property["value"] = CellOptions(property["value"].AsText());
                break;
        }
    }

    private static void MigrateCell(JsonObject? custom)
    {
        if (custom?.Take("displayMode").AsText() is { } mode)
        {
            custom.Default("cellOptions", CellOptions(mode));
        }
    }

    // Schema 38.
    private static JsonObject CellOptions(string? mode) => mode switch
    {
        "color-background" => new JsonObject { ["type"] = "color-background", ["mode"] = "gradient" },
        "color-background-solid" => new JsonObject { ["type"] = "color-background", ["mode"] = "basic" },
        "basic" => new JsonObject { ["type"] = "gauge", ["mode"] = "basic" },
        "gradient-gauge" => new JsonObject { ["type"] = "gauge", ["mode"] = "gradient" },
        "lcd-gauge" => new JsonObject { ["type"] = "gauge", ["mode"] = "lcd" },
        null or "" => new JsonObject { ["type"] = "auto" },
        _ => new JsonObject { ["type"] = mode },
    };

    private static void MigrateTransformation(JsonObject transformation)
    {
        if (transformation.Text("id") == "seriesToColumns")
        {
            transformation["id"] = "joinByField";
            transformation.MapOrNew("options").Default("mode", "outer");
        }
    }
}
