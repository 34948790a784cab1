using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;

namespace Pharos.Dashboards.Reading;

/// <summary>Library panels: an exported file carries their models in <c>__elements</c>; without them the reader lists the panel by its missing type.</summary>
internal static class LibraryPanels
{
    /// <summary>Puts the model in where the file has it.</summary>
    public static void PutIn(JsonObject dashboard)
    {
        JsonObject? elements = dashboard.Map("__elements");
        foreach (JsonObject panel in dashboard.Maps("panels").SelectMany(static p => p.Maps("panels").Prepend(p)))
        {
            if (panel.Map("libraryPanel") is not { } library || panel["targets"] is JsonArray)
            {
                continue;
            }

            JsonObject? model = library.Map("model") ?? elements?.Map(library.Text("uid") ?? "")?.Map("model");
            if (model is null)
            {
                panel["type"] = "library panel";
                panel.Default("title", library.Text("name"));
                continue;
            }

            foreach ((string name, JsonNode? value) in model)
            {
                if (name is not ("id" or "gridPos" or "libraryPanel"))
                {
                    panel[name] = value?.DeepClone();
                }
            }
        }
    }
}
