using Pharos.Alerting.Alerts;
using Pharos.Alerting.Notifying;
using Pharos.Alerting.Routing;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Dispatching;

/// <summary>Puts alerts into groups by the routing tree. One for each configuration. Thread-safe.</summary>
internal sealed class Dispatcher : IDisposable
{
    /// <summary>Most groups at once: a route that groups by a random label must not take the server's memory.</summary>
    public const int MaxGroups = 100_000;

    private static readonly TimeSpan MaintenanceInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new(); // guards the groups
    private readonly Dictionary<GroupIdentity, AggregationGroup> _groups = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Route _root;
    private readonly NotifyPipeline _pipeline;
    private readonly AlertmanagerParts _parts;
    private readonly int _maxGroups;
    private readonly ITimer _maintenance;
    private bool _isStopped;

    public Dispatcher(Route root, NotifyPipeline pipeline, AlertmanagerParts parts, int maxGroups = MaxGroups)
    {
        _root = root;
        _pipeline = pipeline;
        _parts = parts;
        _maxGroups = maxGroups;
        _maintenance = parts.Clock.CreateTimer(static me => ((Dispatcher)me!).Maintain(), this, MaintenanceInterval, MaintenanceInterval);
    }

    public int GroupCount
    {
        get
        {
            lock (_lock)
            {
                return _groups.Count;
            }
        }
    }

    /// <summary>Takes an alert or its newer state.</summary>
    public void Dispatch(StoredAlert alert)
    {
        foreach (Route route in _root.Match(alert.Labels))
        {
            Insert(route, alert);
        }
    }

    /// <summary>All groups at this moment, empty ones left out, in no order.</summary>
    public IReadOnlyList<GroupView> GetGroups() => [.. Groups().Select(static group => group.View()).Where(static view => view.Alerts.Count > 0)];

    /// <summary>Whether any receiver is being told now.</summary>
    public bool IsFlushing => Array.Exists(Groups(), static group => group.IsFlushing);

    /// <summary>Flushes no more. Those under way may go on for the grace, then they are given up.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        Task all;
        lock (_lock)
        {
            _isStopped = true;
            all = Task.WhenAll(_groups.Values.Select(static group => group.StopAsync()));
        }

        await _maintenance.DisposeAsync().ConfigureAwait(false);
        if (!all.IsCompleted)
        {
            using var end = new CancellationTokenSource();
            await Task.WhenAny(all, Task.Delay(grace, _parts.Clock, end.Token)).ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await all.ConfigureAwait(false);
    }

    /// <summary>After <see cref="StopAsync"/>.</summary>
    public void Dispose() => _stop.Dispose();

    private AggregationGroup[] Groups()
    {
        lock (_lock)
        {
            return [.. _groups.Values];
        }
    }

    private void Insert(Route route, StoredAlert alert)
    {
        var identity = new GroupIdentity(route, route.GroupLabelsOf(alert.Labels));
        lock (_lock)
        {
            if (_isStopped || (_groups.TryGetValue(identity, out AggregationGroup? group) && group.TryInsert(alert)))
            {
                return;
            }

            if (_groups.Count >= _maxGroups)
            {
                _parts.Counters.AddGroupLimitReached();
                _parts.Log.AlertsDropped(1, $"there are {_groups.Count} groups, the most that are kept: group_by of the route {route.Key} makes too many");
                return;
            }

            group = new AggregationGroup(route, identity.Labels, _pipeline, _parts.Clock, _stop.Token);
            group.TryInsert(alert);
            _groups[identity] = group;
        }
    }

    private void Maintain()
    {
        lock (_lock)
        {
            foreach ((GroupIdentity identity, AggregationGroup group) in _groups)
            {
                if (group.TryEnd())
                {
                    _groups.Remove(identity);
                }
            }
        }
    }

    private readonly record struct GroupIdentity(Route Route, Labels Labels);
}
