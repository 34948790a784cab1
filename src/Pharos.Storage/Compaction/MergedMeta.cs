using Pharos.Storage.Blocks;

namespace Pharos.Storage.Compaction;

/// <summary>What the description of a block says that was made of others, by upstream's rules (tsdb/compact.go, CompactBlockMetas).</summary>
internal static class MergedMeta
{
    /// <summary>The description, without counts.</summary>
    public static BlockMeta Of(Ulid ulid, IReadOnlyList<BlockMeta> blocks)
    {
        var sources = new SortedSet<Ulid>();
        var hints = new SortedSet<string>(StringComparer.Ordinal);
        foreach (BlockMeta block in blocks)
        {
            sources.UnionWith(block.Sources);
            hints.UnionWith(block.Hints);
        }

        // Only what is out of order altogether stays so: a block that has samples in order tells up to when the head was written.
        if (!blocks.All(static block => block.Hints.Contains(BlockMeta.FromOutOfOrder)))
        {
            hints.Remove(BlockMeta.FromOutOfOrder);
        }

        return new BlockMeta
        {
            Ulid = ulid,
            MinTime = blocks.Min(static block => block.MinTime),
            MaxTime = blocks.Max(static block => block.MaxTime),
            Level = blocks.Max(static block => block.Level) + 1,
            Sources = [.. sources],
            Parents = [.. blocks.Select(static block => new BlockParent(block.Ulid, block.MinTime, block.MaxTime))],
            Hints = [.. hints],
        };
    }
}
