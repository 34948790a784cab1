namespace Pharos.Remote.Sending;

/// <summary>An exponentially weighted moving average of events a second. Events come from any thread; <see cref="Tick"/> once an interval, from one.</summary>
internal sealed class EwmaRate(double weight, TimeSpan interval)
{
    private long _events;
    private bool _isBegun;

    /// <summary>Events a second, as of the last tick.</summary>
    public double Rate { get; private set; }

    public void Add(long events) => Interlocked.Add(ref _events, events);

    public void Tick()
    {
        long events = Interlocked.Exchange(ref _events, 0);
        double rate = events / interval.TotalSeconds;
        if (_isBegun)
        {
            Rate += weight * (rate - Rate);
        }
        else if (events > 0)
        {
            _isBegun = true;
            Rate = rate;
        }
    }
}
