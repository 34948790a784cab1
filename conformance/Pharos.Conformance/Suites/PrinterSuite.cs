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
        foreach ((_, _, JsonElement testCase) in GroupedCases.Read(path))
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
