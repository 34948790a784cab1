using Pharos.Core.Labels;
using Pharos.Discovery;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Http;
using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Loops;

/// <summary>
/// One job: its targets and their loops. Changed by one at a time (the manager sees to it); its view can be read from any thread.
/// </summary>
internal sealed class ScrapePool
{
    private readonly ScrapeContext _context;
    private readonly CancellationToken _shutdown;
    private readonly IExpositionSource? _source;
    private readonly ScrapeManagerOptions _options;
    private readonly Dictionary<Identity, ScrapeLoop> _loops = [];
    private readonly HashSet<Task> _ending = [];
    private readonly Lock _endingLock = new(); // guards the set of ends under way
    private ITargetClient _client;
    private volatile FailureLog? _failures;
    private Snapshot _snapshot;

    /// <summary>A job without targets yet.</summary>
    /// <param name="config">The job.</param>
    /// <param name="source">Where its bodies come from when it is one of the server's own.</param>
    /// <param name="options">How its requests are made.</param>
    /// <param name="context">What all loops share.</param>
    /// <param name="shutdown">Cancelled when the server stops: targets that are gone then are not marked stale any more.</param>
    public ScrapePool(ScrapeConfig config, IExpositionSource? source, ScrapeManagerOptions options, ScrapeContext context, CancellationToken shutdown)
    {
        _context = context;
        _shutdown = shutdown;
        _source = source;
        _options = options;
        _client = CreateClient(config, out string error);
        _snapshot = new Snapshot(config, [], [], 0, 0, 0, [], error);
        context.Metrics.Pools.Increment();
    }

    /// <summary>Where failed fetches are written; null when nowhere. Shared with other jobs of the same file.</summary>
    public FailureLog? Failures
    {
        set => _failures = value;
    }

    public ScrapeConfig Config => Volatile.Read(ref _snapshot).Config;

    /// <summary>Brings the targets up to date with what was discovered: what stays goes on undisturbed.</summary>
    public async Task SyncAsync(IReadOnlyList<TargetGroup> groups)
    {
        Snapshot before = _snapshot;
        var errors = new List<string>();
        var dropped = new List<DroppedTargetView>();
        int droppedCount = 0;
        var wanted = new Dictionary<Identity, Target>();
        var builder = new LabelsBuilder(32);
        foreach (TargetGroup group in groups)
        {
            for (int i = 0; i < group.Targets.Count; i++)
            {
                TargetLabels.Discover(builder, before.Config, group.Targets[i], group.Labels);
                Labels discovered = builder.ToLabels();
                Labels? labels = TargetLabels.Relabel(builder, before.Config, out string? error);
                if (labels is not null)
                {
                    var target = new Target(before.Config, labels, discovered);
                    wanted.TryAdd(new Identity(labels, target.Url), target);
                }
                else if (error is not null)
                {
                    errors.Add($"instance {i} in group {group.Source}: {error}");
                    _context.Log.JobFailed(before.Config.JobName, $"Creating target failed: {errors[^1]}");
                }
                else if (droppedCount++ < before.Config.KeepDroppedTargets || before.Config.KeepDroppedTargets == 0)
                {
                    dropped.Add(new DroppedTargetView(before.Config.JobName, discovered));
                }
            }
        }

        _context.Metrics.SyncFailed.Add(errors.Count);
        await ReplaceTargetsAsync(wanted).ConfigureAwait(false);
        Publish(before with
        {
            Dropped = dropped,
            DroppedCount = droppedCount,
            Syncs = before.Syncs + 1,
            SyncFailures = before.SyncFailures + errors.Count,
            SyncErrors = errors,
        });
    }

    /// <summary>
    /// Goes on under another configuration: every loop ends after its scrape under way and its target begins anew at its next moment.
    /// The caller syncs afterwards.
    /// </summary>
    public async Task ReloadAsync(ScrapeConfig config)
    {
        _context.Metrics.PoolReloads.Increment();
        ITargetClient old = _client;
        _client = CreateClient(config, out string error);
        await ReplaceTargetsAsync([]).ConfigureAwait(false);
        old.Dispose();
        Publish(_snapshot with { Config = config, Error = error, Targets = [] });
    }

    /// <summary>Ends every loop and marks its series stale after a while, unless the server stops first.</summary>
    public async Task EndAsync()
    {
        await ReplaceTargetsAsync([]).ConfigureAwait(false);
        _client.Dispose();
    }

