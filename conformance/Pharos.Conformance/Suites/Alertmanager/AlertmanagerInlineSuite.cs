using System.Text.Json;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Short configurations that upstream loads or refuses.</summary>
internal sealed class AlertmanagerInlineSuite : ISuite
{
    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "config_inline_cases.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string _, int _, JsonElement item) in GroupedCases.Read(path))
        {
            AlertmanagerJson.Judge(
                report,
                item.GetProperty("test").GetString()!,
                AlertmanagerJson.Load(AlertmanagerJson.Text(item.GetProperty("config"))).Errors,
                item.GetProperty("ok").GetBoolean(),
                AlertmanagerJson.OptionalText(item, "error"));
        }
    }
}
