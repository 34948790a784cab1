using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration;

/// <summary>Reads the <c>global</c> section.</summary>
internal sealed class GlobalReader
{
    // Fields that may be given as a text or as a file, not both.
    private static readonly string[] Pairs =
    [
        "slack_app_token", "slack_api_url", "opsgenie_api_key", "victorops_api_key", "telegram_bot_token", "smtp_auth_password", "rocketchat_token",
        "rocketchat_token_id", "smtp_auth_secret", "wechat_api_secret", "mattermost_webhook_url",
    ];

    private readonly YamlMapping _map;
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    private GlobalReader(YamlMapping map)
    {
        _map = map;
    }

    public static AlertmanagerGlobalConfig Read(YamlMapping map) => new GlobalReader(map).Read();

    private AlertmanagerGlobalConfig Read()
    {
        var config = new AlertmanagerGlobalConfig
        {
            ResolveTimeout = _map.Duration("resolve_timeout", TimeSpan.FromMinutes(5), always: true),
            Http = _map.Section("http_config", "config.plain", static m => HttpClientConfig.Read(m), static () => new HttpClientConfig()),
        };
        Url("jira_api_url");
        ReadMail();
        config = ReadSlack(config);
        ReadOthers();
        foreach (string pair in Pairs)
        {
            RefuseBoth(pair);
        }

        return config with { Given = _given };
    }

    private void ReadMail()
    {
        Text("smtp_from");
        Text("smtp_hello", "localhost");
        HostPort smarthost = _map.Parse("smtp_smarthost", default, default, HostPort.Parse, "an address such as mail.example.com:587");
        Note("smtp_smarthost", smarthost.ToString());
        _map.Record("smtp_smarthost", CanonicalScalar.OfText(smarthost.ToString()));
        Text("smtp_auth_username");
        Hidden("smtp_auth_password");
        File("smtp_auth_password_file");
        Hidden("smtp_auth_secret");
        File("smtp_auth_secret_file");
        Text("smtp_auth_identity");
        _map.Bool("smtp_require_tls", absent: true, always: true);
        _map.OptionalSection("smtp_tls_config", "config.plain", TlsConfig.Read);
        if (_map.Has("smtp_force_implicit_tls"))
        {
            _map.Bool("smtp_force_implicit_tls", always: true);
        }

        _map.Take("smtp_force_implicit_tls");
    }

    private AlertmanagerGlobalConfig ReadSlack(AlertmanagerGlobalConfig config)
    {
        config = config with
        {
            SlackApiUrl = new Secret(SecretUrl("slack_api_url") ?? ""),
            SlackApiUrlFile = File("slack_api_url_file"),
            SlackAppToken = Hidden("slack_app_token"),
            SlackAppTokenFile = File("slack_app_token_file"),
            SlackAppUrl = Url("slack_app_url", config.SlackAppUrl) ?? config.SlackAppUrl,
        };
        bool hasToken = !config.SlackAppToken.IsEmpty || config.SlackAppTokenFile.Length > 0;
        bool hasUrl = !config.SlackApiUrl.IsEmpty || config.SlackApiUrlFile.Length > 0;

        // The API's own address beside a token is how bots were configured before there were tokens.
        if (hasToken && hasUrl && config.SlackApiUrl.Reveal() != config.SlackAppUrl)
        {
            _map.RefuseShape(
                config.SlackApiUrl.IsEmpty ? "slack_api_url_file" : "slack_api_url",
                "at most one of slack_app_token/slack_app_token_file & slack_api_url/slack_api_url_file must be configured",
                "one of them");
        }

        return config;
    }

    private void ReadOthers()
    {
        Url("pagerduty_url", "https://events.pagerduty.com/v2/enqueue");
        Url("opsgenie_api_url", "https://api.opsgenie.com/");
        Hidden("opsgenie_api_key");
        File("opsgenie_api_key_file");
        Url("wechat_api_url", "https://qyapi.weixin.qq.com/cgi-bin/");
        Hidden("wechat_api_secret");
        File("wechat_api_secret_file");
        Text("wechat_api_corp_id");
        Url("victorops_api_url", "https://alert.victorops.com/integrations/generic/20131114/alert/");
        Hidden("victorops_api_key");
        File("victorops_api_key_file");
        Url("telegram_api_url", "https://api.telegram.org");
        Hidden("telegram_bot_token");
        File("telegram_bot_token_file");
        Url("webex_api_url", "https://webexapis.com/v1/messages");
        Url("rocketchat_api_url", "https://open.rocket.chat/");
        Hidden("rocketchat_token");
        File("rocketchat_token_file");
        Hidden("rocketchat_token_id");
        File("rocketchat_token_id_file");
        SecretUrl("mattermost_webhook_url");
        File("mattermost_webhook_url_file");
    }

    private void RefuseBoth(string key)
    {
        string file = key + "_file";
        if (_given.Contains(key) && _given.Contains(file))
        {
            _map.RefuseShape(key, $"at most one of {key} & {file} must be configured", "one of them");
        }
    }

    private void Text(string key, string absent = "") => Note(key, _map.String(key, absent));

    private Secret Hidden(string key)
    {
        Secret value = _map.Secret(key);
        Note(key, value.Reveal());
        return value;
    }

    private string File(string key)
    {
        string path = _map.Path(key);
        Note(key, path);
        return path;
    }

    private string? SecretUrl(string key)
    {
        string? url = _map.HttpUrl(key, isSecret: true);
        Note(key, url ?? "");
        return url;
    }

    private string? Url(string key, string? absent = null)
    {
        string? url = _map.HttpUrl(key);
        if (url is null && absent is not null && !_map.Has(key))
        {
            _map.Record(key, CanonicalScalar.OfText(absent));
        }

        Note(key, url ?? absent ?? "");
        return url ?? absent;
    }

    private void Note(string key, string value)
    {
        if (value.Length > 0)
        {
            _given.Add(key);
        }
    }
}
