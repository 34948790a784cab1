using System.Text.Json;
using Pharos.PromQL.Syntax;

namespace Pharos.Conformance.Suites;

/// <summary>Expressions of rule files in the wild: all must parse, and print to what parses to the same text.</summary>
internal sealed class RuleExpressionsSuite : ISuite
{
    public string Area => "dashboards";

    public string FilePattern => "rule_expressions.tsv";

    public void Run(string path, CaseReporter report)
    {
        string[] lines = File.ReadAllLines(path);
        int expressionColumn = Array.IndexOf(lines[0].Split('\t'), "expr_json");
        foreach (string[] columns in lines.Skip(1).Where(static line => line.Length > 0).Select(static line => line.Split('\t')))
        {
            string name = string.Join(' ', columns[..expressionColumn]);
            string text = JsonSerializer.Deserialize<string>(columns[expressionColumn])!;
            try
            {
                string printed = PromQLParser.ParseExpr(text).ToString();
                report.Check(name, printed, PromQLParser.ParseExpr(printed).ToString());
            }
            catch (PromQLException e) when (columns[0].StartsWith("victoriametrics", StringComparison.Ordinal))
            {
                report.Skip(name, "MetricsQL, not PromQL: " + e.Message);
            }
            catch (PromQLException e)
            {
                report.Fail(name, e.Message);
            }
        }
    }
}
