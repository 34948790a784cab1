using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Reading;

/// <summary>The problems of one panel.</summary>
internal sealed class PanelProblems(int panelId, string panelTitle)
{
    private readonly ProblemList _list = new();

    public IReadOnlyList<DashboardProblem> Problems => _list.Problems;

    public void Add(string feature, string message) => _list.Add(new DashboardProblem(feature, message) { PanelId = panelId, PanelTitle = panelTitle });

    /// <summary>Lists each member that asks for something and is not among the drawn ones.</summary>
    /// <param name="map">Settings of one kind.</param>
    /// <param name="drawn">What is drawn, or asks for nothing visible.</param>
    /// <param name="harmless">What is not drawn, with the values that ask for nothing, <c>|</c> between them.</param>
    /// <param name="kind">How the settings are called.</param>
    public void AddUnknown(JsonObject map, IReadOnlySet<string> drawn, IReadOnlyDictionary<string, string> harmless, string kind)
    {
        foreach ((string name, JsonNode? value) in map)
        {
            if (drawn.Contains(name) || value.IsBlank() || IsHarmless(name, value, harmless))
            {
                continue;
            }

            string shown = value.AsText() is { Length: < 60 } text ? $" = {text}" : "";
            Add($"{kind} {name}", $"the {kind} {name}{shown} is not drawn");
        }
    }

    /// <summary>Whether a setting that is not drawn has a value that asks for nothing.</summary>
    public static bool IsHarmless(string name, JsonNode? value, IReadOnlyDictionary<string, string> harmless) =>
        harmless.TryGetValue(name, out string? values) && (values == "*" || (value.AsText() is { } text && values.Split('|').Contains(text, StringComparer.Ordinal)));
}
