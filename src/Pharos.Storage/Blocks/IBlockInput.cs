namespace Pharos.Storage.Blocks;

/// <summary>What a block is written from: another block, the head, its out-of-order part. Stays unchanged while it is open, whatever is appended or deleted meanwhile.</summary>
internal interface IBlockInput : IDisposable
{
    /// <summary>Every text of the labels of the series, each once, ascending as bytes. There may be more than the series use.</summary>
    ISymbolCursor OpenSymbols();

    /// <summary>The series that have samples in the range, both ends included, ascending by their labels. Chunks may reach beyond the range.</summary>
    IChunkSeriesCursor OpenSeries(long minTime, long maxTime);
}
