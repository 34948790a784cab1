namespace Pharos.Instrumentation;

/// <summary>A number that only grows, from zero. Thread-safe, without locks; counting allocates nothing.</summary>
public sealed class Counter
{
    private const double MaxWhole = 1L << 53;

    // Most counting is by whole numbers, which need no retry.
    private long _whole;
    private AtomicDouble _rest;

    internal Counter()
    {
    }

    /// <summary>What was counted so far.</summary>
    public double Value => Volatile.Read(ref _whole) + _rest.Value;

    /// <summary>Counts one.</summary>
    public void Increment() => Interlocked.Increment(ref _whole);

    /// <summary>Counts more, or less, than one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative or not a number.</exception>
    public void Increment(double amount)
    {
        if (!(amount >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "a counter only grows");
        }

        if (amount < MaxWhole && Math.Truncate(amount) == amount)
        {
            Interlocked.Add(ref _whole, (long)amount);
        }
        else
        {
            _rest.Add(amount);
        }
    }
}
