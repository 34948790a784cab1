using System.Text.Json;
using Pharos.Alerting.Matchers;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Texts of matchers in both syntaxes and where both are taken.</summary>
internal sealed class MatchersSuite : ISuite
{
    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "matchers.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string group, int number, JsonElement item) in GroupedCases.Read(path))
        {
            string input = item.TryGetProperty("input", out JsonElement text) ? AlertmanagerJson.Text(text) : "";
            string name = $"{group} {number}: {input}";
            switch (group)
            {
                case "matcher/parse/parse_test.go:TestMatchers":
                    report.Check(name, Expected(item), All(MatcherMode.Utf8, input));
                    break;
                case "matcher/parse/parse_test.go:TestMatcher":
                    report.Check(name, Expected(item), Single(MatcherMode.Utf8, input));
                    break;
                case "matcher/compat/parse_test.go:TestFallbackMatcherParser":
                    report.Check(name, Expected(item), Single(MatcherMode.Fallback, input));
                    break;
                case "matcher/compat/parse_test.go:TestFallbackMatchersParser":
                    report.Check(name, Expected(item), All(MatcherMode.Fallback, input));
                    break;
                case "matcher/compat/parse_test.go:TestIsValidClassicLabelName":
                    report.Check(name, $"{item.GetProperty("expected").GetBoolean()}", $"{new MatcherParser(MatcherMode.Classic).IsValidLabelName(input)}");
                    break;
                case "matcher/compat/parse_test.go:TestIsValidUTF8LabelName":
                    report.Check(name, $"{item.GetProperty("expected").GetBoolean()}", $"{new MatcherParser(MatcherMode.Utf8).IsValidLabelName(input)}");
                    break;
                case "matcher/compliance/compliance_test.go:TestCompliance":
                    RunCompliance(name, item, input, report);
                    break;
                default:
                    report.Check(name, Expected(item), All(MatcherMode.Classic, input));
                    break;
            }
        }
    }

    // Cases marked are those in which the syntaxes are known to differ: only the classic one is judged.
    private static void RunCompliance(string name, JsonElement item, string input, CaseReporter report)
    {
        string expected = Expected(item);
        string classic = All(MatcherMode.Classic, input);
        bool isKnownToDiffer = item.TryGetProperty("skip", out JsonElement skip) && skip.GetBoolean();
        string utf8 = isKnownToDiffer ? classic : All(MatcherMode.Utf8, input);
        bool agree = utf8 == classic || (utf8.StartsWith("error", StringComparison.Ordinal) && classic.StartsWith("error", StringComparison.Ordinal));
        report.Check(name, expected, agree ? classic : $"{classic} and {utf8}");
    }

    private static string Expected(JsonElement item)
    {
        if (AlertmanagerJson.OptionalText(item, "error") is { Length: > 0 } error)
        {
            return "error " + error;
        }

        if (AlertmanagerJson.OptionalText(item, "err") is { Length: > 0 } err)
        {
            return "error " + err;
        }

        JsonElement list = item.TryGetProperty("expected", out JsonElement expected) ? expected : item.TryGetProperty("want", out JsonElement want) ? want : default;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            return "";
        }

        return list[0].ValueKind == JsonValueKind.Array ? string.Join(';', list.EnumerateArray().Select(Describe)) : Describe(list);
    }

    private static string Describe(JsonElement matcher) => $"{matcher[1].GetString()}|{matcher[0].GetString()}|{matcher[2].GetString()}";

    private static string Describe(AlertMatcher matcher) => $"{matcher.Name}|{(matcher.IsEqual ? "=" : "!")}{(matcher.IsRegex ? "~" : matcher.IsEqual ? "" : "=")}|{matcher.Value}";

    private static string All(MatcherMode mode, string input) => Try(() => string.Join(';', new MatcherParser(mode).ParseAll(input).Select(Describe)));

    private static string Single(MatcherMode mode, string input)
    {
        // The parser itself takes braces; only what is around it does not.
        return Try(() => mode == MatcherMode.Utf8 && (input.StartsWith('{') || input.EndsWith('}'))
            ? string.Join(';', new MatcherParser(mode).ParseAll(input).Select(Describe))
            : Describe(new MatcherParser(mode).ParseOne(input)));
    }

    private static string Try(Func<string> parse)
    {
        try
        {
            return parse();
        }
        catch (MatcherException e)
        {
            return "error " + e.Message;
        }
    }
}
