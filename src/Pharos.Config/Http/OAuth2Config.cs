using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>Where and how an access token is fetched.</summary>
public sealed record OAuth2Config
{
    /// <summary>The grant type of RFC 7523.</summary>
    public const string JwtBearerGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    public string ClientId { get; init; } = "";

    public Secret ClientSecret { get; init; }

    public string ClientSecretFile { get; init; } = "";

    /// <summary>The name in a secret manager.</summary>
    public string ClientSecretRef { get; init; } = "";

    public string ClientCertificateKeyId { get; init; } = "";

    public Secret ClientCertificateKey { get; init; }

    public string ClientCertificateKeyFile { get; init; } = "";

    /// <summary>The name in a secret manager.</summary>
    public string ClientCertificateKeyRef { get; init; } = "";

    /// <summary>Empty: <c>client_credentials</c>.</summary>
    public string GrantType { get; init; } = "";

    /// <summary>Empty: RS256.</summary>
    public string SignatureAlgorithm { get; init; } = "";

    /// <summary>Empty: the client id.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Empty: the token URL.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Further claims of the JWT, each value in YAML's text form.</summary>
    public IReadOnlyDictionary<string, string> Claims { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string TokenUrl { get; init; } = "";

    /// <summary>Further parameters of the token request.</summary>
    public IReadOnlyDictionary<string, string> EndpointParams { get; init; } = new Dictionary<string, string>();

    public TlsConfig Tls { get; init; } = new();

    public ProxyConfig Proxy { get; init; } = new();

    internal static OAuth2Config Read(YamlMapping map)
    {
        var config = new OAuth2Config
        {
            ClientId = map.String("client_id"),
            ClientSecret = map.Secret("client_secret"),
            ClientSecretFile = map.Path("client_secret_file"),
            ClientSecretRef = map.String("client_secret_ref"),
            ClientCertificateKeyId = map.String("client_certificate_key_id"),
            ClientCertificateKey = map.Secret("client_certificate_key"),
            ClientCertificateKeyFile = map.Path("client_certificate_key_file"),
            ClientCertificateKeyRef = map.String("client_certificate_key_ref"),
            GrantType = map.String("grant_type"),
            SignatureAlgorithm = map.String("signature_algorithm"),
            Issuer = map.String("iss"),
            Audience = map.String("audience"),
            Claims = map.StringMap("claims"),
            Scopes = map.Strings("scopes"),
            TokenUrl = map.String("token_url"),
            EndpointParams = map.StringMap("endpoint_params"),
            Tls = map.Section("tls_config", "config.plain", TlsConfig.Read, static () => new TlsConfig()),
            Proxy = ProxyConfig.Read(map),
        };
        config.Check(map);
        return config;
    }

    private void Check(YamlMapping map)
    {
        if (ClientId.Length == 0)
        {
            map.Refuse("client_id", "oauth2 client_id must be configured");
        }

        if (TokenUrl.Length == 0)
        {
            map.Refuse("token_url", "oauth2 token_url must be configured");
        }

        if (GrantType != JwtBearerGrant)
        {
            if (AuthRules.MoreThanOne(!ClientSecret.IsEmpty, ClientSecretFile.Length > 0, ClientSecretRef.Length > 0))
            {
                map.Refuse("at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be configured using grant-type=client_credentials");
            }

            return;
        }

        if (AuthRules.MoreThanOne(!ClientCertificateKey.IsEmpty, ClientCertificateKeyFile.Length > 0, ClientCertificateKeyRef.Length > 0))
        {
            map.Refuse("at most one of oauth2 client_certificate_key, client_certificate_key_file & client_certificate_key_ref must be configured using grant-type=" + JwtBearerGrant);
        }

        if (SignatureAlgorithm is not ("" or "RS256" or "RS384" or "RS512"))
        {
            map.Refuse("signature_algorithm", "valid signature algorithms are RS256, RS384 and RS512");
        }
    }
}
