using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads <c>slack_configs</c>.</summary>
internal static class SlackFields
{
    private const string PostMessage = "https://slack.com/api/chat.postMessage";

    public static SlackConfig Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: false);
        SlackConfig config = ReadTexts(section, ReadAddress(section)) with
        {
            LinkNames = map.Bool("link_names", always: true),
            MrkdwnIn = map.Strings("mrkdwn_in"),
            Actions = map.Sections("actions", "config.plain", ReadAction, "empty Slack action"),
            UpdateMessage = map.Bool("update_message", always: true),
            Timeout = map.GoDuration("timeout"),
        };
        if (config.UpdateMessage && config.ApiUrl.Reveal() != PostMessage)
        {
            map.Refuse("update_message", $"update_message can only be used with bot tokens. api_url must be set to {PostMessage}");
        }

        if (config.UpdateMessage)
        {
            map.Warn("update_message", "update_message is not available: every message is a new one");
        }

        return config;
    }

    private static SlackConfig ReadAddress(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        AlertmanagerGlobalConfig global = section.Global;
        var url = new Secret(map.HttpUrl("api_url", isSecret: true) ?? "");
        string urlFile = map.Path("api_url_file");
        Secret token = map.Secret("app_token");
        string tokenFile = map.Path("app_token_file");
        string appUrl = map.HttpUrl("app_url") ?? global.SlackAppUrl;
        section.Require(url.IsEmpty || urlFile.Length == 0, "at most one of api_url & api_url_file must be configured");
        section.Require(token.IsEmpty || tokenFile.Length == 0, "at most one of app_token & app_token_file must be configured");
        bool hasToken = !token.IsEmpty || tokenFile.Length > 0;
        section.Require((url.IsEmpty && urlFile.Length == 0) || !hasToken, "at most one of api_url/api_url_file & app_token/app_token_file must be configured");

        // A section that says how it signs in or where it sends does not take the global token.
        if (!hasToken && section.OwnHttp?.Authorization is null && url.IsEmpty)
        {
            (token, tokenFile) = (global.SlackAppToken, global.SlackAppTokenFile);
            hasToken = !token.IsEmpty || tokenFile.Length > 0;
        }

        if (url.IsEmpty && urlFile.Length == 0)
        {
            (url, urlFile) = (global.SlackApiUrl, global.SlackApiUrlFile);
        }

        section.Require(!url.IsEmpty || urlFile.Length > 0 || hasToken, "no Slack API URL nor App token set either inline or in a file");
        HttpClientConfig http = section.Http;
        if (hasToken)
        {
            section.Require(http.Authorization is null, "http authorization can't be set when using Slack App tokens");
            http = http with { Authorization = new AuthorizationConfig { Credentials = token, CredentialsFile = tokenFile } };
            (url, urlFile) = (new Secret(appUrl), "");
        }

        return new SlackConfig
        {
            Kind = section.Kind,
            Index = section.Index,
            SendResolved = section.SendsResolved,
            Position = map.Position,
            Http = http,
            ApiUrl = url,
            ApiUrlFile = urlFile,
        };
    }

    private static SlackConfig ReadTexts(IntegrationSection section, SlackConfig config) => config with
    {
        Channel = section.Text("channel"),
        Username = section.Text("username", Default("username")),
        Color = section.Text("color", Default("color")),
        Title = section.Text("title", Default("title")),
        TitleLink = section.Text("title_link", Default("titlelink")),
        Pretext = section.Text("pretext", Default("pretext")),
        Text = section.Text("text", Default("text")),
        MessageText = section.Text("message_text"),
        Fields = section.Map.Sections("fields", "config.plain", ReadField, "empty Slack field"),
        ShortFields = section.Map.Bool("short_fields", always: true),
        Footer = section.Text("footer", Default("footer")),
        Fallback = section.Text("fallback", Default("fallback")),
        CallbackId = section.Text("callback_id", Default("callbackid")),
        IconEmoji = section.Text("icon_emoji", Default("iconemoji")),
        IconUrl = section.Text("icon_url", Default("iconurl")),
        ImageUrl = section.Text("image_url"),
        ThumbUrl = section.Text("thumb_url"),
    };

    private static string Default(string part) => $"{{{{ template \"slack.default.{part}\" . }}}}";

    private static SlackField ReadField(YamlMapping map)
    {
        var field = new SlackField(IntegrationSection.Text(map, "title"), IntegrationSection.Text(map, "value"), map.Has("short") ? map.Bool("short", always: true) : null);
        map.Take("short");
        RefuseEmpty(map, field.Title, "missing title in Slack field configuration");
        RefuseEmpty(map, field.Value, "missing value in Slack field configuration");
        return field;
    }

    private static SlackAction ReadAction(YamlMapping map)
    {
        var action = new SlackAction
        {
            Type = IntegrationSection.Text(map, "type"),
            Text = IntegrationSection.Text(map, "text"),
            Url = IntegrationSection.Text(map, "url"),
            Style = IntegrationSection.Text(map, "style"),
            Name = IntegrationSection.Text(map, "name"),
            Value = IntegrationSection.Text(map, "value"),
            Confirm = map.OptionalSection("confirm", "config.plain", ReadConfirmation),
        };
        RefuseEmpty(map, action.Type, "missing type in Slack action configuration");
        RefuseEmpty(map, action.Text, "missing text in Slack action configuration");
        RefuseEmpty(map, action.Url + action.Name, "missing name or url in Slack action configuration");
        return action.Url.Length > 0 ? action with { Name = "", Value = "", Confirm = null } : action;
    }

    private static SlackConfirmation ReadConfirmation(YamlMapping map)
    {
        string text = IntegrationSection.Text(map, "text");
        var confirmation = new SlackConfirmation(
            text,
            IntegrationSection.Text(map, "title"),
            IntegrationSection.Text(map, "ok_text"),
            IntegrationSection.Text(map, "dismiss_text"));
        RefuseEmpty(map, text, "missing text in Slack confirmation configuration");
        return confirmation;
    }

    private static void RefuseEmpty(YamlMapping map, string value, string message)
    {
        if (value.Length == 0)
        {
            map.Refuse(message);
        }
    }
}
