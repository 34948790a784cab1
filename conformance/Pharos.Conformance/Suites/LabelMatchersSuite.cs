using System.Text.Json;
using Pharos.Core.Matching;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Conformance.Suites;

/// <summary>Matcher and value in, match or not out.</summary>
internal sealed class LabelMatchersSuite : ISuite
{
    public string Area => "promql-queries";

    public string FilePattern => "label_matchers.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((_, _, JsonElement testCase) in GroupedCases.Read(path))
        {
            RunCase(testCase, report);
        }
    }

    private static void RunCase(JsonElement testCase, CaseReporter report)
    {
        JsonElement matcher = testCase.GetProperty("matcher");
        string op = matcher[0].GetString()!;
        string pattern = matcher[1].GetString()!;
        string value = testCase.GetProperty("value").GetString()!;
        bool expected = testCase.GetProperty("match").GetBoolean();
        MatchType type = op switch
        {
            "=" => MatchType.Equal,
            "!=" => MatchType.NotEqual,
            "=~" => MatchType.Match,
            _ => MatchType.NotMatch,
        };
        string name = $"{op}\"{pattern}\" on \"{value}\"";
        try
        {
            report.Check(name, expected.ToString(), new Matcher(type, "x", pattern).Matches(value).ToString());
        }
        catch (RegexSyntaxException e)
        {
            report.Fail(name, e.Message);
        }
    }
}
