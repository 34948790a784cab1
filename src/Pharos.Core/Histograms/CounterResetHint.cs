namespace Pharos.Core.Histograms;

/// <summary>What is known of a counter reset between a histogram and the one before it.</summary>
public enum CounterResetHint : byte
{
    /// <summary>Nothing: compare to find out.</summary>
    Unknown = 0,

    /// <summary>The counter was reset.</summary>
    Reset = 1,

    /// <summary>The counter was not reset.</summary>
    NotReset = 2,

    /// <summary>A gauge: there are no resets.</summary>
    Gauge = 3,
}
