namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>msteams_configs</c> and <c>msteamsv2_configs</c>.</summary>
internal static class TeamsFields
{
    public static void Read(IntegrationSection section)
    {
        section.ReadCommon(sendResolved: true);
        ReadUrl(section);
        section.Text("title", "{{ template \"msteams.default.title\" . }}");
        section.Text("summary", "{{ template \"msteams.default.summary\" . }}");
        section.Text("text", "{{ template \"msteams.default.text\" . }}");
    }

    public static void ReadV2(IntegrationSection section)
    {
        section.ReadCommon(sendResolved: true);
        ReadUrl(section);
        section.Text("title", "{{ template \"msteamsv2.default.title\" . }}");
        section.Text("text", "{{ template \"msteamsv2.default.text\" . }}");
    }

    private static void ReadUrl(IntegrationSection section) =>
        section.Require(section.SecretUrlOrFile("webhook_url"), "one of webhook_url or webhook_url_file must be configured");
}
