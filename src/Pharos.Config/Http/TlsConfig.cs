using System.Security.Authentication;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>How the other side of a TLS connection is judged, and what is shown to it. Each part is given in one of three ways at most.</summary>
public sealed record TlsConfig
{
    private static readonly (string Name, SslProtocols Version)[] Versions =
    [
#pragma warning disable SYSLIB0039, CA5397 // Old versions are the operator's choice, as upstream.
        ("TLS10", SslProtocols.Tls),
        ("TLS11", SslProtocols.Tls11),
#pragma warning restore SYSLIB0039, CA5397
        ("TLS12", SslProtocols.Tls12),
        ("TLS13", SslProtocols.Tls13),
    ];

    /// <summary>Certificates of authorities in PEM.</summary>
    public string Ca { get; init; } = "";

    /// <summary>The client certificate in PEM.</summary>
    public string Cert { get; init; } = "";

    /// <summary>The client key in PEM.</summary>
    public Secret Key { get; init; }

    public string CaFile { get; init; } = "";

    public string CertFile { get; init; } = "";

    public string KeyFile { get; init; } = "";

    /// <summary>The name in a secret manager.</summary>
    public string CaRef { get; init; } = "";

    /// <summary>The name in a secret manager.</summary>
    public string CertRef { get; init; } = "";

    /// <summary>The name in a secret manager.</summary>
    public string KeyRef { get; init; } = "";

    /// <summary>The name that the certificate must bear; empty: the host of the URL.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>Take any certificate.</summary>
    public bool InsecureSkipVerify { get; init; }

    /// <summary>The oldest version; none: the runtime's choice.</summary>
    public SslProtocols MinVersion { get; init; }

    /// <summary>The newest version; none: the runtime's choice.</summary>
    public SslProtocols MaxVersion { get; init; }

    /// <summary>Whether a client certificate is configured.</summary>
    public bool HasClientCertificate => Cert.Length > 0 || CertFile.Length > 0 || CertRef.Length > 0;

    /// <summary>Reads a <c>tls_config</c> section.</summary>
    public static TlsConfig Read(YamlMapping map)
    {
        var config = new TlsConfig
        {
            Ca = map.String("ca"),
            Cert = map.String("cert"),
            Key = map.Secret("key"),
            CaFile = map.Path("ca_file"),
            CertFile = map.Path("cert_file"),
            KeyFile = map.Path("key_file"),
            CaRef = map.String("ca_ref"),
            CertRef = map.String("cert_ref"),
            KeyRef = map.String("key_ref"),
            ServerName = map.String("server_name"),
            InsecureSkipVerify = map.Bool("insecure_skip_verify", always: true),
            MinVersion = ReadVersion(map, "min_version"),
            MaxVersion = ReadVersion(map, "max_version"),
        };
        config.Check(map);
        return config;
    }

    private static SslProtocols ReadVersion(YamlMapping map, string key)
    {
        SslProtocols version = map.Parse(key, SslProtocols.None, SslProtocols.None, static text => Array.Find(Versions, v => v.Name == text) is { Name: not null } known
            ? known.Version
            : throw new FormatException($"unknown TLS version: {text}"), "one of TLS10, TLS11, TLS12, TLS13");
        map.Record(key, CanonicalScalar.OfText(Array.Find(Versions, v => v.Version == version).Name ?? ""));
        return version;
    }

    private void Check(YamlMapping map)
    {
        bool hasKey = !Key.IsEmpty || KeyFile.Length > 0 || KeyRef.Length > 0;
        if (AuthRules.MoreThanOne(Ca.Length > 0, CaFile.Length > 0, CaRef.Length > 0))
        {
            map.Refuse("at most one of ca, ca_file & ca_ref must be configured");
        }

        if (AuthRules.MoreThanOne(Cert.Length > 0, CertFile.Length > 0, CertRef.Length > 0))
        {
            map.Refuse("at most one of cert, cert_file & cert_ref must be configured");
        }

        if (AuthRules.MoreThanOne(!Key.IsEmpty, KeyFile.Length > 0, KeyRef.Length > 0))
        {
            map.Refuse("at most one of key and key_file must be configured");
        }

        if (HasClientCertificate && !hasKey)
        {
            map.Refuse("exactly one of key or key_file must be configured when a client certificate is configured");
        }
        else if (hasKey && !HasClientCertificate)
        {
            map.Refuse("exactly one of cert or cert_file must be configured when a client key is configured");
        }
    }
}
