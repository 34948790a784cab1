using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>Fields that configurations of HTTP clients have in common.</summary>
public static class HttpFields
{
    // Headers that carry the connection or that the client itself sets; canonical spelling.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Host", "Content-Encoding", "Content-Length", "Content-Type", "User-Agent", "Connection", "Keep-Alive", "Proxy-Authenticate",
        "Proxy-Authorization", "Www-Authenticate", "Accept-Encoding", "X-Prometheus-Remote-Write-Version", "X-Prometheus-Remote-Read-Version",
        "X-Prometheus-Scrape-Timeout-Seconds", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256",
    };

    /// <summary>A URL; null where the field is absent or null. Its password is neither shown nor printed.</summary>
    public static ConfigUrl? Url(this YamlMapping map, string key)
    {
        ConfigUrl? url = map.Parse<ConfigUrl?>(key, null, null, ConfigUrl.Parse, "a URL");
        if (url is not null)
        {
            map.Record(key, url.Password.IsEmpty ? CanonicalScalar.OfText(url.ToString()) : CanonicalScalar.OfRedacted(url.ToString(), url.Text.Reveal()));
        }

        return url;
    }

    /// <summary>Texts that never show.</summary>
    public static IReadOnlyList<Secret> Secrets(this YamlMapping map, string key)
    {
        IReadOnlyList<YamlNode> items = map.Items(key, "[]config.Secret");
        List<Secret> values = items.Count == 0 ? [] : map.TextsOf(map.Take(key)!, "[]config.Secret").ConvertAll(static v => new Secret(v));
        map.Record(key, new CanonicalList([.. values.Select(CanonicalScalar.OfSecret)]));
        return values;
    }

    /// <summary>Headers that are added to each request, by name.</summary>
    internal static IReadOnlyDictionary<string, HttpHeaderConfig> Headers(this YamlMapping map, string key)
    {
        var headers = new SortedDictionary<string, HttpHeaderConfig>(StringComparer.Ordinal);
        var shown = new SortedDictionary<string, CanonicalNode>(StringComparer.Ordinal);
        foreach (YamlEntry entry in map.Entries(key, "config.Headers"))
        {
            string name = entry.Key.Text;
            if (Reserved.TryGetValue(name, out string? reserved))
            {
                map.Diagnostics.Error(entry.Key.Position, $"setting header {ConfigText.Quote(reserved)} is not allowed", name);
            }

            headers[name] = YamlMapping.Read(entry.Value, "config.Header", entry.Value.Position, map.Diagnostics, HttpHeaderConfig.Read, out CanonicalMapping canonical) ?? new();
            shown[name] = canonical;
        }

        var printed = new CanonicalMapping();
        foreach ((string name, CanonicalNode value) in shown)
        {
            printed.Add(name, value);
        }

        map.Record(key, printed);
        return headers;
    }
}
