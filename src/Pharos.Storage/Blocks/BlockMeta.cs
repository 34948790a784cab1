namespace Pharos.Storage.Blocks;

/// <summary>What <c>meta.json</c> says of a block. Format: upstream's tsdb/block.go; read and written by <see cref="BlockMetaFile"/>.</summary>
public sealed record BlockMeta
{
    /// <summary>A hint of <see cref="Hints"/>: made of samples that came out of order.</summary>
    public const string FromOutOfOrder = "from-out-of-order";

    /// <summary>The block's name, also that of its folder.</summary>
    public required Ulid Ulid { get; init; }

    /// <summary>First time, milliseconds: no sample is older.</summary>
    public required long MinTime { get; init; }

    /// <summary>End, milliseconds: all samples are older.</summary>
    public required long MaxTime { get; init; }

    /// <summary>What it holds.</summary>
    public BlockStats Stats { get; init; } = new();

    /// <summary>How often its samples were compacted; 1: made of the head.</summary>
    public int Level { get; init; } = 1;

    /// <summary>The blocks made of heads that went into it, itself where it is one.</summary>
    public IReadOnlyList<Ulid> Sources { get; init; } = [];

    /// <summary>It has no samples and may go.</summary>
    public bool IsDeletable { get; init; }

    /// <summary>The blocks that it was directly made of, which it replaces.</summary>
    public IReadOnlyList<BlockParent> Parents { get; init; } = [];

    /// <summary>A compaction of it failed; it is left out of further ones.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Where it comes from, sorted, in upstream's words.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];
}
