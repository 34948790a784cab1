using System.Text.Json;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Addresses of webhooks, which may be templates.</summary>
internal sealed class TemplatedUrlSuite : ISuite
{
    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "config_SecretTemplURL.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string _, int _, JsonElement item) in GroupedCases.Read(path))
        {
            string text = $"route:\n  receiver: team\nreceivers:\n- name: team\n  webhook_configs:\n  - url: {item.GetProperty("input").GetString()}\n";
            bool fails = item.GetProperty("expectError").GetBoolean();
            AlertmanagerJson.Judge(report, item.GetProperty("name").GetString()!, AlertmanagerJson.Load(text).Errors, !fails, AlertmanagerJson.OptionalText(item, "errorMsg"));
        }
    }
}
