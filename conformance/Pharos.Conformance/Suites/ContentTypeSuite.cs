using System.Text.Json;
using Pharos.Scrape.Exposition;

namespace Pharos.Conformance.Suites;

/// <summary>Content-Type and fallback protocol in, parser and warning out.</summary>
internal sealed class ContentTypeSuite : ISuite
{
    public string Area => "exposition";

    public string FilePattern => "content_type.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((_, _, JsonElement testCase) in GroupedCases.Read(path))
        {
            RunCase(testCase, report);
        }
    }

    private static void RunCase(JsonElement testCase, CaseReporter report)
    {
        string name = ExpositionText.Text(testCase, "name");
        string fallback = ExpositionText.Text(testCase, "fallbackScrapeProtocol") switch
        {
            "PrometheusProto" => "application/vnd.google.protobuf",
            "OpenMetricsText0_0_1" or "OpenMetricsText1_0_0" => "application/openmetrics-text",
            "PrometheusText0_0_4" or "PrometheusText1_0_0" => "text/plain",
            _ => "",
        };
        ExpositionFormat format = ContentType.Choose(ExpositionText.Text(testCase, "contentType"), fallback, out string? problem);
        string parser = format switch
        {
            ExpositionFormat.Text => "PromParser",
            ExpositionFormat.OpenMetrics => "OpenMetricsParser",
            ExpositionFormat.Protobuf => "ProtobufParser",
            _ => "NilParser",
        };
        string expectedParser = ExpositionText.Text(testCase, "validateParser");
        string expectedProblem = ExpositionText.Text(testCase, "err");
        bool same = expectedProblem.Length == 0 ? problem is null : problem is not null && problem.Contains(expectedProblem, StringComparison.Ordinal);
        if (parser == expectedParser && same)
        {
            report.Pass(name);
        }
        else
        {
            report.Fail(name, $"expected {expectedParser} and \"{expectedProblem}\" but got {parser} and \"{problem}\"");
        }
    }
}
