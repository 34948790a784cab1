using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Native;

namespace Pharos.Storage.Head;

/// <summary>
/// Appends samples to open chunks, in upstream's bits, and closes chunks where upstream would. One caller at a time (the commit lock).
/// Benchmark: <c>XorChunkBenchmarks</c>. Format: docs/formats/chunk.md.
/// </summary>
/// <remarks>
/// Bits gather in the hot line; each full word goes to a chain of blocks (7 words and the number of the block before), which never move: whoever copied the line may read
/// the chain up to the words it counts. Pointers: a line is 64 bytes inside the region of lines; a block index inside a block is Words % 7.
/// </remarks>
internal sealed unsafe class XorAppender
{
    public const int WordsPerBlock = 7;
    private readonly BlockPool _blocks;
    private readonly ClosedChunks _chunks;
    private readonly HotLine* _lines;
    private readonly Action<uint> _retire;

    /// <param name="blocks">Memory of open chunks.</param>
    /// <param name="chunks">Takes closed chunks.</param>
    /// <param name="lines">The line of reference 0: a line's place says which series its chunks belong to.</param>
    /// <param name="retireChain">Takes the newest block of a chain that the head needs no more, while readers may.</param>
    public XorAppender(BlockPool blocks, ClosedChunks chunks, HotLine* lines, Action<uint> retireChain)
    {
        _blocks = blocks;
        _chunks = chunks;
        _lines = lines;
        _retire = retireChain;
    }

    /// <summary>Chunks begun.</summary>
    public long ChunksCreated { get; private set; }

    /// <summary>Appends a sample that is newer than the newest of the line.</summary>
    public void Append(HotLine* line, long time, ulong value)
    {
        int count = line->Count;
        if (count == 0)
        {
            Begin(line, time, value);
            return;
        }

        if (count == ChunkRange.PredictAt)
        {
            line->CutAfter = (int)(ChunkRange.PredictEnd(line->FirstTime, line->Time, line->FirstTime + line->CutAfter) - line->FirstTime);
        }

        if (time - line->FirstTime >= line->CutAfter || count >= ChunkRange.MaxSamples || line->ChunkBytes > ChunkRange.FullBytes)
        {
            Close(line);
            Begin(line, time, value);
            return;
        }

        int step = (int)(time - line->Time);
        if (count == 1)
        {
            PutUvarint(line, (uint)step);
            PutValue(line, 0, 0, value);
        }
        else
        {
            long change = step - line->Step;
            ulong prefix = 0;
            int prefixBits = 1;
            if (change != 0)
            {
                prefix = PackStep(line, change, out prefixBits);
            }

            PutValue(line, prefix, prefixBits, value);
        }

        line->Step = step;
        line->Time = time;
        line->Value = value;
        line->Count = (ushort)(count + 1);
    }

    /// <summary>Copies the bits of the open chunk; returns how many bytes. There must be room for <see cref="HotLine.ChunkBytes"/> + 8.</summary>
    public static int Flatten(in HotLine line, BlockPool blocks, byte* destination)
    {
        int words = line.Words;
        uint block = line.Block;
        if (words > 0)
        {
            // The newest block is full or not, the others are full.
            int newest = ((words - 1) % WordsPerBlock) + 1;
            words -= newest;
            ulong* source = blocks.At(block);
            for (int i = 0; i < newest; i++)
            {
                Unsafe.WriteUnaligned(destination + ((words + i) * 8), source[i]);
            }

            block = (uint)source[WordsPerBlock];
        }

        while (words > 0)
        {
            // 56 bytes as two times 32 that overlap.
            const int Second = (WordsPerBlock * sizeof(ulong)) - 32;
            words -= WordsPerBlock;
            ulong* source = blocks.At(block);
            byte* target = destination + (words * 8);
            Vector256<byte> end = Vector256.Load((byte*)source + Second);
            Vector256.Load((byte*)source).Store(target);
            end.Store(target + Second);
            block = (uint)source[WordsPerBlock];
        }

        Unsafe.WriteUnaligned(destination + (line.Words * 8), BinaryPrimitives.ReverseEndianness(line.Pending));
        return line.ChunkBytes - 2;
    }

