namespace Pharos.Storage.Head;

/// <summary>Plain counters of the head; written under the commit lock or by <see cref="Interlocked"/>, read by anybody.</summary>
internal sealed class HeadCounters
{
    public readonly OutOfOrderDeltas OutOfOrderDeltas = new();

    public long SeriesCreated;
    public long SeriesRemoved;
    public long SeriesNotFound;
    public long SamplesAppended;
    public long HistogramsAppended;
    public long OutOfOrder;
    public long Duplicates;
    public long TooOld;
    public long BeyondWindow;
    public long OutOfOrderAppended;
    public long OutOfOrderHistogramsAppended;
    public long Truncations;
    public long TruncationFailures;
    public long Checkpoints;
    public long Repairs;
    public long OutOfOrderRepairs;
    public long RecordsNotKept;
    public TimeSpan ReplayDuration;
}
