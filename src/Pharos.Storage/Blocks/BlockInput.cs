namespace Pharos.Storage.Blocks;

/// <summary>A block as what another block is made of. Holds it until it is disposed; what is deleted is that of the moment when it was opened.</summary>
internal sealed class BlockInput : IBlockInput
{
    private readonly TombstoneSet _tombstones;
    private Block? _block;

    /// <param name="block">Held for this; released by <see cref="Dispose"/>.</param>
    public BlockInput(Block block)
    {
        _block = block;
        _tombstones = block.Tombstones;
    }

    public ISymbolCursor OpenSymbols() => Held.Index.Symbols.OpenCursor();

    public IChunkSeriesCursor OpenSeries(long minTime, long maxTime) => new BlockSeriesCursor(Held, _tombstones, minTime, maxTime);

    public void Dispose() => Interlocked.Exchange(ref _block, null)?.Release();

    private Block Held
    {
        get
        {
            Block? block = _block;
            ObjectDisposedException.ThrowIf(block is null, this);
            return block;
        }
    }
}
