using System.Text;
using Pharos.Storage.Blocks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Compaction;

/// <summary>Fills a block with the union of inputs: symbols, then series by series, so that memory holds one series at a time.</summary>
internal static class BlockMerge
{
    /// <summary>Copies the samples of the range, both ends included.</summary>
    /// <param name="inputs">By first time.</param>
    /// <param name="minTime">First time.</param>
    /// <param name="maxTime">Last time.</param>
    /// <param name="writer">Empty.</param>
    /// <param name="counters">Counts the chunks, where that is wanted.</param>
    /// <param name="cancellationToken">Looked at once a series.</param>
    /// <exception cref="InvalidDataException">A chunk that must be written anew does not decode.</exception>
    /// <exception cref="CorruptionException">An input is damaged.</exception>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    public static void Copy(IReadOnlyList<IBlockInput> inputs, long minTime, long maxTime, BlockWriter writer, CompactionCounters? counters, CancellationToken cancellationToken)
    {
        using (var symbols = new SymbolMerge(inputs))
        {
            symbols.CopyTo(writer, cancellationToken);
        }

        using var series = new SeriesMerge(inputs, minTime, maxTime);
        using var chunks = new ChunkMerge();
        while (series.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            chunks.Begin();
            ReadOnlySpan<byte> labels = series.Current[0].LabelBytes;
            try
            {
                foreach (IChunkSeriesCursor cursor in series.Current)
                {
                    chunks.Add(cursor.Chunks, cursor.Deleted, minTime, maxTime);
                }

                chunks.Run();
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"{Describe(labels)}: {e.Message}", e);
            }

            if (chunks.Result.Length > 0)
            {
                writer.AddSeries(labels, chunks.Result);
                counters?.AddChunks(chunks.Result);
            }
        }
    }

    private static string Describe(ReadOnlySpan<byte> labelBytes)
    {
        var text = new StringBuilder("{");
        while (labelBytes.Length > 0)
        {
            LabelBytes.Read(ref labelBytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            text.Append(text.Length > 1 ? ", " : "").Append(Encoding.UTF8.GetString(name)).Append("=\"").Append(Encoding.UTF8.GetString(value)).Append('"');
        }

        return text.Append('}').ToString();
    }
}
