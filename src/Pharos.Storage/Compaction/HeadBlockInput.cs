using Pharos.Storage.Blocks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Compaction;

/// <summary>
/// The head as what a block is made of. The caller sees to it that no series is dropped while this is open. What is appended meanwhile may be seen or not: a range is complete
/// when nothing can be appended to it any more.
/// </summary>
internal sealed class HeadBlockInput : IBlockInput
{
    private readonly HeadMemory _memory;
    private readonly HeadSymbols _symbols;

    public HeadBlockInput(HeadMemory memory)
    {
        _memory = memory;
        _symbols = new HeadSymbols(memory.Series);
    }

    public ISymbolCursor OpenSymbols() => _symbols.OpenCursor();

    public IChunkSeriesCursor OpenSeries(long minTime, long maxTime) => new HeadSeriesCursor(_memory, _symbols, minTime, maxTime);

    public void Dispose() => _symbols.Dispose();
}