    /// <summary>
    /// Makes a chunk the open one of a series that has none, so that it goes on as if the samples had been appended one by one. False when the bits are not those of so many samples,
    /// or of more than a chunk is let grow to; then the series has none still.
    /// </summary>
    /// <param name="line">Its open chunk is empty.</param>
    /// <param name="bits">What follows the count.</param>
    /// <param name="count">Samples, at least 1.</param>
    public bool TryRestore(HotLine* line, ReadOnlySpan<byte> bits, int count)
    {
        const int MaxBits = ChunkRange.FullBytes + 19;
        if (count is < 1 or > ChunkRange.MaxSamples || bits.Length > MaxBits)
        {
            return false;
        }

        byte* flat = stackalloc byte[MaxBits + XorDecoder.ReadAhead];
        long* times = stackalloc long[ChunkRange.MaxSamples + SampleBuffer.Slack];
        double* values = stackalloc double[ChunkRange.MaxSamples + SampleBuffer.Slack];
        bits.CopyTo(new Span<byte>(flat, MaxBits));
        int begun = Math.Min(count, XorDecoder.Begun);
        XorCursor cursor;
        if (!XorDecoder.TryBegin(flat, bits.Length, count, &cursor, times, values) || !XorDecoder.TryContinue(&cursor, count - begun, times + begun, values + begun)
            || !AreInOrder(times, count))
        {
            return false;
        }

        ChunksCreated++;
        line->FirstTime = times[0];
        line->Time = times[count - 1];
        line->Value = BitConverter.DoubleToUInt64Bits(values[count - 1]);
        line->Step = count > 1 ? (int)(times[count - 1] - times[count - 2]) : 0;
        line->Count = (ushort)count;
        line->CutAfter = (int)(ChunkRange.End(times[0]) - times[0]);
        if (count > ChunkRange.PredictAt)
        {
            line->CutAfter = (int)(ChunkRange.PredictEnd(times[0], times[ChunkRange.PredictAt - 1], times[0] + line->CutAfter) - times[0]);
        }

        // The window is none until a value differs from the one before.
        bool hasWindow = new ReadOnlySpan<ulong>(values, count).IndexOfAnyExcept(BitConverter.DoubleToUInt64Bits(values[0])) >= 0;
        line->Leading = hasWindow ? (byte)cursor.Leading : byte.MaxValue;
        line->Trailing = hasWindow ? (byte)cursor.Trailing : (byte)0;
        RestoreBits(line, flat, cursor.Position);
        return true;
    }

    private void RestoreBits(HotLine* line, byte* flat, long end)
    {
        line->Block = 0;
        line->Words = 0;
        for (int word = 0; word < end / 64; word++)
        {
            Flush(line, BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(flat + (word * sizeof(ulong)))));
        }

