using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Remote.Configuration;
using Pharos.Remote.Reading;
using Pharos.Server.Configuration;
using Pharos.Storage.Chunks;

namespace Pharos.Server.Lifecycle;

/// <summary>Remote read: what others ask of this server, and the stores that its own queries ask beside the own one.</summary>
internal sealed class RemoteReadPart : IConfigured, IDisposable
{
    // Beyond the time that the own store has whole: as upstream, twice the span of its smallest blocks.
    private static readonly TimeSpan StartMargin = TimeSpan.FromHours(4);

    private readonly StorePart _store;
    private readonly TimeProvider _clock;
    private readonly FanoutSource _fanout;
    private volatile RemoteReadSource[] _sources = [];
    private volatile Labels _externalLabels = Labels.Empty;

    /// <param name="store">The own store.</param>
    /// <param name="limits">What a request of others may cost.</param>
    /// <param name="clock">Times requests to others.</param>
    public RemoteReadPart(StorePart store, RemoteReadLimits limits, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _fanout = new FanoutSource(store.Handle);
        Server = new RemoteReadServer(_fanout, ChunkCodec.Instance, limits);
    }

    public string Name => "remote read";

    /// <summary>Answers others.</summary>
    public RemoteReadServer Server { get; }

    /// <summary>The own store with the others beside it, for queries.</summary>
    public ISeriesSource Source => _fanout;

    /// <summary>What was asked of the others.</summary>
    public IEnumerable<RemoteReadCounters> Counters => _sources.Select(static source => source.Counters);

    /// <summary>What this server stands for, by the configuration that runs.</summary>
    public Labels ExternalLabels => _externalLabels;

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        RemoteReadSource[] before = _sources;
        Labels external = config.Global.ExternalLabels;
        var sources = new List<RemoteReadSource>();
        try
        {
            foreach (RemoteReadConfig entry in config.RemoteRead)
            {
                RemoteReadSource? same = external.Equals(_externalLabels)
                    ? Array.Find(before, source => string.Equals(source.Config.Fingerprint, entry.Fingerprint, StringComparison.Ordinal))
                    : null;
                sources.Add(same ?? new RemoteReadSource(entry, external, ChunkCodec.Instance, LocalStart, _clock, $"Pharos/{BuildInfo.Version}"));
            }
        }
        catch (NotSupportedException)
        {
            Dispose(sources.Except(before));
            throw;
        }

        _externalLabels = external;
        _sources = [.. sources];
        _fanout.SetOthers(sources);
        Dispose(before.Except(sources));
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Dispose(_sources);
        _sources = [];
        Server.Dispose();
    }

    private static void Dispose(IEnumerable<RemoteReadSource> sources)
    {
        foreach (RemoteReadSource source in sources)
        {
            source.Dispose();
        }
    }

    // From when on others need not be asked. While there are no blocks, all history may be elsewhere.
    private long LocalStart()
    {
        long start = _store.Store?.FirstBlockTime ?? _clock.GetUtcNow().ToUnixTimeMilliseconds();
        return start + (long)StartMargin.TotalMilliseconds;
    }
}
