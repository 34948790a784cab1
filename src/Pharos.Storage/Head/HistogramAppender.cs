using System.Buffers;
using System.Buffers.Binary;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Native;

namespace Pharos.Storage.Head;

/// <summary>
/// Appends native histograms to open chunks, in upstream's bits; closes chunks and encodes them anew where upstream would. One caller at a time (the commit lock), inside the gate.
/// Benchmark: <c>HistogramChunkBenchmarks</c>. Format: docs/formats/chunk.md.
/// </summary>
/// <remarks>
/// The bits lie where those of floats do, the byte of the reset header first: the line and its blocks. A chunk that is encoded anew gets new blocks, so that whoever copied the
/// line reads on in the old ones. The byte that upstream puts between count and bits is that first byte.
/// </remarks>
internal sealed unsafe class HistogramAppender
{
    // A number takes 77 bits at most, in the log ten bytes; a span has two numbers.
    private const int MaxPartBytes = 20;

    // Of a sample, besides its parts.
    private const int MaxHeadBytes = 128;

    private const int CountBytes = sizeof(ushort);
    private readonly BlockPool _blocks;
    private readonly XorAppender _xor;
    private readonly HistogramStates _states;
    private readonly HotLine* _lines;
    private readonly Action<uint> _retire;
    private readonly BitWriter _bits = new();
    private readonly HistogramRow _row = new();
    private readonly HistogramRow _old = new();

    /// <param name="blocks">Memory of open chunks.</param>
    /// <param name="xor">Puts bits and closes chunks.</param>
    /// <param name="states">What samples are encoded against.</param>
    /// <param name="lines">The line of reference 0.</param>
    /// <param name="retireChain">Takes the newest block of a chain that the head needs no more, while readers may.</param>
    public HistogramAppender(BlockPool blocks, XorAppender xor, HistogramStates states, HotLine* lines, Action<uint> retireChain)
    {
        _blocks = blocks;
        _xor = xor;
        _states = states;
        _lines = lines;
        _retire = retireChain;
    }

    /// <summary>Chunks begun.</summary>
    public long ChunksCreated { get; private set; }

    /// <summary>Bytes that a histogram takes at most, in a chunk or in the log.</summary>
    public static long MaxBytes(NativeHistogram histogram) => MaxHeadBytes + ((long)MaxPartBytes * histogram.Parts);

    /// <summary>Appends a histogram that is newer than the newest sample of the line.</summary>
    public void Append(HotLine* line, long time, NativeHistogram histogram)
    {
        _row.Set(histogram);
        Append(line, time);
    }

    /// <summary>Appends a float to a line that holds histograms: a staleness marker becomes one of their kind, anything else begins a chunk.</summary>
    public void AppendFloat(HotLine* line, long time, ulong value)
    {
        if (value == Staleness.MarkerBits)
        {
            _row.SetStale(_states.Find(ReferenceOf(line))->IsInteger, CounterResetHint.Unknown);
            Append(line, time);
            return;
        }

        CloseOpen(line);
        _xor.Append(line, time, value);
    }

    /// <summary>Whether the open chunk ends with this very histogram.</summary>
    public bool IsLast(HotLine* line, NativeHistogram histogram)
    {
        if (line->State != SeriesState.HoldsHistograms)
        {
            return false;
        }

        _row.Set(histogram);
        return HistogramChunkEncoder.IsLast(_states.Find(ReferenceOf(line)), _row);
    }

    /// <summary>Closes the open chunk of histograms; the next sample begins another, of any kind.</summary>
    public void CloseOpen(HotLine* line)
    {
        CloseChunk(line);
        _states.Remove(ReferenceOf(line));
        line->State = SeriesState.Alive;
    }

    /// <summary>Copies the open chunk of a line; there must be room for 8 bytes more than <see cref="HotLine.ChunkBytes"/>.</summary>
    public static ReadOnlySpan<byte> Flatten(in HotLine line, BlockPool blocks, Span<byte> room)
    {
        BinaryPrimitives.WriteUInt16BigEndian(room, line.Count);
        fixed (byte* start = room)
        {
            XorAppender.Flatten(line, blocks, start + CountBytes);
        }

        return room[..line.ChunkBytes];
    }

    private void Append(HotLine* line, long time)
    {
        HistogramState* state = null;
        if (line->State == SeriesState.HoldsHistograms)
        {
            state = _states.Find(ReferenceOf(line));
            if (state->Encoding != _row.Encoding)
            {
                // The other kind of histograms says nothing of resets.
                CloseOpen(line);
                state = null;
            }
        }
        else if (line->Count > 0)
        {
            _xor.Close(line);
            line->Count = 0;
        }

        if (state == null)
        {
            Begin(line, time, FirstHeader(null));
        }
        else if (IsFull(line, state, time))
        {
            byte header = FirstHeader(state);
            CloseChunk(line);
            state->HasComputedEnd = false;
            Begin(line, time, header);
        }
        else
        {
            Continue(line, state, time);
        }
    }

