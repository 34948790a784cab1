namespace Pharos.Remote.Receiving;

/// <summary>What a write request may be at most. Senders of Prometheus stay far below: 2000 samples, some 400 kB.</summary>
public sealed record RemoteWriteLimits
{
    /// <summary>Of the body as it is sent, compressed.</summary>
    public int MaxBodyBytes { get; init; } = 32 << 20;

    /// <summary>Of the message in it; checked against the length that the body claims, before any memory is taken for it.</summary>
    public int MaxMessageBytes { get; init; } = 128 << 20;

    /// <summary>Samples of one request.</summary>
    public int MaxSamples { get; init; } = 2_000_000;

    /// <summary>Labels of one series.</summary>
    public int MaxLabels { get; init; } = 256;

    /// <summary>Of a label's name.</summary>
    public int MaxNameBytes { get; init; } = 4096;

    /// <summary>Of a label's value.</summary>
    public int MaxValueBytes { get; init; } = 256 << 10;

    /// <summary>How far the time of a sample may be ahead of the clock; upstream's ten minutes.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(10);
}
