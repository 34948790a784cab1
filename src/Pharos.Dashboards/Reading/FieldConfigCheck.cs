using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Reading;

/// <summary>Lists what the options, fields and overrides of a panel ask for and that is not drawn.</summary>
internal sealed class FieldConfigCheck(PanelProblems problems)
{
    public void Check(string type, JsonObject options, JsonObject fieldConfig)
    {
        problems.AddUnknown(options, DrawnSettings.OptionsOf(type), DrawnSettings.OptionsHarmless, $"{type} option");
        JsonObject defaults = fieldConfig.Map("defaults") ?? [];
        problems.AddUnknown(defaults, DrawnSettings.Field, DrawnSettings.FieldHarmless, "field setting");
        if (defaults.Map("custom") is { } custom)
        {
            problems.AddUnknown(custom, DrawnSettings.Custom, DrawnSettings.CustomHarmless, $"{type} setting");
            CheckValues(custom);
        }

        foreach (JsonObject one in fieldConfig.Maps("overrides"))
        {
            CheckOverride(type, one);
        }
    }

    private void CheckOverride(string type, JsonObject one)
    {
        string matcher = one.Map("matcher")?.Text("id") ?? "";
        if (!DrawnSettings.Matcher.Contains(matcher))
        {
            problems.Add($"override matcher {matcher}", $"an override chooses its fields by {(matcher.Length > 0 ? matcher : "nothing")}: that is not built");
        }

        foreach (JsonObject property in one.Maps("properties"))
        {
            string id = property.Text("id") ?? "";
            string name = id.StartsWith("custom.", StringComparison.Ordinal) ? id["custom.".Length..].Split('.')[0] : "";
            bool drawn = name.Length > 0 ? DrawnSettings.Custom.Contains(name) : DrawnSettings.OverrideProperty.Contains(id);
            IReadOnlyDictionary<string, string> harmless = name.Length > 0 ? DrawnSettings.CustomHarmless : DrawnSettings.FieldHarmless;
            if (!drawn && !PanelProblems.IsHarmless(name.Length > 0 ? name : id, property["value"], harmless))
            {
                problems.Add($"override {id}", $"an override sets {id} of a {type}: that is not drawn");
            }
        }
    }

    // Settings that are drawn, but not with every value.
    private void CheckValues(JsonObject custom)
    {
        if (custom.Text("lineInterpolation") == "smooth")
        {
            problems.Add("smooth lines", "smooth lines are drawn straight: a curve shows values that nobody measured");
        }

        if (custom.Map("thresholdsStyle")?.Text("mode") == "series")
        {
            problems.Add("thresholds of series", "limits that are series of the same query (thresholdsStyle: series) are not drawn");
        }

        if (custom.Map("scaleDistribution")?.Text("type") is { } scale and not ("linear" or "log"))
        {
            problems.Add($"scale {scale}", $"the scale {scale} is drawn as a linear one");
        }

        if (custom.Map("cellOptions")?.Text("type") is { } cell && !IsDrawnCell(cell))
        {
            problems.Add($"table cell {cell}", $"table cells of the type {cell} are shown as text");
        }
    }

    private static bool IsDrawnCell(string type) => type is "auto" or "color-text" or "color-background" or "gauge" or "json-view" or "data-links" or "pill" or "actions";
}
