using Pharos.Storage.Chunks;
using Pharos.Storage.Files;

namespace Pharos.Storage.Blocks;

/// <summary>
/// Writes one block into a folder of another name that is given its own when all of it is on disk: a block is there whole or not at all. Symbols first, then series, both
/// ascending, then <see cref="Commit"/>. For one thread.
/// </summary>
internal sealed class BlockWriter : IDisposable
{
    /// <summary>What the folder's name ends with while the block is written.</summary>
    public const string CreationSuffix = ".tmp-for-creation";

    /// <summary>What a folder is renamed to end with before it is deleted.</summary>
    public const string DeletionSuffix = ".tmp-for-deletion";

    /// <summary>Name of the folder of segments.</summary>
    public const string ChunksFolder = "chunks";

    private readonly IStoreFiles _files;
    private readonly string _parent;
    private readonly string _folder;
    private readonly string _temporary;
    private readonly Ulid _ulid;
    private readonly ChunkSegmentWriter _chunks;
    private readonly IndexWriter _index;
    private BlockChunk[] _seriesChunks = new BlockChunk[16];
    private long _samples;
    private long _histograms;
    private long _series;
    private long _chunkCount;
    private bool _done;

    /// <param name="files">Makes the files.</param>
    /// <param name="parent">The folder that the block's folder is made in.</param>
    /// <param name="ulid">The block's name.</param>
    /// <param name="segmentBytes">Size of a segment of chunks at most.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public BlockWriter(IStoreFiles files, string parent, Ulid ulid, long segmentBytes = ChunkSegmentWriter.DefaultSegmentBytes)
    {
        _files = files;
        _parent = parent;
        _ulid = ulid;
        _folder = Path.Combine(parent, ulid.ToString());
        _temporary = _folder + CreationSuffix;
        files.DeleteFolder(_temporary);
        files.CreateFolder(_temporary);
        _chunks = new ChunkSegmentWriter(files, Path.Combine(_temporary, ChunksFolder), segmentBytes);
        _index = new IndexWriter(files, Path.Combine(_temporary, IndexWriter.FileName));
    }

    /// <summary>What was added so far.</summary>
    public BlockStats Stats => new()
    {
        Samples = _samples,
        FloatSamples = _samples - _histograms,
        HistogramSamples = _histograms,
        Series = _series,
        Chunks = _chunkCount,
    };

    /// <summary>Adds a symbol greater than those before.</summary>
    public void AddSymbol(ReadOnlySpan<byte> symbol) => _index.AddSymbol(symbol);

    /// <summary>Adds a series whose labels are greater than those before.</summary>
    /// <param name="labelBytes">In canonical form, see <see cref="Head.LabelBytes"/>; all symbols were added.</param>
    /// <param name="chunks">At least one; ascending and apart from each other.</param>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    /// <exception cref="BlockLimitException">The block is larger than its format allows.</exception>
    public void AddSeries(ReadOnlySpan<byte> labelBytes, ReadOnlySpan<ChunkView> chunks)
    {
        if (_seriesChunks.Length < chunks.Length)
        {
            _seriesChunks = new BlockChunk[2 * chunks.Length];
        }

        _chunks.BeginSeries();
        for (int i = 0; i < chunks.Length; i++)
        {
            ref readonly ChunkView chunk = ref chunks[i];
            _seriesChunks[i] = new BlockChunk(chunk.MinTime, chunk.MaxTime, _chunks.Write(chunk));
            int samples = chunk.Count;
            _samples += samples;
            _histograms += chunk.Encoding is ChunkEncoding.Xor or ChunkEncoding.Xor2 ? 0 : samples;
        }

        _index.AddSeries(labelBytes, _seriesChunks.AsSpan(0, chunks.Length));
        _series++;
        _chunkCount += chunks.Length;
    }

    /// <summary>Completes the block and puts it in its place. Null when it has no samples: then nothing is left of it.</summary>
    /// <param name="meta">All that the block's description is to say, but for name and counts.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left of the block.</param>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    /// <exception cref="BlockLimitException">The block is larger than its format allows.</exception>
    public BlockMeta? Commit(BlockMeta meta, CancellationToken cancellationToken)
    {
        if (_samples == 0)
        {
            return null;
        }

        _chunks.Finish();
        _index.Finish(cancellationToken);
        BlockMeta written = meta with { Ulid = _ulid, Stats = Stats };
        BlockMetaFile.Write(_files, _temporary, written);
        TombstoneFile.Write(_files, _temporary, TombstoneSet.Empty);
        _files.SyncFolder(_temporary);
        _files.Move(_temporary, _folder);
        _done = true;
        _files.SyncFolder(_parent);
        return written;
    }

    /// <summary>Removes what was written, unless it was committed.</summary>
    public void Dispose()
    {
        _chunks.Dispose();
        _index.Dispose();
        if (_done)
        {
            return;
        }

        try
        {
            _files.DeleteFolder(_temporary);
        }
        catch (IOException)
        {
            // Its name says that it is no block; the next start tries again.
        }
    }
}
