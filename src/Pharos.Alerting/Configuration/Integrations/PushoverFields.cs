using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>pushover_configs</c>.</summary>
internal static class PushoverFields
{
    public static void Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: true);
        bool hasUser = section.SecretOrFile("user_key");
        bool hasToken = section.SecretOrFile("token");
        section.Text("title", "{{ template \"pushover.default.title\" . }}");
        section.Text("message", "{{ template \"pushover.default.message\" . }}");
        section.Text("url", "{{ template \"pushover.default.url\" . }}");
        section.Texts("url_title", "device", "sound");
        section.Text("priority", "{{ if eq .Status \"firing\" }}2{{ else }}0{{ end }}");
        ReadDuration(map, "retry", TimeSpan.FromMinutes(1));
        ReadDuration(map, "expire", TimeSpan.FromHours(1));
        ReadDuration(map, "ttl", TimeSpan.Zero);
        bool isHtml = map.Bool("html");
        bool isMonospace = map.Bool("monospace");
        section.Require(hasUser, "one of user_key or user_key_file must be configured");
        section.Require(hasToken, "one of token or token_file must be configured");
        section.Require(!isHtml || !isMonospace, "at most one of monospace & html must be configured");
    }

    private static void ReadDuration(YamlMapping map, string key, TimeSpan absent)
    {
        TimeSpan value = map.Parse(
            key,
            absent,
            TimeSpan.Zero,
            static text => GoDurationText.TryParse(text, out TimeSpan duration) ? duration : throw new FormatException($"time: invalid duration {GoQuote.Quote(text)}"),
            "a duration such as 30s or 1h");
        if (value != TimeSpan.Zero)
        {
            map.Record(key, CanonicalScalar.OfText(GoDurationText.Format(value)));
        }
    }
}
