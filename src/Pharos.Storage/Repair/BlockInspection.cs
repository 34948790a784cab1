using Pharos.Storage.Blocks;

namespace Pharos.Storage.Repair;

/// <summary>Looks through all that a block holds.</summary>
internal static class BlockInspection
{
    /// <summary>The first damage of what queries need; null where all is whole. Tombstones are not looked at.</summary>
    /// <param name="folder">The block's folder.</param>
    /// <param name="series">The references of all series where the tables that list them are whole; else null.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static CorruptionException? FindDamage(string folder, out IReadOnlyList<uint>? series, CancellationToken cancellationToken)
    {
        series = null;
        try
        {
            BlockMetaFile.Read(folder);
            using var index = new IndexReader(Path.Combine(folder, IndexReader.Name));
            series = index.ReadAllSeries();
            using var chunks = new ChunkSegments(Path.Combine(folder, ChunkSegments.FolderName));
            CheckSeries(index, chunks, series, cancellationToken);
            CheckPostings(index.Postings, cancellationToken);
            return null;
        }
        catch (CorruptionException e)
        {
            return e;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new CorruptionException(folder, 0, $"a part of the block is missing: {e.Message}");
        }
    }

    private static void CheckSeries(IndexReader index, ChunkSegments chunks, IReadOnlyList<uint> series, CancellationToken cancellationToken)
    {
        var decoder = new LabelDecoder(index.Symbols);
        foreach (uint reference in series)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SeriesEntry entry = index.OpenSeries(reference);
            decoder.Read(ref entry);
            while (entry.MoveNextChunk())
            {
                chunks.Read(entry.Chunk, entry.MinTime, entry.MaxTime);
            }
        }
    }

    private static void CheckPostings(PostingsTable postings, CancellationToken cancellationToken)
    {
        uint[] list = [];
        foreach (string name in postings.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            postings.TryGet(name, out LabelPostings values);
            PostingsTable.ValueCursor cursor = postings.Open(values);
            while (cursor.MoveNext())
            {
                int count = postings.CountOf(cursor.List);
                if (list.Length < count)
                {
                    list = new uint[count];
                }

                postings.ReadList(cursor.List, list.AsSpan(0, count));
            }
        }
    }
}
