using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Server.Configuration;

/// <summary>The <c>tracing</c> section: where spans would be sent.</summary>
public sealed record TracingConfig
{
    /// <summary><c>grpc</c> or <c>http</c>.</summary>
    public string ClientType { get; init; } = "grpc";

    public string Endpoint { get; init; } = "";

    /// <summary>0 to 1.</summary>
    public double SamplingFraction { get; init; }

    /// <summary>Without TLS.</summary>
    public bool Insecure { get; init; }

    public TlsConfig Tls { get; init; } = new();

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary><c>gzip</c>, or empty for none.</summary>
    public string Compression { get; init; } = "";

    public TimeSpan Timeout { get; init; }

    internal static TracingConfig Read(YamlMapping map)
    {
        var config = new TracingConfig
        {
            ClientType = map.Choice("client_type", "grpc", static v => $"expected tracing client type to be to be http or grpc, but got {v}", "http", "grpc"),
            Endpoint = map.String("endpoint"),
            SamplingFraction = map.Double("sampling_fraction"),
            Insecure = map.Bool("insecure"),
            Tls = map.Section("tls_config", "config.plain", TlsConfig.Read, static () => new TlsConfig()),
            Headers = map.StringMap("headers", static (name, _) => ReservedHeaders.Check(name, "custom authorization header configuration is not yet supported")),
            Compression = map.String("compression"),
            Timeout = map.Duration("timeout"),
        };
        if (config.Endpoint.Length == 0)
        {
            map.Refuse("endpoint", "tracing endpoint must be set", "host:port of a collector");
        }

        if (config.Compression is not ("" or "gzip"))
        {
            map.Refuse("compression", $"invalid compression type {config.Compression} provided, valid options: gzip");
        }

        map.Diagnostics.Warn(map.Position, "tracing: not yet supported: no spans are sent");
        return config;
    }
}
