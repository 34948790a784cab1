using Pharos.Scrape;
using Pharos.Scrape.Host;
using Pharos.Server.Configuration;
using Pharos.Server.Metrics;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>What runs when nobody configured anything: the server watches itself and this host, both from inside the process.</summary>
internal sealed class BuiltInTargets : IConfigSource
{
    private const string SelfJob = "pharos";
    private const string HostJob = "node";

    private readonly ServerOptions _options;

    public BuiltInTargets(ServerOptions options)
    {
        _options = options;
    }

    public string Name => "built-in defaults";

    /// <summary>The jobs that are served in process; none where a file is the configuration.</summary>
    public static IReadOnlyDictionary<string, IExpositionSource> Sources(ServerOptions options, MetricRegistry registry, TimeProvider clock)
    {
        var sources = new Dictionary<string, IExpositionSource>(StringComparer.Ordinal);
        if (options.ConfigFile is null)
        {
            sources.Add(SelfJob, new SelfExposition(registry));
            if (HasHost(options))
            {
                sources.Add(HostJob, new HostCollector(clock));
            }
        }

        return sources;
    }

    public IReadOnlyList<string> Files(PrometheusConfig current) => [];

    public PrometheusConfig Load()
    {
        ListenAddress address = _options.Web.ListenAddresses[0];
        string yaml =
            $"""
            global:
              scrape_interval: 15s
              scrape_timeout: 10s
            scrape_configs:
            - job_name: {SelfJob}
              static_configs:
              - targets: ['{(address.IsAny ? "localhost" : address.Host)}:{address.Port}']

            """;
        if (HasHost(_options))
        {
            yaml +=
                $"""
                - job_name: {HostJob}
                  static_configs:
                  - targets: ['localhost:9100']
                """;
        }

        return PrometheusConfigReader.Parse(yaml, Name) with { IsBuiltIn = true };
    }

    private static bool HasHost(ServerOptions options) => options.HostCollector && HostCollector.IsSupported;
}
