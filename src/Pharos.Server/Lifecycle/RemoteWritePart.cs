using Pharos.Remote.Sending;
using Pharos.Scrape;
using Pharos.Scrape.Targets;
using Pharos.Server.Configuration;
using Pharos.Server.Options;
using Pharos.Storage;

namespace Pharos.Server.Lifecycle;

/// <summary>Sending to other stores: follows the log of the store once that is open.</summary>
internal sealed class RemoteWritePart : IConfigured, IAsyncDisposable
{
    private readonly RemoteWriteOptions _options;
    private readonly TimeProvider _clock;
    private readonly RemoteWriteLog _log;
    private volatile RemoteWriteManager? _manager;

    /// <param name="options">Flags.</param>
    /// <param name="targets">Whose metadata is sent.</param>
    /// <param name="clock">The clock of the server.</param>
    /// <param name="logger">Takes what goes wrong.</param>
    public RemoteWritePart(ServerOptions options, ScrapeManager targets, TimeProvider clock, ILogger<RemoteWriteManager> logger)
    {
        _clock = clock;
        _log = new RemoteWriteLog(logger);
        _options = new RemoteWriteOptions
        {
            PositionFolder = Path.Combine(options.Storage.Path, "remote-write"),
            UserAgent = $"Pharos/{BuildInfo.Version}",
            FlushDeadline = options.Storage.RemoteFlushDeadline,
            TypeAndUnitLabels = options.Features.Contains(FeatureNames.TypeAndUnitLabels),
            CollectMetadata = () => Collect(targets),
        };
    }

    public string Name => "remote write";

    /// <summary>The figures of the queues; none while the store is not open.</summary>
    public IReadOnlyList<RemoteWriteQueueCounters> Queues => _manager?.Queues ?? [];

    public void Open(Tsdb store) => _manager = new RemoteWriteManager(store.Log, _options, _log, _clock);

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken) =>
        _manager?.ApplyAsync(config.RemoteWrite, config.Global.ExternalLabels) ?? Task.CompletedTask;

    /// <summary>Sends what is stored, as far as receivers take it within the deadline.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_manager is { } manager)
        {
            await manager.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static List<MetricFamilyMetadata> Collect(ScrapeManager targets)
    {
        var families = new List<MetricFamilyMetadata>();
        foreach (TargetView target in targets.GetPools().SelectMany(static pool => pool.Active))
        {
            foreach (MetricMetadata said in target.ListMetadata())
            {
                families.Add(new MetricFamilyMetadata(said.Family, said.Type, said.Help, said.Unit));
            }
        }

        return families;
    }
}
