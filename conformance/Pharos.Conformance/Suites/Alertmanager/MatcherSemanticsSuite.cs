using System.Text.Json;
using Pharos.Alerting.Matchers;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>What matchers match, and their text and JSON forms.</summary>
internal sealed class MatcherSemanticsSuite : ISuite
{
    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "matcher_semantics.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string group, int number, JsonElement item) in GroupedCases.Read(path))
        {
            string name = $"{group} {number}";
            if (group == "TestMatcher")
            {
                JsonElement matcher = item.GetProperty("matcher");
                bool isMatch = new AlertMatcher(Type(matcher[0]), "label", matcher[1].GetString()!).Matches(AlertmanagerJson.Text(item.GetProperty("value")));
                report.Check(name, $"{item.GetProperty("match").GetBoolean()}", $"{isMatch}");
                continue;
            }

            var subject = new AlertMatcher(Type(item.GetProperty("op")), item.GetProperty("name").GetString()!, item.GetProperty("value").GetString()!);
            string want = item.GetProperty("want").GetString()!;
            switch (group)
            {
                case "TestMatcherString":
                    report.Check(name, want, subject.ToString());
                    break;
                case "TestMatcherJSONUnmarshal":
                    report.Check(name, subject.ToString(), FromJson(want).ToString());
                    break;
                default:
                    report.Check(
                        name,
                        want,
                        JsonSerializer.Serialize(new { name = subject.Name, value = subject.Value, isRegex = subject.IsRegex, isEqual = subject.IsEqual }));
                    break;
            }
        }
    }

    private static AlertMatcher FromJson(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        bool isEqual = !root.TryGetProperty("isEqual", out JsonElement given) || given.GetBoolean();
        return AlertMatcher.Of(root.GetProperty("name").GetString()!, root.GetProperty("value").GetString()!, root.GetProperty("isRegex").GetBoolean(), isEqual);
    }

    private static MatchType Type(JsonElement sign) => sign.GetString() switch
    {
        "=" => MatchType.Equal,
        "!=" => MatchType.NotEqual,
        "=~" => MatchType.Match,
        _ => MatchType.NotMatch,
    };
}
