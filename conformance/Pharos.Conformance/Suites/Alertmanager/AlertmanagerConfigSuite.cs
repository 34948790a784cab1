using System.Text.Json;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Configurations of the folder <c>config</c> that upstream loads or refuses.</summary>
internal sealed class AlertmanagerConfigSuite : ISuite
{
    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "config_file_cases.json";

    public void Run(string path, CaseReporter report)
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(path));
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "config");
        foreach (JsonElement item in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            string file = Path.Combine(folder, item.GetProperty("file").GetString()!);
            AlertmanagerJson.Judge(
                report,
                Path.GetFileName(file),
                AlertmanagerJson.Load(File.ReadAllText(file), file).Errors,
                item.GetProperty("ok").GetBoolean(),
                AlertmanagerJson.OptionalText(item, "error"));
        }
    }
}
