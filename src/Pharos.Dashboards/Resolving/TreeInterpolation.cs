using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Resolving;

/// <summary>Replaces the variables in all texts of a tree of settings.</summary>
internal static class TreeInterpolation
{
    /// <summary>A new tree.</summary>
    /// <param name="tree">Left as it is.</param>
    /// <param name="interpolation">Knows the values.</param>
    /// <param name="scope">What a repeat has chosen.</param>
    /// <param name="isMarkup">Whether the member <c>content</c> is Markdown or HTML.</param>
    public static JsonObject Replace(JsonObject tree, Interpolation interpolation, IReadOnlyDictionary<string, VariableOption>? scope, bool isMarkup)
    {
        var copy = new JsonObject();
        foreach ((string name, JsonNode? value) in tree)
        {
            copy[name] = ReplaceNode(value, name, interpolation, scope, isMarkup);
        }

        return copy;
    }

    private static JsonNode? ReplaceNode(JsonNode? node, string name, Interpolation interpolation, IReadOnlyDictionary<string, VariableOption>? scope, bool isMarkup)
    {
        switch (node)
        {
            case JsonObject map:
                return Replace(map, interpolation, scope, isMarkup);
            case JsonArray list:
                return new JsonArray([.. list.Select(item => ReplaceNode(item, name, interpolation, scope, isMarkup))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return interpolation.Replace(value.GetValue<string>(), UseOf(name, isMarkup), scope);
            default:
                return node?.DeepClone();
        }
    }

    private static TextUse UseOf(string name, bool isMarkup) => name switch
    {
        "url" => TextUse.Url,
        "content" when isMarkup => TextUse.Markup,
        "displayName" or "title" or "text" or "noValue" or "description" or "alias" => TextUse.Text,
        _ => TextUse.Setting,
    };
}
