using System.Text;
using System.Text.Json;
using Pharos.Core.Labels;
using Pharos.Core.Time;

namespace Pharos.Conformance.Suites;

/// <summary>Names under both schemes, their escaping, label sets as text, durations.</summary>
internal sealed class NamesSuite : ISuite
{
    public string Area => "exposition";

    public string FilePattern => "names_and_durations.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string test, int number, JsonElement testCase) in GroupedCases.Read(path))
        {
            RunCase(test, $"{test} {number}", testCase, report);
        }
    }

    private static void RunCase(string test, string name, JsonElement testCase, CaseReporter report)
    {
        switch (test)
        {
            case "TestValidationScheme_IsMetricNameValid":
                CheckName(name, testCase, testCase.GetProperty("mn"), static n => LabelName.IsLegacyMetric(n), report);
                break;
            case "TestValidationScheme_IsLabelNameValid":
                CheckName(name, testCase, testCase.GetProperty("ln"), static n => LabelName.IsLegacy(n), report);
                break;
            case "TestEscapeName":
                CheckEscaping(name, testCase, report);
                break;
            case "TestValueUnescapeErrors":
                report.Check(name, Text(testCase, "expected"), EscapedName.Unescape(Text(testCase, "input"), NameEscaping.Values));
                break;
            case "TestMetricToString":
                report.Check(name, Text(testCase, "expected"), ReadLabels(testCase.GetProperty("input")).ToMetricText());
                break;
            case "TestLabelSet_String":
                report.Check(name, Text(testCase, "want"), ReadLabels(testCase.GetProperty("input")).ToString());
                break;
            case "TestDuration_UnmarshalText":
                CheckDuration(name, testCase, report);
                break;
            default:
                report.Skip(name, $"group {test} is not known");
                break;
        }
    }

    private static void CheckName(string name, JsonElement testCase, JsonElement given, Func<string, bool> isLegacy, CaseReporter report)
    {
        byte[] bytes = given.ValueKind == JsonValueKind.Object
            ? given.GetProperty("$base64").GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(given.GetString()!);
        string expected = $"legacy {testCase.GetProperty("legacyValid").GetBoolean()}, UTF-8 {testCase.GetProperty("utf8Valid").GetBoolean()}";
        report.Check(name, expected, $"legacy {isLegacy(Encoding.UTF8.GetString(bytes))}, UTF-8 {LabelName.IsUtf8(bytes)}");
    }

    private static void CheckEscaping(string name, JsonElement testCase, CaseReporter report)
    {
        string input = Text(testCase, "input");
        string dots = EscapedName.Escape(input, NameEscaping.Dots);
        string values = EscapedName.Escape(input, NameEscaping.Values);
        string actual = string.Join(
            '\n',
            EscapedName.Escape(input, NameEscaping.Underscores),
            dots,
            EscapedName.Unescape(dots, NameEscaping.Dots),
            values,
            EscapedName.Unescape(values, NameEscaping.Values));
        string expected = string.Join(
            '\n',
            Text(testCase, "expectedUnderscores"),
            Text(testCase, "expectedDots"),
            Text(testCase, "expectedUnescapedDots"),
            Text(testCase, "expectedValue"),
            input);
        report.Check(name, expected, actual);
    }

    private static void CheckDuration(string name, JsonElement testCase, CaseReporter report)
    {
        string text = Text(testCase, "in");
        string printed = testCase.TryGetProperty("expectedString", out JsonElement expected) ? expected.GetString()! : text;
        string actual = PrometheusDuration.TryParse(text, out TimeSpan duration, out string? error)
            ? $"{duration.Ticks * TimeSpan.NanosecondsPerTick} {PrometheusDuration.Format(duration)}"
            : error;
        report.Check(name, $"{testCase.GetProperty("out").GetInt64()} {printed}", actual);
    }

    private static string Text(JsonElement testCase, string property) => testCase.TryGetProperty(property, out JsonElement value) ? value.GetString()! : "";

    private static Labels ReadLabels(JsonElement labels)
    {
        var builder = new LabelsBuilder();
        if (labels.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty label in labels.EnumerateObject())
            {
                builder.Set(label.Name, label.Value.GetString()!);
            }
        }

        return builder.ToLabels();
    }
}
