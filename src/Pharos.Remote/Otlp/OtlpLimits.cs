namespace Pharos.Remote.Otlp;

/// <summary>What a request may be at most. The collector's batches of 8,192 points, some 2 MB, stay far below.</summary>
public sealed record OtlpLimits
{
    /// <summary>Of the body as it is sent, and of the message after decompression: upstream reads no more either.</summary>
    public int MaxMessageBytes { get; init; } = 32 << 20;

    /// <summary>Resources, scopes, metrics, points and exemplars of one request, all together.</summary>
    public int MaxElements { get; init; } = 500_000;

    /// <summary>Attributes, bucket counts, bounds and quantiles of one request, all together.</summary>
    public int MaxParts { get; init; } = 4_000_000;

    /// <summary>Samples that one request may become: a point of a histogram is many, and the times between two points of a resource are too.</summary>
    public int MaxSamples { get; init; } = 2_000_000;

    /// <summary>Of the names and values of all labels that one request may become.</summary>
    public int MaxLabelBytes { get; init; } = 256 << 20;

    /// <summary>Labels of one series.</summary>
    public int MaxLabels { get; init; } = 256;

    /// <summary>Of a label's name.</summary>
    public int MaxNameBytes { get; init; } = 4096;

    /// <summary>Of a label's value.</summary>
    public int MaxValueBytes { get; init; } = 256 << 10;

    /// <summary>How far the time of a sample may be ahead of the clock; upstream's ten minutes.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(10);
}
