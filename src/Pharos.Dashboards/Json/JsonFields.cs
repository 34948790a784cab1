using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pharos.Dashboards.Json;

/// <summary>Reads members of a tree leniently, as Grafana does: a number may stand where a text is meant, a text where a number is.</summary>
internal static class JsonFields
{
    /// <summary>A text, or a number or truth value as text; null when absent, null or of another kind.</summary>
    public static string? Text(this JsonObject map, string name) => AsText(map[name]);

    /// <summary>A value as text, see <see cref="Text"/>.</summary>
    public static string? AsText(this JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Number => value.ToJsonString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        }
        : null;

    /// <summary>A finite number, also written as text; null when it is none.</summary>
    public static double? Number(this JsonObject map, string name) => AsNumber(map[name]);

    /// <summary>A value as number, see <see cref="Number"/>.</summary>
    public static double? AsNumber(this JsonNode? node) =>
        node.AsText() is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>A whole number, cut off and within the bounds; null when it is no number.</summary>
    public static int? Whole(this JsonObject map, string name, int least = int.MinValue, int most = int.MaxValue) =>
        map.Number(name) is { } number ? (int)Math.Clamp(Math.Truncate(number), least, most) : null;

    /// <summary>A truth value; false when absent or of another kind.</summary>
    public static bool Flag(this JsonObject map, string name, bool absent = false) => map[name] is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => value.GetValue<string>() is "true",
            _ => absent,
        }
        : absent;

    /// <summary>An object; null when absent or of another kind.</summary>
    public static JsonObject? Map(this JsonObject map, string name) => map[name] as JsonObject;

    /// <summary>An object, made and put in where there is none.</summary>
    public static JsonObject MapOrNew(this JsonObject map, string name)
    {
        if (map[name] is JsonObject found)
        {
            return found;
        }

        var made = new JsonObject();
        map[name] = made;
        return made;
    }

    /// <summary>The items of a list; none when absent or of another kind.</summary>
    public static IEnumerable<JsonNode?> Items(this JsonObject map, string name) => map[name] as JsonArray ?? Enumerable.Empty<JsonNode?>();

    /// <summary>The objects of a list; others are left out.</summary>
    public static IEnumerable<JsonObject> Maps(this JsonObject map, string name) => map.Items(name).OfType<JsonObject>();

    /// <summary>The texts of a list, or the text itself where there is no list.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject map, string name) => map[name] switch
    {
        JsonArray list => [.. list.Select(static item => item.AsText()).OfType<string>()],
        JsonValue value when value.AsText() is { } text => [text],
        _ => [],
    };

    /// <summary>Puts the value in unless there is one.</summary>
    public static void Default(this JsonObject map, string name, JsonNode? value)
    {
        if (map[name] is null)
        {
            map[name] = value;
        }
    }

    /// <summary>Takes a member out, ready to be put elsewhere.</summary>
    public static JsonNode? Take(this JsonObject map, string name)
    {
        JsonNode? value = map[name];
        map.Remove(name);
        return value;
    }

    /// <summary>Whether it asks for nothing: absent, null, false, an empty text, list or object.</summary>
    public static bool IsBlank(this JsonNode? node) => node switch
    {
        null => true,
        JsonObject map => map.Count == 0,
        JsonArray list => list.Count == 0,
        JsonValue value => value.GetValueKind() is JsonValueKind.False or JsonValueKind.Null || (value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0),
        _ => false,
    };
}
