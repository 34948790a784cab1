using Pharos.Scrape;
using Pharos.Scrape.Configuration;
using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>Scraping: follows the jobs of the configuration.</summary>
internal sealed class ScrapePart : IConfigured, IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, IExpositionSource> _sources;

    /// <param name="store">Takes samples and exemplars.</param>
    /// <param name="sources">The built-in jobs.</param>
    /// <param name="ownUrl">The server's own metrics, where a URL means them.</param>
    /// <param name="discoveryInterval">Changes of what was discovered are followed at most so often.</param>
    /// <param name="typeAndUnitLabels">Whether type and unit become labels.</param>
    /// <param name="clock">The clock of the server.</param>
    /// <param name="logger">Takes what goes wrong.</param>
    public ScrapePart(
        StoreHandle store,
        IReadOnlyDictionary<string, IExpositionSource> sources,
        Func<string, IExpositionSource?> ownUrl,
        TimeSpan discoveryInterval,
        bool typeAndUnitLabels,
        TimeProvider clock,
        ILogger<ScrapeManager> logger)
    {
        _sources = sources;
        Manager = new ScrapeManager(store, clock, new ScrapeManagerOptions
        {
            UserAgent = $"Pharos/{BuildInfo.Version}",
            Log = new ScrapeLog(logger),
            Sources = sources,
            OwnUrl = ownUrl,
            SyncInterval = discoveryInterval,
            Exemplars = store,
            Metadata = store,
            TypeAndUnitLabels = typeAndUnitLabels,
        });
    }

    public string Name => "scrape";

    public ScrapeManager Manager { get; }

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        // Which jobs are built in is fixed at start; a job of a file must not be taken for one of them.
        ScrapeConfig? mistaken = config.IsBuiltIn ? null : config.ScrapeConfigs.FirstOrDefault(job => _sources.ContainsKey(job.JobName));
        return mistaken is null
            ? Manager.ApplyAsync(config.ScrapeConfigs, config.Global.ExternalLabels)
            : throw new InvalidOperationException($"the job {mistaken.JobName} was the built-in one until now: this needs a restart");
    }

    public ValueTask DisposeAsync() => Manager.DisposeAsync();
}
