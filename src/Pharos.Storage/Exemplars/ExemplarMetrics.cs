namespace Pharos.Storage.Exemplars;

/// <summary>Counters and gauges of the exemplars at one moment. Counters start at 0 when the store is opened.</summary>
/// <param name="Appended">Exemplars stored.</param>
/// <param name="OutOfOrder">Exemplars refused as older than the newest of their series.</param>
/// <param name="Count">Exemplars held now.</param>
/// <param name="Series">Series that have exemplars now.</param>
/// <param name="OldestTime">The timestamp of the one that gives way next, milliseconds; 0 when there is none.</param>
/// <param name="Limit">How many may be held; 0: none are kept.</param>
public readonly record struct ExemplarMetrics(long Appended, long OutOfOrder, int Count, int Series, long OldestTime, int Limit);
