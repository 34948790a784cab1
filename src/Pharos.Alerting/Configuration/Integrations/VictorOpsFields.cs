using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>victorops_configs</c>.</summary>
internal static class VictorOpsFields
{
    private static readonly string[] Reserved = ["routing_key", "message_type", "state_message", "entity_display_name", "monitoring_tool", "entity_id", "entity_state"];

    public static void Read(IntegrationSection section)
    {
        section.ReadCommon(sendResolved: true);
        bool hasKey = section.SecretOrFile("api_key");
        section.Url("api_url", "victorops_api_url", "no global VictorOps URL set");
        section.Require(section.Text("routing_key").Length > 0, "missing Routing key in VictorOps config");
        section.Text("message_type", "CRITICAL");
        section.Text("state_message", "{{ template \"victorops.default.state_message\" . }}");
        section.Text("entity_display_name", "{{ template \"victorops.default.entity_display_name\" . }}");
        section.Text("monitoring_tool", "{{ template \"victorops.default.monitoring_tool\" . }}");
        section.Map.StringMap("custom_fields", static (name, _) => Array.IndexOf(Reserved, name) < 0
            ? null
            : $"victorOps config contains custom field {name} which cannot be used as it conflicts with the fixed/static fields");
        section.Require(hasKey || section.Global.HasAny("victorops_api_key", "victorops_api_key_file"), "no global VictorOps API Key set");
    }
}
