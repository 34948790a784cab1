using Pharos.Scrape;
using Pharos.Scrape.Host;
using Pharos.Server.Configuration;
using Pharos.Server.Configuration.Files;
using Pharos.Server.Metrics;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>What runs when nobody configured anything: the server watches itself and this host, both from inside the process.</summary>
internal sealed class BuiltInTargets : IConfigSource
{
    /// <summary>What the server says about itself.</summary>
    public const string SelfPath = "/metrics";

    /// <summary>What the server says about the host on which it runs, as a node exporter would.</summary>
    public const string HostPath = "/metrics/host";

    private const string SelfJob = "pharos";
    private const string HostJob = "node";

    private readonly ServerOptions _options;

    public BuiltInTargets(ServerOptions options)
    {
        _options = options;
    }

    public string Name => "built-in defaults";

    /// <summary>The jobs that are served in process; none where a file is the configuration.</summary>
    public static IReadOnlyDictionary<string, IExpositionSource> Sources(ServerOptions options, IReadOnlyDictionary<string, IExpositionSource> pages) =>
        IsConfigured(options)
            ? new Dictionary<string, IExpositionSource>()
            : pages.ToDictionary(static page => page.Key == HostPath ? HostJob : SelfJob, static page => page.Value, StringComparer.Ordinal);

    /// <summary>The pages of metrics that this server has, by their paths: its own, and those of the host. A configuration may scrape both.</summary>
    public static IReadOnlyDictionary<string, IExpositionSource> Pages(ServerOptions options, MetricRegistry registry, TimeProvider clock)
    {
        var pages = new Dictionary<string, IExpositionSource>(StringComparer.Ordinal) { [SelfPath] = new SelfExposition(registry) };
        if (HasHost(options))
        {
            pages.Add(HostPath, new HostCollector(clock));
        }

        return pages;
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

    private static bool IsConfigured(ServerOptions options) =>
        options.ConfigFile is not null || (options.ConfigFolder is { } folder && ConfigFolder.Scan(folder).PrometheusConfigFile is not null);

    private static bool HasHost(ServerOptions options) => options.HostCollector && HostCollector.IsSupported;
}
