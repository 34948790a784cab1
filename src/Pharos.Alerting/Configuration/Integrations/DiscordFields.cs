namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>discord_configs</c>.</summary>
internal static class DiscordFields
{
    public static void Read(IntegrationSection section)
    {
        section.ReadCommon(sendResolved: true);
        bool hasUrl = section.SecretUrlOrFile("webhook_url");
        section.Texts("content");
        section.Text("title", "{{ template \"discord.default.title\" . }}");
        section.Text("message", "{{ template \"discord.default.message\" . }}");
        section.Texts("username", "avatar_url");
        section.Require(hasUrl, "one of webhook_url or webhook_url_file must be configured");
    }
}
