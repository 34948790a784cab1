namespace Pharos.PromQL;

/// <summary>What a query took.</summary>
/// <param name="SamplesRead">Samples decoded from the store.</param>
/// <param name="PeakSamples">The most points that counted against <see cref="EngineOptions.MaxSamples"/> at one time.</param>
/// <param name="QueueTime">Waiting for a place among <see cref="EngineOptions.MaxConcurrency"/>.</param>
/// <param name="EvaluationTime">From then to the result.</param>
public sealed record QueryStatistics(long SamplesRead, long PeakSamples, TimeSpan QueueTime, TimeSpan EvaluationTime)
{
    /// <summary>Of a query that was not begun.</summary>
    public static QueryStatistics None { get; } = new(0, 0, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Of the evaluation: planning, and opening the store.</summary>
    public TimeSpan PreparationTime { get; init; }

    /// <summary>Of the evaluation: computing the rows of the result.</summary>
    public TimeSpan InnerTime { get; init; }

    /// <summary>Of the evaluation: bringing the rows in order.</summary>
    public TimeSpan SortTime { get; init; }

    /// <summary>Only with <see cref="EngineOptions.CountsSamples"/>; otherwise null.</summary>
    public QueryableSamples? Queryable { get; init; }
}
