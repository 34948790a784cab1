using System.Net.Security;
using System.Security.Authentication;
using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Access.WebConfig;

/// <summary>Reads <c>tls_server_config</c>.</summary>
internal static class TlsServerConfigReader
{
#pragma warning disable SYSLIB0039, CA5397 // Old versions are the operator's choice, as upstream; the default begins at 1.2.
    private static readonly (string Name, SslProtocols Version)[] Versions =
        [("TLS10", SslProtocols.Tls), ("TLS11", SslProtocols.Tls11), ("TLS12", SslProtocols.Tls12), ("TLS13", SslProtocols.Tls13)];
#pragma warning restore SYSLIB0039, CA5397

    private static readonly string[] Curves = ["CurveP256", "CurveP384", "CurveP521", "X25519"];

    /// <summary>Those that Go holds for secure.</summary>
    private static readonly TlsCipherSuite[] Suites =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    public static TlsServerConfig Read(YamlMapping map)
    {
        string clientAuth = map.String("client_auth_type");
        IReadOnlyList<string> allowedSans = map.Strings("client_allowed_sans");
        var config = new TlsServerConfig
        {
            Cert = map.String("cert"),
            Key = map.Secret("key"),
            ClientCa = map.String("client_ca"),
            CertFile = map.Path("cert_file"),
            KeyFile = map.Path("key_file"),
            ClientCaFile = map.Path("client_ca_file"),
            ClientAuth = ReadClientAuth(map, clientAuth),
            ClientAllowedSans = map.Has("client_allowed_sans") ? allowedSans : null,
            CipherSuites = ReadSuites(map),
            Versions = ReadVersions(map),
        };
        ReadCurves(map);
        _ = map.Bool("prefer_server_cipher_suites", absent: true);
        bool isEnabled = Array.Exists(
            [config.Cert, config.CertFile, config.Key.Reveal(), config.KeyFile, config.ClientCa, config.ClientCaFile, clientAuth],
            static text => text.Length > 0);
        Check(map, config, isEnabled);
        return config with { IsEnabled = isEnabled };
    }

    private static void Check(YamlMapping map, TlsServerConfig config, bool isEnabled)
    {
        if (!isEnabled)
        {
            if (map.Keys.Any())
            {
                map.Diagnostics.Warn(map.Position, "tls_server_config has no certificate: TLS is off");
            }

            return;
        }

        if (config.Cert.Length == 0 && config.CertFile.Length == 0)
        {
            map.Refuse("missing one of cert or cert_file");
        }

        if (config.Key.IsEmpty && config.KeyFile.Length == 0)
        {
            map.Refuse("missing one of key or key_file");
        }

        bool hasClientCa = config.ClientCa.Length > 0 || config.ClientCaFile.Length > 0;
        if (hasClientCa && config.ClientAuth == ClientAuthType.NoClientCert)
        {
            map.Refuse("client CA's have been configured without a Client Auth Policy");
        }

        if (config.ClientAuth is ClientAuthType.RequestClientCert or ClientAuthType.RequireAnyClientCert)
        {
            map.Warn("client_auth_type", $"{config.ClientAuth} does not verify certificates: only RequireAndVerifyClientCert keeps strangers out");
        }

        if (config.Versions == SslProtocols.None)
        {
            map.Refuse("min_version", "min_version is above max_version");
        }
    }

    private static ClientAuthType ReadClientAuth(YamlMapping map, string text)
    {
        if (text.Length == 0)
        {
            return ClientAuthType.NoClientCert;
        }

        // The older word that upstream still takes.
        if (text == "RequireClientCert")
        {
            return ClientAuthType.RequireAnyClientCert;
        }

        string[] names = Enum.GetNames<ClientAuthType>();
        if (names.Contains(text))
        {
            return Enum.Parse<ClientAuthType>(text);
        }

        map.Refuse("client_auth_type", $"invalid ClientAuth: {ConfigText.Shorten(text)}", "one of " + string.Join(", ", names));
        return ClientAuthType.NoClientCert;
    }

    private static List<TlsCipherSuite> ReadSuites(YamlMapping map)
    {
        var suites = new List<TlsCipherSuite>();
        foreach (string name in map.Strings("cipher_suites"))
        {
            int index = Array.FindIndex(Suites, suite => suite.ToString() == name);
            if (index < 0)
            {
                map.Refuse("cipher_suites", $"unknown cipher: {ConfigText.Shorten(name)}", "one of " + string.Join(", ", Suites));
            }
            else
            {
                suites.Add(Suites[index]);
            }
        }

        return suites;
    }

    private static void ReadCurves(YamlMapping map)
    {
        foreach (string name in map.Strings("curve_preferences"))
        {
            if (!Curves.Contains(name))
            {
                map.Refuse("curve_preferences", $"unknown curve: {ConfigText.Shorten(name)}", "one of " + string.Join(", ", Curves));
                return;
            }
        }

        if (map.Has("curve_preferences"))
        {
            map.Warn("curve_preferences", "curve_preferences has no effect here: the TLS library chooses the curve");
        }
    }

    private static SslProtocols ReadVersions(YamlMapping map)
    {
        int min = ReadVersion(map, "min_version", "TLS12");
        int max = ReadVersion(map, "max_version", "TLS13");
        SslProtocols versions = SslProtocols.None;
        for (int i = min; i <= max; i++)
        {
            versions |= Versions[i].Version;
        }

        return versions;
    }

    private static int ReadVersion(YamlMapping map, string key, string absent)
    {
        string name = map.String(key, absent);
        int index = Array.FindIndex(Versions, version => version.Name == name);
        if (index < 0)
        {
            map.Refuse(key, $"unknown TLS version: {ConfigText.Shorten(name)}", "one of TLS10, TLS11, TLS12, TLS13");
            return Array.FindIndex(Versions, version => version.Name == absent);
        }

        return index;
    }
}
