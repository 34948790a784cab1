using System.Text.Json;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Receivers with an integration that says nothing.</summary>
internal sealed class EmptyIntegrationSuite : ISuite
{
    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "config_EmptyConfigOfIntegration.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string _, int _, JsonElement item) in GroupedCases.Read(path))
        {
            string integration = item.GetProperty("integration").GetString()!;
            string text = $"route:\n  receiver: team\nreceivers:\n- name: team\n  {integration}:\n  -\n";
            AlertmanagerJson.Judge(report, integration, AlertmanagerJson.Load(text).Errors, isRight: false, AlertmanagerJson.OptionalText(item, "expectedErr"));
        }
    }
}