    /// <summary>The server stops: scrapes under way are given up.</summary>
    public async Task AbortAsync()
    {
        await Task.WhenAll(_loops.Values.Select(static l => l.AbortAsync())).ConfigureAwait(false);
        Task[] ending;
        lock (_endingLock)
        {
            ending = [.. _ending];
        }

        await Task.WhenAll(ending).ConfigureAwait(false);
        foreach (ScrapeLoop loop in _loops.Values)
        {
            loop.Dispose();
        }

        _loops.Clear();
        _client.Dispose();
    }

    public ScrapePoolView View(IReadOnlyList<DiscoveryStatus> discovery)
    {
        Snapshot snapshot = Volatile.Read(ref _snapshot);
        return new ScrapePoolView(
            snapshot.Config.JobName,
            Array.ConvertAll(snapshot.Targets, static t => t.View()),
            snapshot.Dropped,
            snapshot.DroppedCount,
            snapshot.Config.TargetLimit,
            snapshot.Syncs,
            snapshot.SyncFailures,
            snapshot.SyncErrors,
            snapshot.Error,
            discovery);
    }

    private ITargetClient CreateClient(ScrapeConfig config, out string error)
    {
        error = "";
        if (_source is not null)
        {
            return new InProcessTargetClient(_source);
        }

        try
        {
            return new OwnUrlClient(new HttpTargetClient(config, _options.UserAgent, _context.Metrics), _options.OwnUrl);
        }
        catch (NotSupportedException e)
        {
            error = e.Message;
            _context.Metrics.PoolsFailed.Increment();
            _context.Log.JobFailed(config.JobName, $"error creating HTTP client: {error}");
            return new FailingTargetClient(error);
        }
    }

    // Loops of targets that are gone end before new ones start: a target that only changed its labels is never scraped by two at once.
    private async Task ReplaceTargetsAsync(Dictionary<Identity, Target> wanted)
    {
        List<KeyValuePair<Identity, ScrapeLoop>> gone = [.. _loops.Where(l => !wanted.ContainsKey(l.Key))];
        await Task.WhenAll(gone.Select(static l => l.Value.StopAsync())).ConfigureAwait(false);
        foreach ((Identity identity, ScrapeLoop loop) in gone)
        {
            _loops.Remove(identity);
            BeginEnd(loop);
        }

        var added = new List<ScrapeLoop>();
        foreach ((Identity identity, Target target) in wanted)
        {
            if (_loops.TryGetValue(identity, out ScrapeLoop? loop))
            {
                loop.Target.DiscoveredLabels = target.DiscoveredLabels;
            }
            else
            {
                loop = new ScrapeLoop(target, Config, _client, _context, () => _failures);
                _loops.Add(identity, loop);
                added.Add(loop);
            }
        }

        string forced = TargetLimitError();
        foreach (ScrapeLoop loop in _loops.Values)
        {
            loop.ForcedError = forced;
        }

        added.ForEach(static l => l.Start());
    }

    private string TargetLimitError()
    {
        long limit = Config.TargetLimit;
        if (limit == 0 || _loops.Count <= limit)
        {
            return "";
        }

        _context.Metrics.ExceededTargetLimit.Increment();
        return $"target_limit exceeded (number of targets: {_loops.Count}, limit: {limit})";
    }

    private void BeginEnd(ScrapeLoop loop)
    {
        Task end = EndAsync(loop);
        lock (_endingLock)
        {
            _ending.RemoveWhere(static t => t.IsCompleted);
            _ending.Add(end);
        }
    }

    private async Task EndAsync(ScrapeLoop loop)
    {
        try
        {
            await loop.EndAsync(_shutdown).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            loop.Dispose();
        }
    }

    private void Publish(Snapshot snapshot)
    {
        Target[] targets = [.. _loops.Values.Select(static l => l.Target)];
        Array.Sort(targets, static (x, y) => Utf8Ordinal.Compare(x.Url, y.Url) is var order and not 0 ? order : Labels.Compare(x.Labels, y.Labels));
        Volatile.Write(ref _snapshot, snapshot with { Targets = targets });
    }

    /// <summary>Two targets are one when all their labels and their URL are equal.</summary>
    private readonly record struct Identity(Labels Labels, string Url);

    private sealed record Snapshot(
        ScrapeConfig Config,
        Target[] Targets,
        IReadOnlyList<DroppedTargetView> Dropped,
        int DroppedCount,
        long Syncs,
        long SyncFailures,
        IReadOnlyList<string> SyncErrors,
        string Error);
}
