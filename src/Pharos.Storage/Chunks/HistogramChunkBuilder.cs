using System.Diagnostics;
using Pharos.Core.Histograms;

namespace Pharos.Storage.Chunks;

/// <summary>Makes one chunk of native histograms after another, outside the head. Not thread-safe.</summary>
internal sealed unsafe class HistogramChunkBuilder : IDisposable
{
    private readonly HistogramRow _row = new();
    private readonly HistogramRow _old = new();
    private BitWriter _bits = new();
    private BitWriter _spare = new();
    private HistogramState* _state;
    private byte _nextHeader;

    /// <summary>Samples in the chunk; at most 65,535.</summary>
    public int Count { get; private set; }

    public ChunkEncoding Encoding { get; private set; }

    /// <summary>First time, milliseconds.</summary>
    public long MinTime { get; private set; }

    /// <summary>Last time, milliseconds.</summary>
    public long MaxTime => _state->Time;

    /// <summary>Bytes of the chunk, the two of the count included.</summary>
    public int Length => sizeof(ushort) + _bits.Length;

    /// <summary>Forgets the chunk, and what was known of resets between it and the next.</summary>
    public void Clear()
    {
        Count = 0;
        _nextHeader = HistogramChunkHeader.Unknown;
    }

    /// <summary>Forgets the chunk alone.</summary>
    public void Drop() => Count = 0;

    /// <summary>
    /// Appends to the chunk. False where upstream would begin another, or there is none yet: then the caller takes this one and calls <see cref="Begin"/> with the same histogram.
    /// </summary>
    public bool TryAppend(long time, NativeHistogram histogram)
    {
        _row.Set(histogram);
        if (Count == 0)
        {
            return false;
        }

        if (Count == ushort.MaxValue || Encoding != _row.Encoding)
        {
            _nextHeader = HistogramChunkHeader.Unknown;
            return false;
        }

        HistogramFit fit = HistogramChunkEncoder.Check(_state, _row);
        if (!fit.IsOk)
        {
            // Of floats upstream notes only that there was a reset, or a gauge.
            _nextHeader = _row.IsInteger || fit.ResetHeader != HistogramChunkHeader.NotReset ? fit.ResetHeader : HistogramChunkHeader.Unknown;
            return false;
        }

        HistogramChunkEncoder.Widen(_state, _row, fit);
        if (fit.Both.IsChunkNarrow)
        {
            EncodeAnew();
        }

        HistogramChunkEncoder.Continue(_bits, _state, _row, time);
        Count++;
        return true;
    }

    /// <summary>Begins a chunk. What its head says of a reset comes from why <see cref="TryAppend"/> refused, if it did.</summary>
    public void Begin(long time, NativeHistogram histogram)
    {
        _row.Set(histogram);
        byte header = _row.IsGauge ? HistogramChunkHeader.Gauge : _row.Hint == CounterResetHint.Reset ? HistogramChunkHeader.Reset : _nextHeader;
        _nextHeader = HistogramChunkHeader.Unknown;
        _bits.Clear();
        HistogramChunkEncoder.Begin(_bits, ref _state, _row, time, header);
        Encoding = _row.Encoding;
        MinTime = time;
        Count = 1;
    }

    /// <summary>Copies the chunk, count first; there must be room for <see cref="Length"/> bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        destination[0] = (byte)(Count >> 8);
        destination[1] = (byte)Count;
        _bits.CopyTo(destination[sizeof(ushort)..]);
    }

    public void Dispose()
    {
        HistogramState.Free(_state);
        _state = null;
    }

    private void EncodeAnew()
    {
        byte[] chunk = new byte[Length];
        CopyTo(chunk);
        var reader = new HistogramChunkReader(chunk, Encoding);
        byte header = _state->ResetHeader;
        _spare.Clear();
        for (int i = 0; reader.MoveNext(); i++)
        {
            _old.Set(reader);
            _old.Widen(_row.PositiveSpans, _row.NegativeSpans);
            if (i == 0)
            {
                HistogramChunkEncoder.Begin(_spare, ref _state, _old, reader.Time, header);
            }
            else
            {
                HistogramChunkEncoder.Continue(_spare, _state, _old, reader.Time);
            }
        }

        Debug.Assert(reader.Error is null, reader.Error);
        reader.Dispose();
        (_bits, _spare) = (_spare, _bits);
    }
}
