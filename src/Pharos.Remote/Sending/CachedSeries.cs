namespace Pharos.Remote.Sending;

/// <summary>What a queue knows of a series: what it sends as its labels, or that it sends nothing.</summary>
internal struct CachedSeries
{
    public CachedState State;

    /// <summary>Asked for since the last compaction.</summary>
    public bool IsUsed;

    /// <summary>Where the labels are in the arena: as label bytes for version 1, as numbers of symbols for version 2.</summary>
    public int Page;

    public int Offset;

    /// <summary>Of the labels, in bytes.</summary>
    public int Length;

    /// <summary>Index of its metadata; 0 is none.</summary>
    public int Metadata;

    /// <summary>The batch that has the last sample of the series.</summary>
    public int Batch;

    /// <summary>Which of that batch it is.</summary>
    public int Item;
}

/// <summary>What is known of a series.</summary>
internal enum CachedState : byte
{
    /// <summary>Nothing yet, or not any more.</summary>
    Unknown,

    /// <summary>It is sent.</summary>
    Kept,

    /// <summary>Relabelling drops it.</summary>
    Dropped,

    /// <summary>Neither the store nor its log describes it.</summary>
    Missing,
}
