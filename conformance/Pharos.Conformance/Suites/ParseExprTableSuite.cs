using System.Text.Json;
using Pharos.PromQL.Syntax;

namespace Pharos.Conformance.Suites;

/// <summary>Expressions in; that they parse, or the first error's message, out.</summary>
internal sealed class ParseExprTableSuite : ISuite
{
    private static readonly ParserOptions Options = ParserOptions.Everything with { BinopFillModifiers = false };

    public string Area => "promql-queries";

    public string FilePattern => "parse_expr.tsv";

    public void Run(string path, CaseReporter report)
    {
        foreach (string[] columns in File.ReadLines(path).Skip(1).Where(static line => line.Length > 0).Select(static line => line.Split('\t')))
        {
            using var input = JsonDocument.Parse(columns[0]);
            string expected = columns[1] == "ok" ? "ok" : "error: " + JsonSerializer.Deserialize<string>(columns[2]);
            string actual = "ok";
            try
            {
                _ = PromQLParser.ParseExpr(QueryCaseText.Read(input.RootElement), Options);
            }
            catch (PromQLException e)
            {
                actual = "error: " + e.Errors[0].Message;
            }

            report.Check(QueryCaseText.Name(input.RootElement), expected, actual);
        }
    }
}
