namespace Pharos.PromQL;

/// <summary>What a query took.</summary>
/// <param name="SamplesRead">Samples decoded from the store.</param>
/// <param name="PeakSamples">The most points that counted against <see cref="EngineOptions.MaxSamples"/> at one time.</param>
/// <param name="QueueTime">Waiting for a place among <see cref="EngineOptions.MaxConcurrency"/>.</param>
/// <param name="EvaluationTime">From then to the result.</param>
public sealed record QueryStatistics(long SamplesRead, long PeakSamples, TimeSpan QueueTime, TimeSpan EvaluationTime);
