using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>pagerduty_configs</c>.</summary>
internal static class PagerdutyFields
{
    public static void Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: true);
        bool hasKey = section.SecretOrFile("service_key") | section.SecretOrFile("routing_key");
        section.Url("url", "pagerduty_url", "no global PagerDuty URL set");
        section.Text("client", "{{ template \"pagerduty.default.client\" . }}");
        section.Text("client_url", "{{ template \"pagerduty.default.clientURL\" . }}");
        section.Text("description", "{{ template \"pagerduty.default.description\" .}}");
        section.AnyMap("details");
        map.Sections("images", "pagerduty.PagerdutyImage", static m => ReadTexts(m, "src", "alt", "href"), null);
        map.Sections("links", "pagerduty.PagerdutyLink", static m => ReadTexts(m, "href", "text"), null);
        section.Texts("source", "severity", "class", "component", "group");
        map.GoDuration("timeout");
        section.Require(hasKey, "missing service or routing key in PagerDuty config");
    }

    private static string ReadTexts(YamlMapping map, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            IntegrationSection.Text(map, key);
        }

        return "";
    }
}
