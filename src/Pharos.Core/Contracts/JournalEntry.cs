namespace Pharos.Core.Contracts;

/// <summary>One thing that happened. Immutable; holds no secret.</summary>
/// <param name="Time">Milliseconds since the Unix epoch.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Subject">What it happened to: an alert's name, a target's instance, a file; at most 512 characters.</param>
/// <param name="Detail">One sentence or part of one; may be empty; at most 2,000 characters.</param>
/// <param name="Labels">The labels of the alert or target; empty otherwise.</param>
/// <param name="By">Who did it, when a person did; empty otherwise.</param>
public sealed record JournalEntry(long Time, JournalKind Kind, string Subject, string Detail, Labels.Labels Labels, string By = "");
