using System.Globalization;
using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Migrations;

/// <summary>Value mappings of before schema 30 (a number as type) become those of today; today's are left as they are.</summary>
internal static class ValueMappingMigration
{
    /// <summary>The mappings anew; <paramref name="mappings"/> is no more to be used.</summary>
    public static JsonArray Migrate(JsonArray mappings)
    {
        var migrated = new JsonArray();
        var values = new JsonObject();
        int index = 0;
        foreach (JsonObject mapping in mappings.OfType<JsonObject>())
        {
            string? type = mapping.Text("type");
            if (type is "value" or "range" or "regex" or "special")
            {
                migrated.Add(mapping.DeepClone());
                continue;
            }

            Add(mapping, type, index++, values, migrated);
        }

        if (values.Count > 0)
        {
            migrated.Insert(0, new JsonObject { ["type"] = "value", ["options"] = values });
        }

        return migrated;
    }

    /// <summary>The <c>valueMaps</c> and <c>rangeMaps</c> that panels of before version 7 have.</summary>
    /// <param name="owner">The panel, or a style of a table.</param>
    public static JsonArray OfLegacy(JsonObject owner)
    {
        var old = new JsonArray();
        const int ValueToText = 1;
        bool isRange = (owner.Whole("mappingType") ?? ValueToText) != ValueToText;
        foreach (JsonObject mapping in owner.Maps(isRange ? "rangeMaps" : "valueMaps"))
        {
            var copy = (JsonObject)mapping.DeepClone();
            copy["type"] = isRange ? 2 : 1;
            old.Add(copy);
        }

        return Migrate(old);
    }

    private static void Add(JsonObject mapping, string? type, int index, JsonObject values, JsonArray migrated)
    {
        var result = new JsonObject { ["text"] = mapping.Text("text") ?? "", ["index"] = index };
        if (type == "2" || (mapping["from"] is not null && mapping["value"] is null))
        {
            string? from = mapping.Text("from");
            string? to = mapping.Text("to");
            migrated.Add(from == "null" || to == "null"
                ? Special(result)
                : new JsonObject { ["type"] = "range", ["options"] = new JsonObject { ["from"] = Bound(from), ["to"] = Bound(to), ["result"] = result } });
        }
        else if (mapping.Text("value") is { } value and not "null")
        {
            values[value] = result;
        }
        else if (mapping.Text("value") == "null")
        {
            migrated.Add(Special(result));
        }
    }

    private static JsonObject Special(JsonObject result) =>
        new() { ["type"] = "special", ["options"] = new JsonObject { ["match"] = "null", ["result"] = result } };

    private static JsonNode? Bound(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double bound) && double.IsFinite(bound) ? bound : null;
}