        int rest = (int)(end % 64);
        ulong last = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(flat + (end / 64 * sizeof(ulong))));
        line->Pending = rest == 0 ? 0 : last & (ulong.MaxValue << (64 - rest));
        line->PendingBits = (byte)rest;
    }

    private static bool AreInOrder(long* times, int count)
    {
        for (int i = 1; i < count; i++)
        {
            if (times[i] <= times[i - 1])
            {
                return false;
            }
        }

        return times[count - 1] - times[0] < 2 * ChunkRange.DurationMs;
    }

    /// <summary>Closes the open chunk though it is not full, if there is one; the next sample begins another.</summary>
    public void CloseOpen(HotLine* line)
    {
        if (line->Count > 0)
        {
            Close(line);
            line->Count = 0;
            line->FirstTime = long.MaxValue;
        }
    }

    /// <summary>Gives the open chunk's blocks up, for a series that is dropped.</summary>
    public void Discard(HotLine* line)
    {
        if (line->Block != 0)
        {
            _retire(line->Block);
            line->Block = 0;
        }
    }

    /// <summary>Closes the open chunk, which has samples; the line then needs another to begin.</summary>
    public void Close(HotLine* line)
    {
        var record = new ChunkRecord((uint)(line - _lines), line->FirstTime, line->Time, line->OpenEncoding, line->Count, line->ChunkBytes);
        uint unit = _chunks.Add(record, line->Closed, out byte* data);
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(data, sizeof(ushort)), line->Count);
        Flatten(*line, _blocks, data + ChunkView.MinLength);
        _chunks.Complete(unit);
        line->Closed = unit;
        Discard(line);
    }

    /// <summary>Puts bits behind those of the open chunk; bits above the size must be zero, size is 1 to 64.</summary>
    public void Put(HotLine* line, ulong bits, int size) => PutInline(line, bits, size);

    private void Begin(HotLine* line, long time, ulong value)
    {
        ChunksCreated++;
        line->FirstTime = time;
        line->Time = time;
        line->Value = value;
        line->CutAfter = (int)(ChunkRange.End(time) - time);
        line->Count = 1;
        line->Words = 0;
        line->Pending = 0;
        line->PendingBits = 0;
        line->Leading = byte.MaxValue;
        line->Trailing = 0;
        line->Block = 0;
        line->Step = 0;
        PutUvarint(line, (ulong)((time << 1) ^ (time >> 63)));
        Put(line, value, 64);
    }

    // The bits that say how the step changed; one that takes 64 bits is written at once, and nothing is left to put before the value.
    private ulong PackStep(HotLine* line, long change, out int bits)
    {
        if (change is >= -((1 << 13) - 1) and <= 1 << 13)
        {
            bits = 16;
            return (0b10UL << 14) | ((ulong)change & ((1 << 14) - 1));
        }

        if (change is >= -((1 << 16) - 1) and <= 1 << 16)
        {
            bits = 20;
            return (0b110UL << 17) | ((ulong)change & ((1 << 17) - 1));
        }

        if (change is >= -((1 << 19) - 1) and <= 1 << 19)
        {
            bits = 24;
            return (0b1110UL << 20) | ((ulong)change & ((1 << 20) - 1));
        }

        Put(line, 0b1111, 4);
        Put(line, (ulong)change, 64);
        bits = 0;
        return 0;
    }

    // Puts so many bits of prefix and then the value, in one go where both fit into 64 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once per sample
    private void PutValue(HotLine* line, ulong prefix, int prefixBits, ulong value)
    {
        ulong difference = value ^ line->Value;
        ulong bits = prefix << 1;
        int size = prefixBits + 1;
        if (difference != 0)
        {
            // The window of the value before serves where it covers; 255 leading zeros, of no window yet, are never covered.
            int leading = Math.Min(BitOperations.LeadingZeroCount(difference), 31);
            int trailing = BitOperations.TrailingZeroCount(difference);
            int significant;
            if (leading >= line->Leading && trailing >= line->Trailing)
            {
                trailing = line->Trailing;
                significant = 64 - line->Leading - trailing;
                prefix = (prefix << 2) | 0b10;
                prefixBits += 2;
            }
            else
            {
                line->Leading = (byte)leading;
                line->Trailing = (byte)trailing;
                significant = 64 - leading - trailing;
                prefix = (prefix << 13) | (0b11UL << 11) | ((ulong)leading << 6) | ((ulong)significant & 63);
                prefixBits += 13;
            }

            difference >>= trailing;
            size = prefixBits + significant;
            if (size > 64)
            {
                Put(line, prefix, prefixBits);
                bits = difference;
                size = significant;
            }
            else
            {
                bits = (prefix << significant) | difference;
            }
        }

        PutInline(line, bits, size);
    }

    private void PutUvarint(HotLine* line, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Put(line, (value & 0x7f) | 0x80, 8);
        }

        Put(line, value, 8);
    }

    // Bits above the size must be zero; size is 1 to 64.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once per sample in PutValue; elsewhere by Put
    private void PutInline(HotLine* line, ulong bits, int size)
    {
        int room = 64 - line->PendingBits;
        if (size < room)
        {
            line->Pending |= bits << (room - size);
            line->PendingBits += (byte)size;
            return;
        }

        int rest = size - room;
        Flush(line, line->Pending | (bits >> rest));
        line->Pending = rest == 0 ? 0 : bits << (64 - rest);
        line->PendingBits = (byte)rest;
    }

    private void Flush(HotLine* line, ulong word)
    {
        int at = line->Words % WordsPerBlock;
        if (at == 0)
        {
            uint block = _blocks.Allocate();
            _blocks.At(block)[WordsPerBlock] = line->Block;
            line->Block = block;
        }

        _blocks.At(line->Block)[at] = BinaryPrimitives.ReverseEndianness(word);
        line->Words++;
    }
}
