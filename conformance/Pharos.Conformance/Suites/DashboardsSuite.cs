using System.Text.Json.Nodes;
using Pharos.Dashboards;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Reading;
using Pharos.Dashboards.Resolving;
using Pharos.PromQL.Syntax;

namespace Pharos.Conformance.Suites;

/// <summary>
/// Grafana dashboards in the wild: each must be read, every panel and variable be drawn or listed as not drawn, and every expression parse once variables are replaced.
/// What is in the file is counted on the file's own JSON, not on the model.
/// </summary>
internal sealed class DashboardsSuite(string pattern) : ISuite
{
    private const long From = 1_700_000_000_000;
    private const long To = From + (6 * 3_600_000);

    public string Area => "dashboards";

    public string FilePattern => pattern;

    public void Run(string path, CaseReporter report)
    {
        string name = Path.GetFileName(path);
        try
        {
            byte[] json = File.ReadAllBytes(path);
            Dashboard dashboard = DashboardReader.Read(json, DatasourceDirectory.Empty);
            var root = (JsonObject)JsonNode.Parse(json)!;
            List<string> failures = [.. UnlistedPanels(root["dashboard"] as JsonObject ?? root, dashboard), .. UnlistedVariables(root["dashboard"] as JsonObject ?? root, dashboard)];
            bool isMetricsQL = name.StartsWith("victoriametrics__", StringComparison.Ordinal);
            failures.AddRange(BadExpressions(dashboard, isMetricsQL));
            if (failures.Count > 0)
            {
                report.Fail(name, string.Join("; ", failures));
                return;
            }

            report.Pass(name);
            report.Note(dashboard.Problems.Count == 0 ? $"whole: {name}" : $"listed: {name}: {string.Join(", ", Features(dashboard))}");
        }
        catch (DashboardException e)
        {
            report.Fail(name, $"line {e.Line}: {e.Message}");
        }
    }

    private static IEnumerable<string> Features(Dashboard dashboard) =>
        dashboard.Problems.GroupBy(static problem => problem.Feature).OrderByDescending(static group => group.Count()).Select(static group => $"{group.Key} ×{group.Count()}");

    private static IEnumerable<string> UnlistedPanels(JsonObject root, Dashboard dashboard)
    {
        int inFile = PanelsOf(root).Count(static panel => panel["repeatPanelId"] is null);
        List<Panel> panels = [.. dashboard.Panels.SelectMany(static panel => panel.Panels.Prepend(panel))];

        // Old schemas have rows beside the panels, which become panels of their own.
        int headings = (root["rows"] as JsonArray)?.Count ?? 0;
        if (panels.Count != inFile && panels.Count != inFile + headings)
        {
            yield return $"{inFile} panels in the file, {panels.Count} read";
        }

        foreach (Panel panel in panels.Where(static panel => panel.Type == PanelTypes.Unsupported && panel.Problems.Count == 0))
        {
            yield return $"panel {panel.Id} is neither drawn nor listed";
        }

        foreach (Panel panel in panels.Where(static panel => PanelTypes.WithQueries.Contains(panel.Type) && panel.Targets.Count == 0 && panel.Problems.Count == 0))
        {
            if (PanelsOf(root).Any(p => (int?)p["id"] == panel.Id && p["targets"] is JsonArray { Count: > 0 } targets && targets.Any(static t => t?["expr"] is JsonValue)))
            {
                yield return $"the queries of panel {panel.Id} are neither asked nor listed";
            }
        }
    }

    private static IEnumerable<JsonObject> PanelsOf(JsonObject root)
    {
        IEnumerable<JsonObject> rows = (root["rows"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(static row => (row["panels"] as JsonArray ?? []).OfType<JsonObject>());
        IEnumerable<JsonObject> panels = (root["panels"] as JsonArray ?? []).OfType<JsonObject>();
        return rows.Concat(panels).SelectMany(static panel => (panel["panels"] as JsonArray ?? []).OfType<JsonObject>().Prepend(panel));
    }

    private static IEnumerable<string> UnlistedVariables(JsonObject root, Dashboard dashboard)
    {
        foreach (JsonObject variable in (root["templating"]?["list"] as JsonArray ?? []).OfType<JsonObject>())
        {
            string name = (string?)variable["name"] ?? "";
            if (!dashboard.Variables.Any(v => v.Name == name) && !dashboard.Problems.Any(problem => problem.Variable == name))
            {
                yield return $"variable {name} is neither there nor listed";
            }
        }
    }

    private static List<string> BadExpressions(Dashboard dashboard, bool isMetricsQL)
    {
        var names = new QueryNames(30_000, 15_000, From, To);
        var source = new ParsingVariableSource(names);
        var resolver = new DashboardResolver(DatasourceDirectory.Empty, static _ => []);
        Task<ResolvedDashboard> resolving = resolver.ResolveAsync(dashboard, new ResolveRequest { From = From, To = To }, source, CancellationToken.None);

        // Nothing here waits for anything: the source answers at once.
#pragma warning disable VSTHRD002
        ResolvedDashboard resolved = resolving.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        if (isMetricsQL)
        {
            return [];
        }

        var failures = new List<string>(source.Failures);
        foreach (ResolvedPanel panel in resolved.Panels.SelectMany(static panel => panel.Panels.Prepend(panel)))
        {
            foreach (ResolvedTarget target in panel.Targets)
            {
                string expression = names.Replace(target.Expr);
                try
                {
                    PromQLParser.ParseExpr(expression);
                }
                catch (PromQLException e)
                {
                    failures.Add($"panel {panel.Key}: {e.Message} in {expression}");
                }
            }
        }

        return failures;
    }
}
