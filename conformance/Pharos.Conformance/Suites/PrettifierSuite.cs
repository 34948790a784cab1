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
        foreach ((_, _, JsonElement testCase) in GroupedCases.Read(path))
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
