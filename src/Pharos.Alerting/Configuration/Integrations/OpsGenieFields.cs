using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>opsgenie_configs</c>.</summary>
internal static class OpsGenieFields
{
    private static readonly string[] Types = ["team", "teams", "user", "escalation", "schedule"];

    public static void Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: true);
        bool hasKey = section.SecretOrFile("api_key");
        section.Url("api_url", "opsgenie_api_url", "no global OpsGenie URL set");
        section.Text("message", "{{ template \"opsgenie.default.message\" . }}");
        section.Text("description", "{{ template \"opsgenie.default.description\" . }}");
        section.Text("source", "{{ template \"opsgenie.default.source\" . }}");
        map.StringMap("details");
        section.Texts("entity");
        map.Sections("responders", "opsgenie.OpsGenieConfigResponder", ReadResponder, null);
        section.Texts("actions", "tags", "note", "priority");
        map.Bool("update_alerts");
        section.Require(hasKey || section.Global.HasAny("opsgenie_api_key", "opsgenie_api_key_file"), "no global OpsGenie API Key set either inline or in a file");
    }

    private static string ReadResponder(YamlMapping map)
    {
        string id = IntegrationSection.Text(map, "id");
        string name = IntegrationSection.Text(map, "name");
        string username = IntegrationSection.Text(map, "username");
        string type = IntegrationSection.Text(map, "type");
        string shown = $"{{{id} {name} {username} {type}}}";
        if ((id + name + username).Length == 0)
        {
            map.Refuse($"opsGenieConfig responder {shown} has to have at least one of id, username or name specified");
        }

        if (!type.Contains("{{", StringComparison.Ordinal) && !Types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            map.Refuse("type", $"opsGenieConfig responder {shown} type does not match valid options ^(team|teams|user|escalation|schedule)$");
        }

        return type;
    }
}
