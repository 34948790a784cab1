namespace Pharos.Storage.Blocks;

/// <summary>Counters and gauges of the open blocks.</summary>
public sealed record BlockMetrics
{
    /// <summary>Blocks open now.</summary>
    public int Loaded { get; init; }

    /// <summary>Their bytes on disk.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that is kept in memory of their symbols.</summary>
    public long SymbolTableBytes { get; init; }

    /// <summary>Bytes that is kept in memory of where their lists of series are.</summary>
    public long PostingsTableBytes { get; init; }

    /// <summary>Oldest time, milliseconds; <see cref="long.MaxValue"/> without blocks.</summary>
    public long MinTime { get; init; } = long.MaxValue;

    /// <summary>Times that the folder was looked through.</summary>
    public long Reloads { get; init; }

    /// <summary>Those that failed.</summary>
    public long ReloadFailures { get; init; }

    internal static BlockMetrics Of(BlockList list)
    {
        IReadOnlyList<Block> blocks = list.Current;
        return new BlockMetrics
        {
            Loaded = blocks.Count,
            Bytes = blocks.Sum(static block => block.Length),
            SymbolTableBytes = blocks.Sum(static block => block.Index.Symbols.HeldBytes),
            PostingsTableBytes = blocks.Sum(static block => block.Index.Postings.HeldBytes),
            MinTime = blocks.Count > 0 ? blocks[0].Meta.MinTime : long.MaxValue,
            Reloads = list.Reloads,
            ReloadFailures = list.ReloadFailures,
        };
    }
}
