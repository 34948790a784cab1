using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Conformance.Suites;

/// <summary>Expressions in; trees with positions, or all errors with positions, out.</summary>
internal sealed class ParseExprSuite : ISuite
{
    private static readonly ParserOptions Options = ParserOptions.Everything with { BinopFillModifiers = false };

    public string Area => "promql-queries";

    public string FilePattern => "parse_expr.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement testCase in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            JsonElement input = testCase.GetProperty("input");
            string name = QueryCaseText.Name(input);
            try
            {
                Expr expr = PromQLParser.ParseExpr(QueryCaseText.Read(input), Options);
                CheckTree(testCase, name, SyntaxTreeJson.Write(expr), report);
            }
            catch (PromQLException e)
            {
                CheckErrors(testCase, name, e.Errors, report);
            }
        }
    }

    private static void CheckTree(JsonElement testCase, string name, JsonNode actual, CaseReporter report)
    {
        if (!testCase.TryGetProperty("ast", out JsonElement ast))
        {
            report.Fail(name, $"expected an error but got {actual.ToJsonString()}");
        }
        else if (SyntaxTreeJson.AreEqual(JsonNode.Parse(ast.GetRawText()), actual))
        {
            report.Pass(name);
        }
        else
        {
            report.Fail(name, $"expected {ast.GetRawText().ReplaceLineEndings("")} but got {actual.ToJsonString()}");
        }
    }

    private static void CheckErrors(JsonElement testCase, string name, IReadOnlyList<ParseError> errors, CaseReporter report)
    {
        if (!testCase.TryGetProperty("errors", out JsonElement expected))
        {
            report.Fail(name, $"expected a tree but got {errors[0]}");
            return;
        }

        // Where there are too many errors the case lists the first only.
        int count = testCase.TryGetProperty("errors_note", out _) ? expected.GetArrayLength() : errors.Count;
        string wanted = string.Join("; ", expected.EnumerateArray().Select(static e =>
            $"[{e.GetProperty("start").GetInt32()}, {e.GetProperty("end").GetInt32()}) {e.GetProperty("message").GetString()}"));
        report.Check(name, wanted, string.Join("; ", errors.Take(count).Select(static e => $"{e.Position} {e.Message}")));
    }
}
