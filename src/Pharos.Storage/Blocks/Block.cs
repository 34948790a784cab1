namespace Pharos.Storage.Blocks;

/// <summary>
/// An open block. Its files are mapped and do not change; what is deleted of it may grow. Whoever reads holds it by <see cref="TryAcquire"/>: the files are given back when
/// the owner has closed it and the last reader has released it. Usable from any thread.
/// </summary>
internal sealed class Block
{
    private readonly long _otherBytes;
    private TombstoneSet _tombstones;
    private int _holders = 1;

    /// <summary>Opens the block in a folder, held by the caller, who closes it.</summary>
    /// <exception cref="CorruptionException">A file is damaged.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public Block(string folder)
    {
        Folder = folder;
        Meta = BlockMetaFile.Read(folder);
        Chunks = new ChunkSegments(Path.Combine(folder, ChunkSegments.FolderName));
        try
        {
            Index = new IndexReader(Path.Combine(folder, IndexReader.Name));
            try
            {
                _tombstones = TombstoneFile.Read(folder, out long tombstoneBytes);
                _otherBytes = tombstoneBytes + new FileInfo(Path.Combine(folder, BlockMetaFile.Name)).Length;
            }
            catch
            {
                Index.Dispose();
                throw;
            }
        }
        catch
        {
            Chunks.Dispose();
            throw;
        }
    }

    public string Folder { get; }

    /// <summary>What its description said when it was opened.</summary>
    public BlockMeta Meta { get; }

    public IndexReader Index { get; }

    public ChunkSegments Chunks { get; }

    /// <summary>What is deleted. A reader takes it once. Set by who has written it to the block's folder.</summary>
    public TombstoneSet Tombstones
    {
        get => Volatile.Read(ref _tombstones);
        set => Volatile.Write(ref _tombstones, value);
    }

    /// <summary>Bytes on disk.</summary>
    public long Length => Chunks.Length + Index.Length + _otherBytes;

    /// <summary>Whether it may hold samples of the range, both ends included; its own end is not.</summary>
    public bool Overlaps(long minTime, long maxTime) => Meta.MinTime <= maxTime && minTime < Meta.MaxTime;

    /// <summary>Holds it for a reader, who releases it; false when it is closed for good.</summary>
    public bool TryAcquire()
    {
        int holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return true;
            }

            holders = seen;
        }

        return false;
    }

    /// <summary>Ends one holding: of a reader, or of the one who opened it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Index.Dispose();
            Chunks.Dispose();
        }
    }

    /// <summary>Opens it as what another block is made of.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    /// <exception cref="CorruptionException">A file was cut off while it was open.</exception>
    public IBlockInput OpenInput()
    {
        ObjectDisposedException.ThrowIf(!TryAcquire(), this);
        try
        {
            ThrowIfShortened();
            return new BlockInput(this);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>Looks whether its files still are as long as they were; see <see cref="Native.MappedFile"/>.</summary>
    /// <exception cref="CorruptionException">One is shorter.</exception>
    public void ThrowIfShortened()
    {
        Index.ThrowIfShortened();
        Chunks.ThrowIfShortened();
    }

    public override string ToString() => Meta.Ulid.ToString();
}
