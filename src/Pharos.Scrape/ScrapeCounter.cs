namespace Pharos.Scrape;

/// <summary>A number that only grows. Thread-safe.</summary>
public sealed class ScrapeCounter
{
    private long _value;

    /// <summary>The number now.</summary>
    public long Value => Volatile.Read(ref _value);

    internal void Increment() => Interlocked.Increment(ref _value);

    internal void Add(long count) => Interlocked.Add(ref _value, count);
}
