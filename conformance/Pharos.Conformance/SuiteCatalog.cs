using Pharos.Conformance.Suites;
using Pharos.Conformance.Suites.Alertmanager;

namespace Pharos.Conformance;

/// <summary>Every suite that is built.</summary>
public static class SuiteCatalog
{
    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<ISuite> All { get; } =
    [
        new ExpositionErrorsSuite(),
        new ExpositionParseSuite(),
        new ConfigLoadSuite(),
        new ContentTypeSuite(),
        new OpenMetricsSuite(),
        new ParseExprSuite(),
        new ParseExprTableSuite(),
        new PrinterSuite(),
        new PrettifierSuite(),
        new SeriesDescriptionSuite(),
        new ComplianceSuite(),
        new RuleExpressionsSuite(),
        new DashboardsSuite("dashboards/*.json"),
        new DashboardsSuite("*.json"),
        new RuleFilesSuite(),
        new RuleTemplatesSuite(),
        new PrometheusTemplatesSuite(),
        new LabelMatchersSuite(),
        new ScriptSuite(),
        new ScriptSelfTestSuite(),
        new RelabelSuite(),
        new DurationsSuite(),
        new NamesSuite(),
        new AlertmanagerConfigSuite(),
        new AlertmanagerInlineSuite(),
        new EmptyIntegrationSuite(),
        new TemplatedUrlSuite(),
        new HostPortSuite(),
        new RoutesSuite(),
        new AmtoolRoutingSuite(),
        new InhibitSuite(),
        new MatchersSuite(),
        new MatcherSemanticsSuite(),
        new NotificationTemplatesSuite(),
        new TimeIntervalsSuite(),
        new BlockExpectationsSuite(),
    ];

    /// <summary>Runs the suites of an area over a folder: every file they know, or only the named ones. A missing file is no error.</summary>
    public static void Run(string area, string folder, IReadOnlyCollection<string> onlyFiles, CaseReporter report)
    {
        foreach (ISuite suite in All.Where(s => string.Equals(s.Area, area, StringComparison.Ordinal)))
        {
            string place = Path.Combine(folder, Path.GetDirectoryName(suite.FilePattern) ?? "");
            string[] files = Directory.Exists(place) ? Directory.GetFiles(place, Path.GetFileName(suite.FilePattern)) : [];
            Array.Sort(files, StringComparer.Ordinal);
            foreach (string file in files)
            {
                string name = Path.GetFileName(file);
                if (onlyFiles.Count == 0 || onlyFiles.Contains(name) || onlyFiles.Contains(Path.GetFileNameWithoutExtension(name)))
                {
                    report.BeginFile(name);
                    suite.Run(file, report);
                }
            }
        }
    }
}
