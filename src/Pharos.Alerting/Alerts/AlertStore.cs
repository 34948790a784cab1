namespace Pharos.Alerting.Alerts;

/// <summary>
/// The alerts that were handed in, by fingerprint. One follower (the dispatcher) hears of every change in the order of the changes. Thread-safe.
/// </summary>
public sealed class AlertStore
{
    private readonly Lock _lock = new(); // guards the alerts and the follower; the follower is called inside
    private readonly Dictionary<ulong, StoredAlert> _alerts = [];
    private readonly TimeProvider _clock;
    private readonly AlertStoreOptions _options;
    private Action<StoredAlert>? _follower;
    private long _refused;

    /// <summary>An empty store.</summary>
    public AlertStore(TimeProvider clock, AlertStoreOptions? options = null)
    {
        _clock = clock;
        _options = options ?? new AlertStoreOptions();
    }

    /// <summary>How many alerts were refused since the store was full.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Merges the alerts in. Returns how many were not taken since the store is full; those that it knows already always are.</summary>
    public int Put(IReadOnlyList<StoredAlert> alerts)
    {
        int refused = 0;
        lock (_lock)
        {
            long now = Now;
            foreach (StoredAlert alert in alerts)
            {
                StoredAlert merged = alert;
                if (_alerts.TryGetValue(alert.Fingerprint, out StoredAlert? old))
                {
                    merged = alert.Overlaps(old) ? old.Merge(alert, now) : alert;
                }
                else if (_alerts.Count >= _options.MaxAlerts)
                {
                    refused++;
                    continue;
                }

                _alerts[alert.Fingerprint] = merged;
                _follower?.Invoke(merged);
            }
        }

        Interlocked.Add(ref _refused, refused);
        return refused;
    }

    /// <summary>The alert with its last state; null when there is none.</summary>
    public StoredAlert? Find(ulong fingerprint)
    {
        lock (_lock)
        {
            return _alerts.GetValueOrDefault(fingerprint);
        }
    }

    /// <summary>All of them at this moment, those that ended a while ago too, in no order.</summary>
    public IReadOnlyList<StoredAlert> GetAll()
    {
        lock (_lock)
        {
            return [.. _alerts.Values];
        }
    }

    /// <summary>
    /// Tells the follower every alert that is here, and then every change, instead of who followed before. It is called under the store's lock: it returns soon
    /// and does not call back.
    /// </summary>
    public void Follow(Action<StoredAlert>? follower)
    {
        lock (_lock)
        {
            _follower = follower;
            if (follower is null)
            {
                return;
            }

            foreach (StoredAlert alert in _alerts.Values)
            {
                follower(alert);
            }
        }
    }

    /// <summary>Forgets what ended longer ago than the retention; returns how many.</summary>
    public int Collect()
    {
        lock (_lock)
        {
            long before = Now - (long)_options.ResolvedRetention.TotalMilliseconds;
            ulong[] ended = [.. _alerts.Values.Where(alert => alert.IsResolvedAt(before)).Select(static alert => alert.Fingerprint)];
            foreach (ulong fingerprint in ended)
            {
                _alerts.Remove(fingerprint);
            }

            return ended.Length;
        }
    }
}
