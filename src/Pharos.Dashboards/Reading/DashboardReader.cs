using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Json;
using Pharos.Dashboards.Migrations;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Reading;

/// <summary>Reads Grafana's dashboard JSON into the model. Thread-safe.</summary>
public static class DashboardReader
{
    private const int MaxTags = 100;
    private const int MaxTitle = 5_000;

    /// <summary>Reads a file or the body of a request.</summary>
    /// <exception cref="DashboardException">It is no dashboard that can be used at all.</exception>
    public static Dashboard Read(ReadOnlyMemory<byte> utf8, DatasourceDirectory datasources) => Read(JsonTree.Parse(utf8), datasources);

    /// <summary>Reads an element of a larger document.</summary>
    /// <exception cref="DashboardException">It is no dashboard that can be used at all.</exception>
    public static Dashboard Read(JsonElement element, DatasourceDirectory datasources) => Read(JsonTree.Parse(element), datasources);

    private static Dashboard Read(JsonObject root, DatasourceDirectory directory)
    {
        JsonObject tree = DashboardEnvelope.Open(root);
        LibraryPanels.PutIn(tree);
        DashboardMigrator.Migrate(tree);
        var problems = new ProblemList();
        var datasources = new DatasourceScope(tree, directory);
        IReadOnlyList<Variable> variables = new VariableReader(datasources, problems).Read(tree);
        IReadOnlyList<Panel> panels = new PanelReader(datasources, problems).Read(tree);
        ReportAnnotations(tree, datasources, problems);
        string title = (tree.Text("title") ?? "").Trim();
        JsonObject? time = tree.Map("time");
        return new Dashboard
        {
            Uid = tree.Text("uid") ?? "",
            Title = title.Length == 0 ? "Untitled" : title[..Math.Min(title.Length, MaxTitle)],
            Description = tree.Text("description") ?? "",
            Tags = [.. tree.Texts("tags").Take(MaxTags)],
            Version = (long)Math.Clamp(tree.Number("version") ?? 0, 0, int.MaxValue),
            Editable = tree.Flag("editable", absent: true),
            From = time?.Text("from") ?? "now-6h",
            To = time?.Text("to") ?? "now",
            Refresh = tree.Text("refresh") is { } refresh and not "false" ? refresh : "",
            Timezone = tree.Text("timezone") ?? "",
            GraphTooltip = tree.Whole("graphTooltip", 0, 2) ?? 0,
            Links = LinkReader.Read(tree),
            Variables = variables,
            Panels = panels,
            Problems = problems.Problems,
        };
    }

    private static void ReportAnnotations(JsonObject tree, DatasourceScope datasources, ProblemList problems)
    {
        foreach (JsonObject annotation in tree.Map("annotations")?.Maps("list") ?? [])
        {
            // The built-in one shows alerts, and so do the graphs here.
            bool isBuiltIn = annotation.Whole("builtIn") is 1 || annotation.Map("datasource")?.Text("type") == "grafana" || annotation.Text("datasource") == "-- Grafana --";
            if (!isBuiltIn)
            {
                string name = annotation.Text("name") ?? "";
                problems.Add("annotation query", $"the annotations \"{name}\" of {datasources.Resolve(annotation["datasource"]).Name} are not drawn");
            }
        }
    }
}
