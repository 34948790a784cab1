using System.Text.Json;
using Pharos.PromQL.Syntax;

namespace Pharos.Conformance.Suites;

/// <summary>Expressions in, canonical text out.</summary>
internal sealed class PrinterSuite : ISuite
{
    public string Area => "promql-queries";

    public string FilePattern => "printer.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement testCase in document.RootElement.GetProperty("groups").EnumerateArray().SelectMany(static g => g.GetProperty("cases").EnumerateArray()))
        {
            string input = (testCase.TryGetProperty("in", out JsonElement text) ? text : testCase.GetProperty("input")).GetString()!;
            string expected = testCase.TryGetProperty("out", out JsonElement output) || testCase.TryGetProperty("expected", out output) ? output.GetString()! : input;
            try
            {
                report.Check(input, expected, PromQLParser.ParseExpr(input, ParserOptions.Everything).ToString());
            }
            catch (PromQLException e)
            {
                report.Fail(input, e.Message);
            }
        }
    }
}
