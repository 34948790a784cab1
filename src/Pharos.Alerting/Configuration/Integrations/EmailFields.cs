using Pharos.Config.Http;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration.Integrations;

/// <summary>Reads and checks <c>email_configs</c>.</summary>
internal static class EmailFields
{
    public static void Read(IntegrationSection section)
    {
        YamlMapping map = section.Map;
        section.ReadCommon(sendResolved: false, hasHttp: false);
        bool hasTo = section.Text("to").Length > 0;
        bool hasFrom = section.Text("from").Length > 0;
        section.Texts("hello");
        HostPort smarthost = map.Parse("smarthost", default, default, HostPort.Parse, "an address such as mail.example.com:587");
        map.Record("smarthost", CanonicalScalar.OfText(smarthost.ToString()));
        section.Texts("auth_username");
        section.SecretOrFileTogether("auth_password");
        section.SecretOrFileTogether("auth_secret");
        section.Texts("auth_identity");
        IReadOnlyDictionary<string, string> headers = map.StringMap("headers");
        section.Text("html", "{{ template \"email.default.html\" . }}");
        section.Texts("text");
        OptionalBool(map, "require_tls");
        map.OptionalSection("tls_config", "config.plain", TlsConfig.Read);
        OptionalBool(map, "force_implicit_tls");
        map.OptionalSection("threading", "config.ThreadingConfig", m => ReadThreading(m, headers));
        section.Require(hasTo, "missing to address in email config");
        if (headers.Keys.GroupBy(static h => h, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static g => g.Count() > 1) is { } twice)
        {
            map.RefuseShape("headers", $"duplicate header {GoQuote.Quote(twice.Key)} in email config", "each header once, whatever its case");
        }

        section.Require(smarthost.ToString().Length > 0 || section.Global.HasAny("smtp_smarthost"), "no global SMTP smarthost set");
        section.Require(hasFrom || section.Global.HasAny("smtp_from"), "no global SMTP from set");
    }

    private static string ReadThreading(YamlMapping map, IReadOnlyDictionary<string, string> headers)
    {
        bool isEnabled = map.Bool("enabled");
        string byDate = map.String("thread_by_date");
        if (isEnabled)
        {
            foreach (string header in (string[])["References", "In-Reply-To"])
            {
                if (headers.Keys.Contains(header, StringComparer.OrdinalIgnoreCase))
                {
                    map.Refuse("enabled", $"conflicting configuration: threading.enabled conflicts with custom {header} header");
                }
            }

            if (byDate is not ("none" or "daily"))
            {
                map.Refuse("thread_by_date", "threading.thread_by_date must be either 'none' or 'daily'");
            }
        }

        return byDate;
    }

    private static void OptionalBool(YamlMapping map, string key)
    {
        map.Take(key);
        if (map.Has(key))
        {
            map.Bool(key, always: true);
        }
    }
}
