using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Templating;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads <c>webhook_configs</c>.</summary>
internal static class WebhookFields
{
    public static WebhookConfig Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: true);
        Secret url = ReadUrl(map);
        string urlFile = map.Path("url_file");
        var config = new WebhookConfig
        {
            Kind = section.Kind,
            Index = section.Index,
            SendResolved = section.SendsResolved,
            Position = map.Position,
            Http = section.Http,
            Url = url,
            UrlFile = urlFile,
            MaxAlerts = map.Count("max_alerts"),
            Timeout = map.GoDuration("timeout"),
            Payload = map.Take("payload") is { IsNull: false } payload ? payload : null,
        };
        section.Require(!url.IsEmpty || urlFile.Length > 0, "one of url or url_file must be configured");
        section.Require(url.IsEmpty || urlFile.Length == 0, "at most one of url & url_file must be configured");
        if (config.Payload is not null)
        {
            map.Record("payload", AlertingFields.Shown(config.Payload));
            CheckPayload(map, config.Payload);
        }

        return config;
    }

    // A URL, or a template of one: then only that it is well-formed is known.
    private static Secret ReadUrl(YamlMapping map)
    {
        Secret url = map.Secret("url");
        string text = url.Reveal();
        if (text.Length == 0 || text == Secret.Token)
        {
            return url;
        }

        if (text.Contains("{{", StringComparison.Ordinal))
        {
            try
            {
                Template.Parse("", text, TemplateFunctions.Builtin);
            }
            catch (TemplateException)
            {
                // Why is not said: the message would show parts of the URL.
                map.RefuseShape("url", "invalid template syntax", "a URL, or a template of one");
            }
        }
        else if (AlertingFields.UrlProblem(text) is { } problem)
        {
            map.RefuseShape("url", $"invalid URL: {problem}", "a URL such as https://example.com/path");
        }

        return url;
    }

    private static void CheckPayload(YamlMapping map, YamlNode node)
    {
        IntegrationSection.CheckTemplate(map, "payload", node.Text);
        foreach (YamlNode item in node.Items)
        {
            CheckPayload(map, item);
        }

        foreach (YamlEntry entry in node.Entries)
        {
            CheckPayload(map, entry.Key);
            CheckPayload(map, entry.Value);
        }
    }
}
