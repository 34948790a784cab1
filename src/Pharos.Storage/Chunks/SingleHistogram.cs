using Pharos.Core.Histograms;

namespace Pharos.Storage.Chunks;

/// <summary>Makes chunks of one native histogram each. Reuses its memory; not thread-safe. Format: docs/formats/chunk.md.</summary>
internal sealed unsafe class SingleHistogram : IDisposable
{
    private readonly HistogramRow _row = new();
    private readonly BitWriter _bits = new();
    private HistogramState* _state;

    /// <summary>Encodes the chunk; returns its length in bytes, the two of the count included.</summary>
    public int Encode(long time, NativeHistogram histogram, out ChunkEncoding encoding)
    {
        _row.Set(histogram);
        byte header = _row.IsGauge ? HistogramChunkHeader.Gauge : _row.Hint == CounterResetHint.Reset ? HistogramChunkHeader.Reset : HistogramChunkHeader.Unknown;
        _bits.Clear();
        HistogramChunkEncoder.Begin(_bits, ref _state, _row, time, header);
        encoding = _row.Encoding;
        return ChunkView.MinLength + _bits.Length;
    }

    /// <summary>Copies the chunk that was encoded last.</summary>
    public void CopyTo(Span<byte> destination)
    {
        destination[0] = 0;
        destination[1] = 1;
        _bits.CopyTo(destination[ChunkView.MinLength..]);
    }

    public void Dispose()
    {
        HistogramState.Free(_state);
        _state = null;
    }
}
