using Pharos.Core.Contracts;
using Pharos.Scrape;
using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>Scraping: follows the jobs of the configuration.</summary>
internal sealed class ScrapePart : IConfigured, IAsyncDisposable
{
    public ScrapePart(ISeriesAppender appender, IReadOnlyDictionary<string, IExpositionSource> sources, TimeProvider clock, ILogger<ScrapeManager> logger)
    {
        Manager = new ScrapeManager(appender, clock, new ScrapeManagerOptions
        {
            UserAgent = $"Pharos/{BuildInfo.Version}",
            Log = new ScrapeLog(logger),
            Sources = sources,
        });
    }

    public string Name => "scrape";

    public ScrapeManager Manager { get; }

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken) => Manager.ApplyAsync(config.ScrapeConfigs, config.Global.ExternalLabels);

    public ValueTask DisposeAsync() => Manager.DisposeAsync();
}
