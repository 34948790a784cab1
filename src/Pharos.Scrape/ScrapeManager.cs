using System.Text;
using System.Threading.Channels;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Discovery;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Loops;
using Pharos.Scrape.Targets;

namespace Pharos.Scrape;

/// <summary>Scrapes: owns the jobs, follows what is discovered, and says how all of it does. Thread-safe.</summary>
public sealed class ScrapeManager : IAsyncDisposable
{
    private readonly ISeriesAppender _appender;
    private readonly TimeProvider _time;
    private readonly ScrapeManagerOptions _options;
    private readonly IScrapeLog _log;
    private readonly DiscoveryManager _discovery;
    private readonly SemaphoreSlim _change = new(1); // one change of jobs or targets at a time
    private readonly CancellationTokenSource _shutdown = new();
    private readonly Channel<string> _changed = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<ScrapePool> _ended = [];
    private readonly Task _follow;
    private Dictionary<string, FailureLog> _failures = [];
    private volatile IReadOnlyDictionary<string, ScrapePool> _pools = new Dictionary<string, ScrapePool>();

    /// <summary>A manager without jobs.</summary>
    public ScrapeManager(ISeriesAppender appender, TimeProvider time, ScrapeManagerOptions? options = null)
    {
        _appender = appender;
        _time = time;
        _options = options ?? new ScrapeManagerOptions();
        _log = _options.Log ?? new SilentScrapeLog();
        _discovery = new DiscoveryManager(time, set => _changed.Writer.TryWrite(set), (set, error) => _log.JobFailed(set, error));
        _follow = Task.Run(FollowAsync);
    }

    /// <summary>Counters over all jobs.</summary>
    public ScrapeMetrics Metrics { get; } = new();

    /// <summary>
    /// Makes these the jobs. A job whose configuration says the same as before goes on undisturbed; one that changed starts anew; one that is gone ends,
    /// and its series are marked stale a little later. Returns when the targets that are known by then are waiting for their moments.
    /// </summary>
    /// <param name="configs">The jobs; names are unique.</param>
    /// <param name="externalLabels">Those of the global configuration.</param>
    public async Task ApplyAsync(IReadOnlyList<ScrapeConfig> configs, Labels externalLabels)
    {
        await _change.WaitAsync().ConfigureAwait(false);
        try
        {
            await _discovery.ApplyAsync(configs.ToDictionary(static c => c.JobName, static c => c.Discovery, StringComparer.Ordinal)).ConfigureAwait(false);
            var context = new ScrapeContext(_appender, _time, Metrics, _log, Seed(externalLabels))
            {
                Exemplars = _options.Exemplars,
                Metadata = _options.Metadata,
                TypeAndUnitLabels = _options.TypeAndUnitLabels,
            };
            var next = new Dictionary<string, ScrapePool>(StringComparer.Ordinal);
            Dictionary<string, FailureLog> failures = OpenFailureLogs(configs);
            foreach (ScrapeConfig config in configs)
            {
                ScrapePool? pool = _pools.GetValueOrDefault(config.JobName);
                if (pool is null)
                {
                    pool = new ScrapePool(config, _options.Sources.GetValueOrDefault(config.JobName), _options, context, _shutdown.Token);
                }
                else if (config.Fingerprint.Length == 0 || pool.Config.Fingerprint != config.Fingerprint)
                {
                    await pool.ReloadAsync(config).ConfigureAwait(false);
                }

                pool.Failures = failures.GetValueOrDefault(config.ScrapeFailureLogFile);
                next.Add(config.JobName, pool);
                await pool.SyncAsync(_discovery.GetGroups(config.JobName)).ConfigureAwait(false);
            }

            foreach ((string name, ScrapePool pool) in _pools)
            {
                if (!next.ContainsKey(name))
                {
                    await pool.EndAsync().ConfigureAwait(false);
                    _ended.Add(pool);
                }
            }

            _pools = next;
            CloseFailureLogs();
            _failures = failures;
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Every job at this moment, by name.</summary>
    public IReadOnlyList<ScrapePoolView> GetPools() =>
        [.. _pools.OrderBy(static p => p.Key, Utf8Ordinal.Comparer).Select(p => p.Value.View(_discovery.GetStatus(p.Key)))];

    /// <summary>The steps by which a job chooses its targets; null when there is no job of this name.</summary>
    public IReadOnlyList<RelabelConfig>? FindRelabelConfigs(string job) => _pools.TryGetValue(job, out ScrapePool? pool) ? pool.Config.RelabelConfigs : null;

    /// <summary>The names of the jobs, sorted.</summary>
    public IReadOnlyList<string> GetPoolNames() => [.. _pools.Keys.Order(Utf8Ordinal.Comparer)];

    /// <summary>Stops all scraping. Scrapes under way are given up; nothing is marked stale, since a restart goes on where this ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_shutdown.IsCancellationRequested)
        {
            return;
        }

        await _shutdown.CancelAsync().ConfigureAwait(false);
        _changed.Writer.TryComplete();
        await _follow.ConfigureAwait(false);
        await _change.WaitAsync().ConfigureAwait(false);
        await _discovery.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_pools.Values.Concat(_ended).Select(static p => p.AbortAsync())).ConfigureAwait(false);
        CloseFailureLogs();
        _change.Dispose();
        _shutdown.Dispose();
    }

    private Dictionary<string, FailureLog> OpenFailureLogs(IReadOnlyList<ScrapeConfig> configs)
    {
        var logs = new Dictionary<string, FailureLog>(StringComparer.Ordinal);
        foreach (ScrapeConfig config in configs)
        {
            string path = config.ScrapeFailureLogFile;
            if (path.Length == 0 || logs.ContainsKey(path))
            {
                continue;
            }

            try
            {
                logs.Add(path, new FailureLog(path, _time, problem => _log.JobFailed(config.JobName, problem)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _log.JobFailed(config.JobName, $"scrape failure log {path} cannot be opened: {e.Message}");
            }
        }

        return logs;
    }

    private void CloseFailureLogs()
    {
        foreach (FailureLog log in _failures.Values)
        {
            log.Dispose();
        }
    }

    // Follows what is discovered, every job at most once an interval.
    private async Task FollowAsync()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (await _changed.Reader.WaitToReadAsync(_shutdown.Token).ConfigureAwait(false))
            {
                names.Clear();
                while (_changed.Reader.TryRead(out string? name))
                {
                    names.Add(name);
                }

                await SyncAsync(names).ConfigureAwait(false);
                await Task.Delay(_options.SyncInterval, _time, _shutdown.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task SyncAsync(HashSet<string> names)
    {
        await _change.WaitAsync(_shutdown.Token).ConfigureAwait(false);
        try
        {
            foreach (string name in names)
            {
                if (_pools.TryGetValue(name, out ScrapePool? pool))
                {
                    await pool.SyncAsync(_discovery.GetGroups(name)).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _change.Release();
        }
    }

    private ulong Seed(Labels externalLabels)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(_options.HostName + externalLabels))
        {
            hash = (hash ^ b) * 1099511628211;
        }

        return hash;
    }
}
