using System.Text.Json;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Rules.Files;

namespace Pharos.Conformance.Suites;

/// <summary>Rule files whose templates are well-formed or not.</summary>
internal sealed class RuleTemplatesSuite : ISuite
{
    public string Area => "config";

    public string FilePattern => "rule_template_parsing.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        int number = 0;
        foreach (JsonElement testCase in document.RootElement.GetProperty("groups").EnumerateArray().SelectMany(static g => g.GetProperty("cases").EnumerateArray()))
        {
            number++;
            string text = testCase.GetProperty("ruleString").GetString()!;
            var diagnostics = new ConfigDiagnostics("rules.yml");
            _ = RuleFileReader.Read(YamlParser.ParseText(text, diagnostics), diagnostics, new RuleFileOptions());
            string expected = testCase.GetProperty("shouldPass").GetBoolean() ? "loads" : "is refused";
            report.Check($"case {number}", expected, diagnostics.HasErrors ? "is refused" : "loads");
        }
    }
}
