using System.Text.Json;
using Pharos.Scrape.Exposition;

namespace Pharos.Conformance.Suites;

/// <summary>
/// OpenMetrics' own cases. What is valid must be read. What only a strict parser refuses is skipped where Pharos reads it, as Prometheus does:
/// to refuse it would lose targets.
/// </summary>
internal sealed class OpenMetricsSuite : ISuite
{
    public string Area => "exposition";

    public string FilePattern => "openmetrics_cases.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement testCase in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            string name = testCase.GetProperty("name").GetString()!;
            bool valid = testCase.GetProperty("shouldParse").GetBoolean();
            string? error = Parse(ExpositionText.Bytes(testCase.GetProperty("text")));
            if (valid == error is null)
            {
                report.Pass(name);
            }
            else if (valid)
            {
                report.Fail(name, $"refused: {error}");
            }
            else
            {
                report.Skip(name, "read without the rules that span a family, as by Prometheus");
            }
        }
    }

    private static string? Parse(byte[] input)
    {
        try
        {
            ExpositionParser.Parse(input, ExpositionFormat.OpenMetrics, startTimestamps: false, []);
            return null;
        }
        catch (ExpositionException e)
        {
            return e.Message;
        }
    }
}
