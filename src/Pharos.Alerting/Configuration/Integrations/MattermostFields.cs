using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>mattermost_configs</c>.</summary>
internal static class MattermostFields
{
    private static readonly string[] AttachmentTexts =
        ["fallback", "color", "pretext", "text", "author_name", "author_link", "author_icon", "title", "title_link", "thumb_url", "footer", "footer_icon", "image_url"];

    public static void Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: true);
        bool hasUrl = section.SecretUrlOrFile("webhook_url");
        section.Texts("channel");
        foreach (string part in (string[])["username", "text", "fallback", "color"])
        {
            section.Text(part, Default(part));
        }

        section.Texts("pretext", "author_name", "author_link", "author_icon");
        section.Text("title", Default("title"));
        section.Text("title_link", Default("titlelink"));
        map.Sections("fields", "mattermost.plain", ReadField, null);
        section.Texts("thumb_url", "footer", "footer_icon", "image_url", "icon_url", "icon_emoji");
        map.Sections("attachments", "mattermost.MattermostAttachment", ReadAttachment, null);
        section.Texts("type");
        map.OptionalSection("props", "mattermost.MattermostProps", static m => IntegrationSection.Text(m, "card"));
        map.OptionalSection("priority", "mattermost.MattermostPriority", ReadPriority);
        section.Require(
            hasUrl || section.Global.HasAny("mattermost_webhook_url", "mattermost_webhook_url_file"),
            "missing webhook_url or webhook_url_file on mattermost_config");
    }

    private static string Default(string part) => $"{{{{ template \"mattermost.default.{part}\" . }}}}";

    private static string ReadField(YamlMapping map)
    {
        string title = IntegrationSection.Text(map, "title");
        if (title.Length == 0)
        {
            map.Refuse("missing title in Mattermost field configuration");
        }

        if (IntegrationSection.Text(map, "value").Length == 0)
        {
            map.Refuse("missing value in Mattermost field configuration");
        }

        map.Bool("short");
        return title;
    }

    private static string ReadAttachment(YamlMapping map)
    {
        foreach (string key in AttachmentTexts)
        {
            IntegrationSection.Text(map, key);
        }

        map.Sections("fields", "mattermost.plain", ReadField, null);
        return "";
    }

    private static string ReadPriority(YamlMapping map)
    {
        map.Bool("requested_ack");
        map.Bool("persistent_notifications");
        return IntegrationSection.Text(map, "priority");
    }
}
