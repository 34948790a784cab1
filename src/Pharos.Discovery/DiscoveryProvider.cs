namespace Pharos.Discovery;

/// <summary>One running discoverer and what it has found. Thread-safe.</summary>
internal sealed class DiscoveryProvider : ITargetGroupSink, IAsyncDisposable
{
    private readonly Lock _lock = new(); // guards the groups and the error
    private readonly SortedDictionary<string, TargetGroup> _groups = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly DiscoveryConfig _config;
    private readonly IDiscoverer? _discoverer;
    private readonly Action _changed;
    private readonly Action<string> _failed;
    private Task _run = Task.CompletedTask;
    private string? _error;

    public DiscoveryProvider(DiscoveryConfig config, IDiscoverer? discoverer, Action changed, Action<string> failed)
    {
        _config = config;
        _discoverer = discoverer;
        _changed = changed;
        _failed = failed;
    }

    /// <summary>Equal for configurations that say the same.</summary>
    public string Fingerprint => $"{_config.Mechanism}/{_config.Fingerprint}";

    public DiscoveryStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new DiscoveryStatus(_config.Mechanism, _config.NotAvailable, _error, _groups.Count, _groups.Values.Sum(static g => g.Targets.Count));
            }
        }
    }

    /// <summary>Starts it. What it finds at once is there when this returns.</summary>
    public void Start()
    {
        if (_discoverer is not null)
        {
            _run = RunAsync(_discoverer);
        }
    }

    /// <summary>The groups now, ordered by source.</summary>
    public IReadOnlyList<TargetGroup> Groups()
    {
        lock (_lock)
        {
            return [.. _groups.Values];
        }
    }

    public void Update(IReadOnlyList<TargetGroup> groups)
    {
        bool differs = false;
        lock (_lock)
        {
            foreach (TargetGroup group in groups)
            {
                differs |= Set(group);
            }
        }

        if (differs)
        {
            _changed();
        }
    }

    public void ReportError(string? error)
    {
        lock (_lock)
        {
            if (_error == error)
            {
                return;
            }

            _error = error;
        }

        if (error is not null)
        {
            _failed($"{_config.Mechanism}: {error}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        _stop.Dispose();
    }

    private bool Set(TargetGroup group)
    {
        if (group.Targets.Count == 0)
        {
            return _groups.Remove(group.Source);
        }

        if (_groups.TryGetValue(group.Source, out TargetGroup? before)
            && before.Labels.Equals(group.Labels) && before.Targets.SequenceEqual(group.Targets))
        {
            return false;
        }

        _groups[group.Source] = group;
        return true;
    }

    private async Task RunAsync(IDiscoverer discoverer)
    {
        try
        {
            await discoverer.RunAsync(this, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            ReportError($"discovery stopped: {e.Message}");
        }
    }
}