    // Upstream's rules: the time to cut is judged once a quarter of the aimed size is there, and before that range ends a chunk has ten samples.
    private bool IsFull(HotLine* line, HistogramState* state, long time)
    {
        int bytes = line->ChunkBytes;
        long cutAt = line->FirstTime + line->CutAfter;
        long rangeEnd = state->HasComputedEnd ? ChunkRange.End(line->FirstTime) : cutAt;
        if (!state->HasComputedEnd && bytes >= ChunkRange.HistogramTargetBytes / 4)
        {
            cutAt = ChunkRange.PredictEnd(line->FirstTime, line->Time, cutAt, (double)ChunkRange.HistogramTargetBytes / bytes);
            line->CutAfter = (int)(cutAt - line->FirstTime);
            state->HasComputedEnd = true;
        }

        bool isDue = time >= cutAt || bytes >= ChunkRange.HistogramTargetBytes * 2;
        return (isDue && (line->Count >= ChunkRange.HistogramMinSamples || time >= rangeEnd))
            || !HasRoom(line->Words)
            || line->Count == ushort.MaxValue;
    }

    // Whether the row fits behind so many words, whatever it is.
    private bool HasRoom(int words)
    {
        int parts = _row.Values.Length + _row.CustomValues.Length + _row.PositiveSpans.Length + _row.NegativeSpans.Length;
        return words + ((MaxHeadBytes + (MaxPartBytes * parts)) / sizeof(ulong)) < ushort.MaxValue;
    }

    // What the head of a chunk that begins for its length or range says, by the sample before.
    private byte FirstHeader(HistogramState* before)
    {
        if (_row.IsGauge)
        {
            return HistogramChunkHeader.Gauge;
        }

        if (_row.Hint == CounterResetHint.Reset)
        {
            return HistogramChunkHeader.Reset;
        }

        if (before == null)
        {
            return HistogramChunkHeader.Unknown;
        }

        byte header = HistogramChunkEncoder.Check(before, _row).ResetHeader;
        return _row.IsInteger || header == HistogramChunkHeader.Reset ? header : HistogramChunkHeader.NotReset;
    }

    private void Continue(HotLine* line, HistogramState* state, long time)
    {
        HistogramFit fit = HistogramChunkEncoder.Check(state, _row);
        if (!fit.IsOk)
        {
            // Of floats upstream notes only that there was a reset, or a gauge.
            byte header = _row.IsInteger || fit.ResetHeader != HistogramChunkHeader.NotReset ? fit.ResetHeader : HistogramChunkHeader.Unknown;
            CloseChunk(line);
            Begin(line, time, header);
            return;
        }

        HistogramChunkEncoder.Widen(state, _row, fit);
        if (fit.Both.IsChunkNarrow && !TryEncodeAnew(line, ref state))
        {
            CloseChunk(line);
            Begin(line, time, fit.ResetHeader);
            return;
        }

        _bits.Clear();
        HistogramChunkEncoder.Continue(_bits, state, _row, time);
        PutBits(line);
        line->Time = time;
        line->Value = _row.Sum;
        line->Count++;
    }

    private void Begin(HotLine* line, long time, byte header)
    {
        ChunksCreated++;
        uint reference = ReferenceOf(line);
        HistogramState* state = _states.Find(reference);
        long before = state == null ? 0 : state->Bytes;
        _bits.Clear();
        HistogramChunkEncoder.Begin(_bits, ref state, _row, time, header);
        _states.Set(reference, state, before);
        line->FirstTime = time;
        line->Time = time;
        line->Value = _row.Sum;
        line->CutAfter = (int)(ChunkRange.End(time) - time);
        line->Count = 1;
        line->State = SeriesState.HoldsHistograms;
        line->Leading = (byte)_row.Encoding;
        BeginBits(line);
        PutBits(line);
    }

    // Decodes the open chunk and encodes it with the buckets of the row, which has all that there are. False when it would become too large: then the line is as before.
    private bool TryEncodeAnew(HotLine* line, ref HistogramState* state)
    {
        byte[] flat = ArrayPool<byte>.Shared.Rent(line->ChunkBytes + sizeof(ulong));
        HistogramChunkReader reader = default;
        try
        {
            reader = new HistogramChunkReader(Flatten(*line, _blocks, flat), line->OpenEncoding);
            long before = state->Bytes;
            byte header = state->ResetHeader;
            _bits.Clear();
            for (int i = 0; reader.MoveNext(); i++)
            {
                _old.Set(reader);
                _old.Widen(_row.PositiveSpans, _row.NegativeSpans);
                if (i == 0)
                {
                    HistogramChunkEncoder.Begin(_bits, ref state, _old, reader.Time, header);
                }
                else
                {
                    HistogramChunkEncoder.Continue(_bits, state, _old, reader.Time);
                }
            }

            _states.Set(ReferenceOf(line), state, before);
            if (!HasRoom(_bits.Words.Length))
            {
                return false;
            }

            uint oldChain = line->Block;
            BeginBits(line);
            PutBits(line);
            if (oldChain != 0)
            {
                _retire(oldChain);
            }

            return true;
        }
        finally
        {
            reader.Dispose();
            ArrayPool<byte>.Shared.Return(flat);
        }
    }

    private void CloseChunk(HotLine* line)
    {
        _xor.Close(line);
        line->Count = 0;
        line->FirstTime = long.MaxValue;
    }

    private static void BeginBits(HotLine* line)
    {
        line->Words = 0;
        line->Pending = 0;
        line->PendingBits = 0;
        line->Block = 0;
    }

    private void PutBits(HotLine* line)
    {
        foreach (ulong word in _bits.Words)
        {
            _xor.Put(line, word, 64);
        }

        if (_bits.PendingBits > 0)
        {
            _xor.Put(line, _bits.Pending >> (64 - _bits.PendingBits), _bits.PendingBits);
        }
    }

    private uint ReferenceOf(HotLine* line) => (uint)(line - _lines);
}
