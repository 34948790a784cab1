namespace Pharos.Access.Authentication;

/// <summary>
/// Lets each key fail a number of times at once, then once an interval. For each key only the moment is kept at which its failures are worn off
/// (the generic cell rate algorithm); keys whose moment has passed are as good as unknown, and when there are too many, those nearest to it go.
/// </summary>
internal sealed class FailureLimiter
{
    private readonly TimeProvider _clock;
    private readonly int _capacity;
    private readonly long _interval;
    private readonly long _tolerance;

    /// <summary>Guards the moments.</summary>
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, long> _wornOff = [];

    /// <param name="clock">Its timestamps are used, which never go back.</param>
    /// <param name="burst">Failures at once.</param>
    /// <param name="interval">In which one failure wears off.</param>
    /// <param name="capacity">How many keys are kept.</param>
    public FailureLimiter(TimeProvider clock, int burst, TimeSpan interval, int capacity)
    {
        _clock = clock;
        _capacity = capacity;
        _interval = (long)(interval.TotalSeconds * clock.TimestampFrequency);
        _tolerance = _interval * (burst - 1);
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _wornOff.Count;
            }
        }
    }

    /// <summary>How long the key has to wait; zero when it may try.</summary>
    public TimeSpan RetryAfter(UInt128 key)
    {
        lock (_lock)
        {
            if (!_wornOff.TryGetValue(key, out long moment))
            {
                return TimeSpan.Zero;
            }

            long wait = moment - _clock.GetTimestamp() - _tolerance;
            return wait <= 0 ? TimeSpan.Zero : _clock.GetElapsedTime(0, wait);
        }
    }

    public void Fail(UInt128 key)
    {
        lock (_lock)
        {
            long now = _clock.GetTimestamp();
            if (_wornOff.TryGetValue(key, out long moment))
            {
                _wornOff[key] = Math.Max(moment, now) + _interval;
                return;
            }

            if (_wornOff.Count >= _capacity)
            {
                Forget(now);
            }

            _wornOff[key] = now + _interval;
        }
    }

    private void Forget(long now)
    {
        long[] moments = [.. _wornOff.Values];
        Array.Sort(moments);
        long limit = Math.Max(now, moments[moments.Length / 2]);
        foreach ((UInt128 key, long moment) in _wornOff)
        {
            if (moment <= limit)
            {
                _wornOff.Remove(key);
            }
        }
    }
}
