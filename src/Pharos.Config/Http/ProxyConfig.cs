using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>Which proxy requests go through.</summary>
public sealed record ProxyConfig
{
    /// <summary>Null or empty: none.</summary>
    public ConfigUrl? Url { get; init; }

    /// <summary>Hosts, domains and networks that are reached without it, separated by commas.</summary>
    public string NoProxy { get; init; } = "";

    /// <summary>Take <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c> and <c>NO_PROXY</c> of the environment.</summary>
    public bool FromEnvironment { get; init; }

    /// <summary>Headers of CONNECT requests.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Secret>> ConnectHeader { get; init; } = new Dictionary<string, IReadOnlyList<Secret>>();

    /// <summary>Reads the fields from the section that they are part of.</summary>
    internal static ProxyConfig Read(YamlMapping map)
    {
        var config = new ProxyConfig
        {
            Url = map.Url("proxy_url"),
            NoProxy = map.String("no_proxy"),
            FromEnvironment = map.Bool("proxy_from_environment"),
            ConnectHeader = ReadConnectHeader(map),
        };
        bool hasUrl = config.Url is { IsEmpty: false };
        if (config.ConnectHeader.Count > 0 && !config.FromEnvironment && !hasUrl)
        {
            map.Refuse("proxy_connect_header", "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured");
        }

        if (config.FromEnvironment && hasUrl)
        {
            map.Refuse("proxy_url", "if proxy_from_environment is configured, proxy_url must not be configured");
        }

        if (config.FromEnvironment && config.NoProxy.Length > 0)
        {
            map.Refuse("no_proxy", "if proxy_from_environment is configured, no_proxy must not be configured");
        }
        else if (config.Url is null && config.NoProxy.Length > 0)
        {
            map.Refuse("no_proxy", "if no_proxy is configured, proxy_url must also be configured");
        }

        return config;
    }

    private static Dictionary<string, IReadOnlyList<Secret>> ReadConnectHeader(YamlMapping map)
    {
        var headers = new Dictionary<string, IReadOnlyList<Secret>>(StringComparer.Ordinal);
        var shown = new CanonicalMapping();
        foreach (YamlEntry entry in map.Entries("proxy_connect_header", "config.ProxyHeader"))
        {
            List<Secret> values = map.TextsOf(entry.Value, "[]config.Secret").ConvertAll(static v => new Secret(v));
            headers[entry.Key.Text] = values;
            shown.Add(entry.Key.Text, new CanonicalList([.. values.Select(CanonicalScalar.OfSecret)]));
        }

        map.Record("proxy_connect_header", shown);
        return headers;
    }
}
