using System.Runtime.InteropServices;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Repair;

/// <summary>
/// What is whole of a damaged block, as what a block is written from: series whose entry is whole, with those of their chunks that are. One user.
/// </summary>
internal sealed class SalvagedBlock : IBlockInput
{
    private readonly SalvagedIndex _index;
    private readonly SalvagedChunks _chunks;
    private readonly TombstoneSet _tombstones;
    private readonly IReadOnlyList<uint> _series;

    /// <param name="folder">The block's folder.</param>
    /// <param name="series">References of the series to take where the tables are whole; null: those that are found.</param>
    /// <param name="tombstones">What is deleted of it.</param>
    /// <exception cref="CorruptionException">The symbols are damaged.</exception>
    /// <exception cref="IOException">There is no index.</exception>
    public SalvagedBlock(string folder, IReadOnlyList<uint>? series, TombstoneSet tombstones)
    {
        _index = new SalvagedIndex(Path.Combine(folder, IndexReader.Name));
        _chunks = new SalvagedChunks(Path.Combine(folder, ChunkSegments.FolderName));
        _tombstones = tombstones;
        IsScanned = series is null;
        _series = series ?? _index.FindSeries();
    }

    /// <summary>Whether the index' tables were of no use, so that how many series there were is not known.</summary>
    public bool IsScanned { get; }

    /// <summary>Series that are whole, after a walk.</summary>
    public long Series { get; private set; }

    /// <summary>Series of the tables whose entry is damaged, after a walk.</summary>
    public long SeriesLost { get; private set; }

    /// <summary>Chunks that are whole, after a walk.</summary>
    public long Chunks { get; private set; }

    /// <summary>Chunks that are not, after a walk.</summary>
    public long ChunksLost { get; private set; }

    /// <summary>First time of a whole chunk, milliseconds, after a walk.</summary>
    public long MinTime { get; private set; } = long.MaxValue;

    /// <summary>Last time of a whole chunk, milliseconds, after a walk.</summary>
    public long MaxTime { get; private set; } = long.MinValue;

    public ISymbolCursor OpenSymbols() => _index.Symbols.OpenCursor();

    public IChunkSeriesCursor OpenSeries(long minTime, long maxTime)
    {
        (Series, SeriesLost, Chunks, ChunksLost) = (0, 0, 0, 0);
        return new Cursor(this, minTime, maxTime);
    }

    public void Dispose()
    {
        _index.Dispose();
        _chunks.Dispose();
    }

    private sealed class Cursor(SalvagedBlock block, long minTime, long maxTime) : IChunkSeriesCursor
    {
        private readonly LabelDecoder _decoder = new(block._index.Symbols);
        private readonly List<ChunkView> _chunks = [];
        private byte[] _labels = [];
        private byte[] _last = [];
        private int _next;
        private uint _reference;

        public ReadOnlySpan<byte> LabelBytes => _labels;

        public ReadOnlySpan<ChunkView> Chunks => CollectionsMarshal.AsSpan(_chunks); // not changed before the next move

        public ReadOnlySpan<DeletedInterval> Deleted => block._tombstones.Get(_reference);

        public bool MoveNext()
        {
            while (_next < block._series.Count)
            {
                _reference = block._series[_next++];
                _chunks.Clear();
                if (TryRead() && _chunks.Count > 0)
                {
                    return true;
                }
            }

            _chunks.Clear();
            return false;
        }

        public void Dispose() => _next = block._series.Count;

        private bool TryRead()
        {
            try
            {
                SeriesEntry entry = block._index.Open(_reference);
                byte[] labels = _decoder.Read(ref entry).ToArray();

                // Series that come out of order are none of this index.
                if (labels.Length == 0 || (_last.Length > 0 && LabelOrder.Compare(_last, labels) >= 0))
                {
                    block.SeriesLost++;
                    return false;
                }

                (_labels, _last) = (labels, labels);
                block.Series++;
                ReadChunks(ref entry);
                return true;
            }
            catch (CorruptionException)
            {
                block.SeriesLost++;
                return false;
            }
        }

        private void ReadChunks(ref SeriesEntry entry)
        {
            while (entry.MoveNextChunk())
            {
                if (entry.MaxTime < minTime || entry.MinTime > maxTime || entry.MaxTime < entry.MinTime)
                {
                    continue;
                }

                if (!block._chunks.TryRead(entry.Chunk, entry.MinTime, entry.MaxTime, out ChunkView chunk))
                {
                    block.ChunksLost++;
                    continue;
                }

                block.Chunks++;
                block.MinTime = Math.Min(block.MinTime, entry.MinTime);
                block.MaxTime = Math.Max(block.MaxTime, entry.MaxTime);
                _chunks.Add(chunk);
            }
        }
    }
}
