using Pharos.Storage.Blocks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Compaction;

/// <summary>
/// The head's samples out of order as what blocks are made of. The caller sees to it that the store takes no samples any more, that nothing is deleted of it, and that no series
/// is dropped while this is open.
/// </summary>
internal sealed class OutOfOrderBlockInput : IBlockInput
{
    private readonly HeadMemory _memory;
    private readonly OutOfOrderStore _store;
    private readonly HeadSymbols _symbols;

    public OutOfOrderBlockInput(HeadMemory memory, OutOfOrderStore store)
    {
        _memory = memory;
        _store = store;
        _symbols = new HeadSymbols(memory.Series);
    }

    public ISymbolCursor OpenSymbols() => _symbols.OpenCursor();

    public IChunkSeriesCursor OpenSeries(long minTime, long maxTime) => new OutOfOrderSeriesCursor(_memory.Series, _store, _symbols, minTime, maxTime);

    public void Dispose() => _symbols.Dispose();
}
