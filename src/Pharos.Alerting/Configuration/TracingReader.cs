using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration;

/// <summary>The <c>tracing</c> section: checked; this version sends no traces.</summary>
internal static class TracingReader
{
    public static void Read(YamlMapping map)
    {
        if (map.OptionalSection("tracing", "tracing.plain", ReadSection) is not null)
        {
            map.Warn("tracing", "tracing is not available: no traces are sent");
        }
    }

    private static string ReadSection(YamlMapping map)
    {
        map.Choice(
            "client_type",
            "grpc",
            static type => $"expected tracing client type to be to be http or grpc, but got {type}",
            "http", "grpc");
        string endpoint = map.String("endpoint");
        map.Double("sampling_fraction");
        map.Bool("insecure");
        map.OptionalSection("tls_config", "config.plain", TlsConfig.Read);
        map.Take("headers");
        if (map.String("compression") is { Length: > 0 } compression && compression != "gzip")
        {
            map.Refuse("compression", $"invalid compression type {compression} provided, valid options: gzip");
        }

        map.Duration("timeout");
        if (endpoint.Length == 0)
        {
            map.Refuse("tracing endpoint must be set");
        }

        return endpoint;
    }
}
