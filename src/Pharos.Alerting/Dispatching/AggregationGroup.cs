using Pharos.Alerting.Alerts;
using Pharos.Alerting.Notifying;
using Pharos.Alerting.Routing;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Dispatching;

/// <summary>
/// Alerts that are told together: flushed <c>group_wait</c> after the first, and then every <c>group_interval</c> while there are any. Flushes of one group never
/// overlap. Thread-safe.
/// </summary>
internal sealed class AggregationGroup
{
    // A flush has at least so long, however short the interval.
    private static readonly TimeSpan LeastFlushTime = TimeSpan.FromSeconds(10);

    // What has waited long enough elsewhere is told at once, with what arrives together with it.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new(); // guards everything below it that changes
    private readonly Dictionary<ulong, StoredAlert> _alerts = [];
    private readonly NotifyPipeline _pipeline;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stop;
    private readonly ITimer _timer;
    private Task _flush = Task.CompletedTask;
    private long _nextFlushAt;
    private bool _hasFlushed;
    private bool _isFlushing;
    private bool _isDue;
    private bool _isEnded;
    private bool _hasFailed;
    private string _explanation = "";
    private NotifyRun? _run;

    /// <param name="route">Says how it is timed and who is told.</param>
    /// <param name="labels">What its alerts have in common.</param>
    /// <param name="pipeline">Tells.</param>
    /// <param name="clock">Paces it.</param>
    /// <param name="stop">Gives up a flush under way.</param>
    public AggregationGroup(Route route, Labels labels, NotifyPipeline pipeline, TimeProvider clock, CancellationToken stop)
    {
        Route = route;
        Labels = labels;
        Key = $"{route.Key}:{labels}";
        _pipeline = pipeline;
        _clock = clock;
        _stop = stop;
        _nextFlushAt = Now + (long)route.Options.GroupWait.TotalMilliseconds;
        _timer = clock.CreateTimer(static group => ((AggregationGroup)group!).FallDue(), this, route.Options.GroupWait, Timeout.InfiniteTimeSpan);
    }

    public Route Route { get; }

    public Labels Labels { get; }

    public string Key { get; }

    /// <summary>Whether its receiver is being told now.</summary>
    public bool IsFlushing
    {
        get
        {
            lock (_lock)
            {
                return _isFlushing;
            }
        }
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes an alert or its newer state; false when the group has ended and another must be made.</summary>
    public bool TryInsert(StoredAlert alert)
    {
        lock (_lock)
        {
            if (_isEnded)
            {
                return false;
            }

            _alerts[alert.Fingerprint] = alert;

            // It has waited long enough already, as after a restart.
            long soon = Now + (long)Gathering.TotalMilliseconds;
            if (!_hasFlushed && !_isFlushing && alert.StartsAt + (long)Route.Options.GroupWait.TotalMilliseconds < Now && _nextFlushAt > soon)
            {
                _nextFlushAt = soon;
                _timer.Change(Gathering, Timeout.InfiniteTimeSpan);
            }

            return true;
        }
    }

    /// <summary>Ends the group when it has no alerts; true when it has ended.</summary>
    public bool TryEnd()
    {
        lock (_lock)
        {
            if (_alerts.Count == 0 && !_isFlushing)
            {
                End();
            }

            return _isEnded;
        }
    }

    /// <summary>Ends the group whatever it has. The task ends with the flush that is under way.</summary>
    public Task StopAsync()
    {
        lock (_lock)
        {
            End();
            return _flush;
        }
    }

    public GroupView View()
    {
        lock (_lock)
        {
            bool isRetrying = _run?.IsRetrying == true;
            return new GroupView(Key, Route, Labels, Sorted(), _nextFlushAt, _hasFlushed, isRetrying ? _run!.Explanation : _explanation, _hasFailed || isRetrying, _isFlushing);
        }
    }

    private void End()
    {
        _isEnded = true;
        _timer.Dispose();
    }

    private StoredAlert[] Sorted()
    {
        StoredAlert[] alerts = [.. _alerts.Values];
        Array.Sort(alerts, StoredAlert.CompareForMessage);
        return alerts;
    }

    private void FallDue()
    {
        lock (_lock)
        {
            if (_isEnded)
            {
                return;
            }

            _nextFlushAt = Now + (long)Route.Options.GroupInterval.TotalMilliseconds;
            _timer.Change(Route.Options.GroupInterval, Timeout.InfiniteTimeSpan);
            if (_isFlushing)
            {
                // Caught up with when the one under way ends.
                _isDue = true;
                return;
            }

            _isFlushing = true;
            _flush = Task.Run(FlushAsync);
        }
    }

    private async Task FlushAsync()
    {
        bool isDue = true;
        while (isDue)
        {
            await FlushOnceAsync().ConfigureAwait(false);
            lock (_lock)
            {
                isDue = _isDue && !_isEnded;
                _isDue = false;
                _isFlushing = isDue;
            }
        }
    }

    private async Task FlushOnceAsync()
    {
        long now = Now;
        StoredAlert[] taken;
        lock (_lock)
        {
            _hasFlushed = true;
            taken = Sorted();
        }

        if (taken.Length == 0)
        {
            return;
        }

        // What fires stays so for the whole flush, however long it takes.
        StoredAlert[] alerts = Array.ConvertAll(taken, alert => alert.IsResolvedAt(now) ? alert : alert with { EndsAt = 0 });
        TimeSpan time = Route.Options.GroupInterval > LeastFlushTime ? Route.Options.GroupInterval : LeastFlushTime;
        using var deadline = new CancellationTokenSource(time, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stop);
        var run = new NotifyRun(Route, Key, Labels, now);
        lock (_lock)
        {
            _run = run;
        }

        bool isDone = await _pipeline.RunAsync(run, alerts, either.Token, _stop).ConfigureAwait(false);
        lock (_lock)
        {
            _run = null;
            _explanation = run.Explanation;
            _hasFailed = !isDone;
            foreach (StoredAlert alert in isDone ? taken : [])
            {
                // What was told as ended is forgotten, unless it came again meanwhile.
                if (alert.IsResolvedAt(now) && ReferenceEquals(_alerts.GetValueOrDefault(alert.Fingerprint), alert))
                {
                    _alerts.Remove(alert.Fingerprint);
                }
            }
        }
    }
}
