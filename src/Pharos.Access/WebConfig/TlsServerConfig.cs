using System.Net.Security;
using System.Security.Authentication;
using Pharos.Config;

namespace Pharos.Access.WebConfig;

/// <summary><c>tls_server_config</c>. Paths are absolute.</summary>
public sealed record TlsServerConfig
{
    /// <summary>The chain as PEM; empty when it is in a file.</summary>
    public string Cert { get; init; } = "";

    /// <summary>The key as PEM.</summary>
    public Secret Key { get; init; }

    /// <summary>The client CAs as PEM.</summary>
    public string ClientCa { get; init; } = "";

    /// <summary>The file of the chain.</summary>
    public string CertFile { get; init; } = "";

    public string KeyFile { get; init; } = "";

    /// <summary>The file of the client CAs.</summary>
    public string ClientCaFile { get; init; } = "";

    /// <summary>What is asked of clients.</summary>
    public ClientAuthType ClientAuth { get; init; }

    /// <summary>One of these names must stand in a client's certificate; null when nothing was said.</summary>
    public IReadOnlyList<string>? ClientAllowedSans { get; init; }

    /// <summary>For TLS up to 1.2, in order of preference; empty for the TLS library's choice.</summary>
    public IReadOnlyList<TlsCipherSuite> CipherSuites { get; init; } = [];

    /// <summary>All versions between the two bounds.</summary>
    public SslProtocols Versions { get; init; }

    /// <summary>Whether any field was given that means TLS.</summary>
    public bool IsEnabled { get; init; }
}
