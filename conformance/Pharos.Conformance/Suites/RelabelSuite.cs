using System.Text.Json;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Relabeling;

namespace Pharos.Conformance.Suites;

/// <summary>Relabelling: steps applied, steps judged, templates of names judged.</summary>
internal sealed class RelabelSuite : ISuite
{
    public string Area => "config";

    public string FilePattern => "relabel.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string test, int number, JsonElement testCase) in GroupedCases.Read(path))
        {
            string name = testCase.TryGetProperty("line", out JsonElement line) ? $"{test} line {line}" : $"{test} {number}";
            try
            {
                RunCase(test, name, testCase, report);
            }
            catch (RegexSyntaxException e)
            {
                report.Fail(name, e.Message);
            }
        }
    }

    private static void RunCase(string test, string name, JsonElement testCase, CaseReporter report)
    {
        switch (test)
        {
            case "relabel":
                Relabel(name, testCase, report);
                break;
            case "validate":
                Validate(name, testCase, report);
                break;
            case "target_label_legacy_validity":
                string text = testCase.GetProperty("str").GetString()!;
                report.Check($"{test} {text}", testCase.GetProperty("valid").GetBoolean().ToString(), RelabelTemplate.IsLegacyName(text).ToString());
                break;
            default:
                report.Skip(name, $"group {test} is not known");
                break;
        }
    }

    private static void Relabel(string name, JsonElement testCase, CaseReporter report)
    {
        List<RelabelConfig> configs = [];
        foreach (JsonElement step in testCase.GetProperty("relabel_configs").EnumerateArray())
        {
            RelabelConfig config = Read(step, new RelabelConfig());
            if (config.Validate() is { } error)
            {
                report.Fail(name, error);
                return;
            }

            configs.Add(config);
        }

        Labels? output = Relabeler.Process(ReadLabels(testCase.GetProperty("input")), configs);
        bool keep = testCase.GetProperty("keep").GetBoolean();
        report.Check(name, keep ? ReadLabels(testCase.GetProperty("output")).ToString() : "dropped", output?.ToString() ?? "dropped");
    }

    private static void Validate(string name, JsonElement testCase, CaseReporter report)
    {
        var blank = new RelabelConfig { Action = RelabelAction.None, Separator = "", Replacement = "", Regex = ReplacementRegex.Parse("") };
        string? error = Read(testCase.GetProperty("config"), blank).Validate();
        string? expected = testCase.GetProperty("error").GetString();
        bool same = expected is null ? error is null : error is not null && error.Contains(expected, StringComparison.Ordinal);
        if (same)
        {
            report.Pass(name);
        }
        else
        {
            report.Fail(name, $"expected {expected ?? "no error"} but got {error ?? "no error"}");
        }
    }

    private static RelabelConfig Read(JsonElement step, RelabelConfig defaults)
    {
        string action = Text(step, "action", defaults.Action.ToText());
        _ = RelabelActionText.TryParse(action, out RelabelAction parsed);
        string? regex = step.TryGetProperty("regex", out JsonElement pattern) ? pattern.GetString() : null;
        return defaults with
        {
            Action = parsed,
            SourceLabels = step.TryGetProperty("source_labels", out JsonElement sources) ? [.. sources.EnumerateArray().Select(static s => s.GetString()!)] : [],
            Separator = Text(step, "separator", defaults.Separator),
            Regex = string.IsNullOrEmpty(regex) ? defaults.Regex : ReplacementRegex.Parse(regex),
            Modulus = step.TryGetProperty("modulus", out JsonElement modulus) ? modulus.GetUInt64() : 0,
            TargetLabel = Text(step, "target_label", ""),
            Replacement = Text(step, "replacement", defaults.Replacement),
            NameValidation = Text(step, "NameValidationScheme", "utf8") == "legacy" ? NameValidation.Legacy : NameValidation.Utf8,
        };
    }

    // An empty text counts as unset here, as the suite says.
    private static string Text(JsonElement step, string name, string unset) =>
        step.TryGetProperty(name, out JsonElement value) && value.GetString() is { Length: > 0 } text ? text : unset;

    private static Labels ReadLabels(JsonElement labels)
    {
        var builder = new LabelsBuilder();
        foreach (JsonProperty label in labels.EnumerateObject())
        {
            builder.Set(label.Name, label.Value.GetString()!);
        }

        return builder.ToLabels();
    }
}
