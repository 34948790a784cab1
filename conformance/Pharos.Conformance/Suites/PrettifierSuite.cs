using System.Text.Json;
using Pharos.PromQL.Syntax;

namespace Pharos.Conformance.Suites;

/// <summary>Expressions in, text broken into lines of 10 characters out.</summary>
internal sealed class PrettifierSuite : ISuite
{
    private const int Width = 10;

    public string Area => "promql-queries";

    public string FilePattern => "prettier.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement testCase in document.RootElement.GetProperty("groups").EnumerateArray().SelectMany(static g => g.GetProperty("cases").EnumerateArray()))
        {
            string input = testCase.GetProperty("in").GetString()!;
            try
            {
                report.Check(input, testCase.GetProperty("out").GetString()!, PromQLParser.ParseExpr(input, ParserOptions.Everything).ToPrettyString(Width));
            }
            catch (PromQLException e)
            {
                report.Fail(input, e.Message);
            }
        }
    }
}
