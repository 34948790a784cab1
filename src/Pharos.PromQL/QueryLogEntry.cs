namespace Pharos.PromQL;

/// <summary>A query that has ended.</summary>
/// <param name="Query">Its text.</param>
/// <param name="Start">The first step, milliseconds since the Unix epoch.</param>
/// <param name="End">The last moment, milliseconds since the Unix epoch.</param>
/// <param name="StepMs">Milliseconds from step to step; 0 for an instant query.</param>
/// <param name="Asker">Who asked; null when nobody said.</param>
/// <param name="Statistics">What it took; only the times where it failed.</param>
/// <param name="Error">Why it failed; null when it was answered.</param>
public sealed record QueryLogEntry(string Query, long Start, long End, long StepMs, QueryAsker? Asker, QueryStatistics Statistics, string? Error);
