namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>webex_configs</c>.</summary>
internal static class WebexFields
{
    public static void Read(IntegrationSection section)
    {
        section.ReadCommon(sendResolved: true);
        section.Url("api_url", "webex_api_url", "no global Webex URL set");
        section.Text("message", "{{ template \"webex.default.message\" . }}");
        section.Require(section.Text("room_id").Length > 0, "missing room_id on webex_config");
        section.Require(section.OwnHttp?.Authorization is not null, "missing webex_configs.http_config.authorization");
    }
}
