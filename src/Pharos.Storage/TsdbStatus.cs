namespace Pharos.Storage;

/// <summary>A name and a number of a ranking.</summary>
/// <param name="Name">A metric name, label name or <c>name=value</c>.</param>
/// <param name="Value">A count, or bytes.</param>
public readonly record struct TsdbStatistic(string Name, long Value);

/// <summary>What <c>/api/v1/status/tsdb</c> tells of the head.</summary>
public sealed record TsdbStatus
{
    /// <summary>Series held now.</summary>
    public long Series { get; init; }

    /// <summary>Distinct pairs of label name and value.</summary>
    public long LabelPairs { get; init; }

    /// <summary>Closed and open chunks.</summary>
    public long Chunks { get; init; }

    /// <summary>Oldest time, milliseconds.</summary>
    public long MinTime { get; init; }

    /// <summary>Newest time, milliseconds.</summary>
    public long MaxTime { get; init; }

    /// <summary>Metric names by number of series, most first.</summary>
    public IReadOnlyList<TsdbStatistic> SeriesCountByMetricName { get; init; } = [];

    /// <summary>Label names by number of distinct values, most first.</summary>
    public IReadOnlyList<TsdbStatistic> LabelValueCountByLabelName { get; init; } = [];

    /// <summary>Label names by the bytes that their values take, each series counted, most first.</summary>
    public IReadOnlyList<TsdbStatistic> MemoryInBytesByLabelName { get; init; } = [];

    /// <summary>Label pairs by number of series, most first.</summary>
    public IReadOnlyList<TsdbStatistic> SeriesCountByLabelValuePair { get; init; } = [];

    /// <summary>From when on series count as created lately, milliseconds: an hour ago, or when the store was opened.</summary>
    public long CreatedSince { get; init; }

    /// <summary>Series created since then that are still there.</summary>
    public long SeriesCreated { get; init; }

    /// <summary>Metric names by number of series created since then, most first.</summary>
    public IReadOnlyList<TsdbStatistic> SeriesCreatedByMetricName { get; init; } = [];

    /// <summary>Label pairs by number of series created since then, most first.</summary>
    public IReadOnlyList<TsdbStatistic> SeriesCreatedByLabelValuePair { get; init; } = [];

    /// <summary>Label names by number of values that only series created since then have, most first: which label makes new series.</summary>
    public IReadOnlyList<TsdbStatistic> LabelValuesCreatedByLabelName { get; init; } = [];
}
