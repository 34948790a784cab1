using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>jira_configs</c>.</summary>
internal static class JiraFields
{
    public static void Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: true);
        section.Url("api_url", "jira_api_url", "no global Jira Cloud URL set");
        map.Choice("api_type", "auto", static _ => "unknown api_type on jira_config, must be auto, cloud or datacenter", "auto", "cloud", "datacenter");
        bool hasProject = section.Text("project").Length > 0;
        ReadField(section, "summary");
        ReadField(section, "description");
        map.Strings("labels");
        section.Text("priority", "{{ template \"jira.default.priority\" . }}");
        bool hasType = section.Text("issue_type").Length > 0;
        section.Texts("reopen_transition", "resolve_transition", "wont_fix_resolution");
        map.Duration("reopen_duration");
        section.AnyMap("fields");
        section.Require(hasProject, "missing project in jira_config");
        section.Require(hasType, "missing issue_type in jira_config");
    }

    // A text, or a section with it and whether it changes an issue that is there.
    private static void ReadField(IntegrationSection section, string key)
    {
        string absent = $"{{{{ template \"jira.default.{key}\" . }}}}";
        if (section.Map.Take(key) is not { Kind: YamlKind.Mapping })
        {
            section.Text(key, absent);
            return;
        }

        section.Map.OptionalSection(key, "jira.plain", map =>
        {
            map.Bool("enable_update");
            return IntegrationSection.Text(map, "template", absent);
        });
    }
}
