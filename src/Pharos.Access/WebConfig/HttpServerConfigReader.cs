using System.Net.Security;
using System.Security.Authentication;
using Pharos.Config.Yaml;

namespace Pharos.Access.WebConfig;

/// <summary>Reads <c>http_server_config</c>.</summary>
internal static class HttpServerConfigReader
{
    /// <summary>The headers that may be set, with the values that each may have; none stands for any.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Strict-Transport-Security"] = [],
        ["X-Content-Type-Options"] = ["nosniff"],
        ["X-Frame-Options"] = ["deny", "sameorigin"],
        ["X-XSS-Protection"] = [],
        ["Content-Security-Policy"] = [],
    };

    public static WebConfigFile Read(YamlMapping map) => new()
    {
        Http2 = map.Bool("http2", absent: true),
        Headers = map.StringMap("headers", CheckHeader),
    };

    /// <summary>HTTP/2 demands two cipher suites of TLS 1.2; without them clients would fail after the handshake.</summary>
    public static void CheckHttp2(YamlMapping map, TlsServerConfig tls)
    {
        bool hasOld = (tls.Versions & ~SslProtocols.Tls13) != SslProtocols.None;
        if (hasOld
            && tls.CipherSuites.Count > 0
            && !tls.CipherSuites.Contains(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
            && !tls.CipherSuites.Contains(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256))
        {
            map.Refuse("http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher (need at least one of "
                + "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256), or http2: false");
        }
    }

    private static string? CheckHeader(string name, string value)
    {
        if (!Allowed.TryGetValue(name, out string[]? values))
        {
            return $"HTTP header \"{name}\" can not be configured";
        }

        if (value.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            return $"invalid value for {name}: a header is one line";
        }

        return values.Length == 0 || values.Contains(value)
            ? null
            : $"invalid value for {name}. Expected one of: [{string.Join(" ", values.Select(static v => $"\"{v}\""))}], but got: \"{value}\"";
    }
}
