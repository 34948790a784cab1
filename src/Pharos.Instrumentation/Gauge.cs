namespace Pharos.Instrumentation;

/// <summary>A number that goes up and down. Thread-safe, without locks; changing it allocates nothing.</summary>
public sealed class Gauge
{
    private AtomicDouble _value;

    internal Gauge()
    {
    }

    /// <summary>The number now.</summary>
    public double Value => _value.Value;

    /// <summary>Replaces the number.</summary>
    public void Set(double value) => _value.Value = value;

    /// <summary>Adds to the number; a negative amount takes away.</summary>
    public void Add(double amount) => _value.Add(amount);

    /// <summary>Adds one.</summary>
    public void Increment() => _value.Add(1);

    /// <summary>Takes one away.</summary>
    public void Decrement() => _value.Add(-1);
}
