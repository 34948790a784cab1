namespace Pharos.Storage.Inspection;

/// <summary>What the index of a block tells of its series. Rankings are whole and in no order.</summary>
public sealed record BlockAnalysis
{
    /// <summary>Series that were looked at.</summary>
    public required long Series { get; init; }

    /// <summary>Distinct label names.</summary>
    public required int LabelNames { get; init; }

    /// <summary>Labels of all series together.</summary>
    public required long Labels { get; init; }

    /// <summary>Per label pair: how often the block's time it is missing from its series' beginnings and ends, in whole blocks.</summary>
    public required IReadOnlyList<TsdbStatistic> ChurnByLabelPair { get; init; }

    /// <summary>The same per label name.</summary>
    public required IReadOnlyList<TsdbStatistic> ChurnByLabelName { get; init; }

    /// <summary>Series per label pair.</summary>
    public required IReadOnlyList<TsdbStatistic> SeriesByLabelPair { get; init; }

    /// <summary>Bytes of all values per label name.</summary>
    public required IReadOnlyList<TsdbStatistic> ValueBytesByLabelName { get; init; }

    /// <summary>Values per label name.</summary>
    public required IReadOnlyList<TsdbStatistic> ValuesByLabelName { get; init; }

    /// <summary>Series per metric name.</summary>
    public required IReadOnlyList<TsdbStatistic> SeriesByMetricName { get; init; }

    /// <summary>The chunks; null where they were not asked for.</summary>
    public ChunkAnalysis? Chunks { get; init; }
}
