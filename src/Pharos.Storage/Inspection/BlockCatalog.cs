using Pharos.Storage.Blocks;

namespace Pharos.Storage.Inspection;

/// <summary>The blocks of a data folder as they lie there: nothing is locked, opened for writing or changed.</summary>
public static class BlockCatalog
{
    /// <summary>The blocks by first time.</summary>
    /// <exception cref="CorruptionException">A block's description is damaged.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<BlockSummary> List(string folder)
    {
        var blocks = new List<BlockSummary>();
        foreach (string block in Directory.EnumerateDirectories(folder))
        {
            if (Ulid.TryParse(Path.GetFileName(block), out _) && File.Exists(Path.Combine(block, BlockMetaFile.Name)))
            {
                blocks.Add(new BlockSummary(BlockMetaFile.Read(block), SizeOf(block), block));
            }
        }

        blocks.Sort(static (x, y) => x.Meta.MinTime != y.Meta.MinTime ? x.Meta.MinTime.CompareTo(y.Meta.MinTime) : x.Meta.Ulid.CompareTo(y.Meta.Ulid));
        return blocks;
    }

    // What upstream counts: index, chunks, tombstones, description.
    private static long SizeOf(string block)
    {
        long size = 0;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(block, ChunkSegments.FolderName)))
        {
            size += new FileInfo(file).Length;
        }

        foreach (string name in (string[])[IndexReader.Name, TombstoneFile.Name, BlockMetaFile.Name])
        {
            var file = new FileInfo(Path.Combine(block, name));
            size += file.Exists ? file.Length : 0;
        }

        return size;
    }
}
