using System.Text.Json;
using Pharos.Config;
using Pharos.Core.Labels;
using Pharos.Rules.Files;

namespace Pharos.Conformance.Suites;

/// <summary>Rule files that load or are refused with a message.</summary>
internal sealed class RuleFilesSuite : ISuite
{
    public string Area => "config";

    public string FilePattern => "rulefmt_cases.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement testCase in document.RootElement.EnumerateArray())
        {
            string name = testCase.GetProperty("file").GetString()!;
            string expected = testCase.GetProperty("ok").GetBoolean() ? "ok" : testCase.GetProperty("error").GetString()!;
            var options = new RuleFileOptions
            {
                NameValidation = testCase.GetProperty("name_validation").GetString() == "legacy" ? NameValidation.Legacy : NameValidation.Utf8,
            };
            string actual = "ok";
            try
            {
                _ = RuleFileReader.Load(Path.Combine(Path.GetDirectoryName(path)!, "rulefmt", name), options);
            }
            catch (ConfigException e)
            {
                actual = e.Message.Contains(expected, StringComparison.Ordinal) ? expected : e.Message;
            }

            report.Check(name, expected, actual);
        }
    }
}
