using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>How a part talks HTTP to others: sign-in, TLS, proxy, redirects. Its fields stand in the section of the part itself.</summary>
public sealed record HttpClientConfig
{
    public BasicAuthConfig? BasicAuth { get; init; }

    /// <summary>From <c>authorization</c>, or from the older <c>bearer_token</c> and <c>bearer_token_file</c>.</summary>
    public AuthorizationConfig? Authorization { get; init; }

    public OAuth2Config? OAuth2 { get; init; }

    public TlsConfig Tls { get; init; } = new();

    public bool FollowRedirects { get; init; } = true;

    public bool EnableHttp2 { get; init; } = true;

    public ProxyConfig Proxy { get; init; } = new();

    /// <summary>Headers that are added to each request, by name.</summary>
    public IReadOnlyDictionary<string, HttpHeaderConfig> Headers { get; init; } = new Dictionary<string, HttpHeaderConfig>();

    /// <summary>Whether the old <c>bearer_token</c> or <c>bearer_token_file</c> was written; for messages of sections that forbid it.</summary>
    public bool UsesBearerToken { get; init; }

    /// <summary>Whether one way to sign in is configured.</summary>
    public bool HasAuthentication => BasicAuth is not null || Authorization is not null || OAuth2 is not null;

    /// <summary>Reads the fields from the section that they are part of.</summary>
    /// <param name="map">The section.</param>
    /// <param name="enableHttp2">The default of <c>enable_http2</c>; remote write has another.</param>
    public static HttpClientConfig Read(YamlMapping map, bool enableHttp2 = true)
    {
        BasicAuthConfig? basicAuth = map.OptionalSection("basic_auth", "config.plain", BasicAuthConfig.Read);
        AuthorizationConfig? authorization = map.OptionalSection("authorization", "config.Authorization", AuthorizationConfig.Read);
        OAuth2Config? oauth2 = map.OptionalSection("oauth2", "config.plain", OAuth2Config.Read);
        (Secret token, string tokenFile) = ReadBearerToken(map);
        var config = new HttpClientConfig
        {
            BasicAuth = basicAuth,
            Authorization = authorization ?? FromBearerToken(map, token, tokenFile),
            OAuth2 = oauth2,
            Tls = map.Section("tls_config", "config.plain", TlsConfig.Read, static () => new TlsConfig()),
            FollowRedirects = map.Bool("follow_redirects", absent: true, always: true),
            EnableHttp2 = map.Bool("enable_http2", enableHttp2, always: true),
            Proxy = ProxyConfig.Read(map),
            Headers = map.Headers("http_headers"),
            UsesBearerToken = !token.IsEmpty || tokenFile.Length > 0,
        };
        AuthRules.Check(map, config, !token.IsEmpty, tokenFile.Length > 0);
        return config;
    }

    private static (Secret Token, string File) ReadBearerToken(YamlMapping map)
    {
        string token = map.Parse("bearer_token", "", "", static text => text, "a text");
        string file = map.Parse("bearer_token_file", "", "", static text => text, "a path");
        string path = map.Diagnostics.Resolve(file);
        if (path.Length > 0)
        {
            map.Diagnostics.NeedFile(map.PositionOf("bearer_token_file"), path);
        }

        return (new Secret(token), path);
    }

    // Shown as what it stands for, as upstream.
    private static AuthorizationConfig? FromBearerToken(YamlMapping map, Secret token, string file)
    {
        if (token.IsEmpty && file.Length == 0)
        {
            return null;
        }

        var shown = new CanonicalMapping();
        shown.Add("type", CanonicalScalar.OfText("Bearer"));
        shown.Add(token.IsEmpty ? "credentials_file" : "credentials", token.IsEmpty ? CanonicalScalar.OfText(file) : CanonicalScalar.OfSecret(token));
        map.Record("authorization", shown);
        return new AuthorizationConfig { Credentials = token, CredentialsFile = token.IsEmpty ? file : "" };
    }
}
