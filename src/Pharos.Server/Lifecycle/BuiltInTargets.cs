using Pharos.Scrape;
using Pharos.Server.Configuration;
using Pharos.Server.Metrics;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>What runs when nobody configured anything: the server watches itself, in process.</summary>
internal sealed class BuiltInTargets : IConfigSource
{
    private const string SelfJob = "pharos";

    private readonly ServerOptions _options;

    public BuiltInTargets(ServerOptions options)
    {
        _options = options;
    }

    public string Name => "built-in defaults";

    /// <summary>The jobs that are served in process; none where a file is the configuration.</summary>
    public static IReadOnlyDictionary<string, IExpositionSource> Sources(ServerOptions options, MetricRegistry registry)
    {
        if (options.ConfigFile is not null)
        {
            return new Dictionary<string, IExpositionSource>();
        }

        return new Dictionary<string, IExpositionSource>(StringComparer.Ordinal) { [SelfJob] = new SelfExposition(registry) };
    }

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
        return PrometheusConfigReader.Parse(yaml, Name);
    }
}
