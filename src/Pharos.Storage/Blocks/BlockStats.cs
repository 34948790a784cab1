namespace Pharos.Storage.Blocks;

/// <summary>What a block holds, by count.</summary>
public sealed record BlockStats
{
    /// <summary>Samples of both kinds.</summary>
    public long Samples { get; init; }

    /// <summary>Samples that are numbers; absent in blocks that older versions wrote.</summary>
    public long FloatSamples { get; init; }

    /// <summary>Samples that are native histograms.</summary>
    public long HistogramSamples { get; init; }

    /// <summary>Series.</summary>
    public long Series { get; init; }

    /// <summary>Chunks.</summary>
    public long Chunks { get; init; }

    /// <summary>Deleted intervals that its samples are not rid of yet.</summary>
    public long Tombstones { get; init; }
}
