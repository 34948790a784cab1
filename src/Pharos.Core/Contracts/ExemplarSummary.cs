namespace Pharos.Core.Contracts;

/// <summary>Counts over exemplars that were appended together. Those that are already there are in none of them.</summary>
/// <param name="Appended">Stored.</param>
/// <param name="OutOfOrder">Refused as older than the newest of their series.</param>
/// <param name="Invalid">Refused because their labels are longer than <see cref="Samples.Exemplar.MaxLabelLength"/>.</param>
/// <param name="UnknownSeries">Refused because their series is not in the store.</param>
public readonly record struct ExemplarSummary(int Appended, int OutOfOrder, int Invalid, int UnknownSeries);
