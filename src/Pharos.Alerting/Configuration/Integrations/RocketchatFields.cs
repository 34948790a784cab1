using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>rocketchat_configs</c>.</summary>
internal static class RocketchatFields
{
    public static void Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: false);
        map.HttpUrl("api_url");
        bool hasId = section.SecretOrFile("token_id");
        bool hasToken = section.SecretOrFile("token");
        section.Texts("channel");
        section.Text("color", "{{ if eq .Status \"firing\" }}red{{ else }}green{{ end }}");
        section.Text("title", "{{ template \"rocketchat.default.title\" . }}");
        section.Text("title_link", "{{ template \"rocketchat.default.titlelink\" . }}");
        section.Text("text", "{{ template \"rocketchat.default.text\" . }}");
        map.Sections("fields", "rocketchat.RocketchatAttachmentField", ReadField, null);
        map.Bool("short_fields", always: true);
        section.Text("emoji", "{{ template \"rocketchat.default.emoji\" . }}");
        section.Text("icon_url", "{{ template \"rocketchat.default.iconurl\" . }}");
        section.Texts("image_url", "thumb_url");
        map.Bool("link_names", always: true);
        map.Sections("actions", "rocketchat.RocketchatAttachmentAction", ReadAction, null);
        section.Require(
            hasId || section.Global.HasAny("rocketchat_token_id", "rocketchat_token_id_file"),
            "no global Rocketchat TokenID set either inline or in a file");
        section.Require(
            hasToken || section.Global.HasAny("rocketchat_token", "rocketchat_token_file"),
            "no global Rocketchat Token set either inline or in a file");
    }

    // Upstream names these fields by what Go makes of them: lower case, no underscores.
    private static string ReadField(YamlMapping map)
    {
        map.Bool("short");
        IntegrationSection.Text(map, "value");
        return IntegrationSection.Text(map, "title");
    }

    private static string ReadAction(YamlMapping map)
    {
        map.Bool("iswebview");
        map.Bool("msginchatwindow");
        foreach (string key in (string[])["text", "url", "imageurl", "webviewheightratio", "msg", "msgprocessingtype"])
        {
            IntegrationSection.Text(map, key);
        }

        return IntegrationSection.Text(map, "type");
    }
}
