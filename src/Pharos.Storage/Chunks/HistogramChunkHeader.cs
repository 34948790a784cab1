namespace Pharos.Storage.Chunks;

/// <summary>What the head of a histogram chunk says of a counter reset before it: two bits, upstream's numbers.</summary>
internal static class HistogramChunkHeader
{
    public const byte Mask = 0b1100_0000;

    /// <summary>Nothing is known: compare.</summary>
    public const byte Unknown = 0b0000_0000;

    /// <summary>A reset began the chunk.</summary>
    public const byte Reset = 0b1000_0000;

    /// <summary>No reset began the chunk.</summary>
    public const byte NotReset = 0b0100_0000;

    /// <summary>The chunk holds gauges.</summary>
    public const byte Gauge = 0b1100_0000;
}
