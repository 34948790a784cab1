using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pharos.Core.Buffers;

/// <summary>
/// The block format of Snappy (no framing), into and out of the caller's memory. Stateless, usable from any thread; never allocates for what the input claims.
/// Benchmark: <c>SnappyBlockBenchmarks</c>.
/// </summary>
/// <remarks>
/// Pointers here, because bounds checks cost 2.5 times (docs/decisions/0020). Invariants: <c>ip</c> never passes <c>ipEnd</c> and <c>op</c> never passes <c>opEnd</c>;
/// a wide move is made only where at least <see cref="Wide"/> bytes remain on both sides, so that callers owe no slack. Every length and offset that is read from the
/// input is compared with what remains before it is used. The plain twin <c>PlainSnappy</c> in the tests runs on the same valid and mutated inputs.
/// </remarks>
public static unsafe class SnappyBlock
{
    private const int Wide = 64;
    private const int FragmentSize = 1 << 16;
    private const int MaxTableBits = 14;
    private const int TailMargin = 15;

    /// <summary>Reads the length that the block claims to hold, 0 to 2^31 - 1. Compare it with a limit before making room for it.</summary>
    public static bool TryGetDecompressedLength(ReadOnlySpan<byte> source, out int length) => TryReadLength(source, out length, out _);

    /// <summary>
    /// Decodes the whole block into the front of <paramref name="destination"/>. False when the block is not valid or longer than the destination;
    /// the destination may then hold anything.
    /// </summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        written = 0;
        if (!TryReadLength(source, out int length, out int start) || length > destination.Length)
        {
            return false;
        }

        fixed (byte* input = source)
        fixed (byte* output = destination)
        {
            if (!Decode(input + start, input + source.Length, output, output + length))
            {
                return false;
            }
        }

        written = length;
        return true;
    }

    /// <summary>The most bytes that compressing this many can give.</summary>
    public static int MaxCompressedLength(int sourceLength) => checked(32 + sourceLength + (sourceLength / 6));

    /// <summary>Encodes the whole source; returns how many bytes were written to <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than <see cref="MaxCompressedLength"/>.</exception>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (destination.Length < MaxCompressedLength(source.Length))
        {
            throw new ArgumentException($"{destination.Length} bytes are not enough for {source.Length} compressed", nameof(destination));
        }

        ushort[] table = ArrayPool<ushort>.Shared.Rent(1 << MaxTableBits);
        fixed (byte* input = source)
        fixed (byte* output = destination)
        fixed (ushort* positions = table)
        {
            byte* op = WriteLength(output, (uint)source.Length);
            for (int from = 0; from < source.Length; from += FragmentSize)
            {
                int size = Math.Min(FragmentSize, source.Length - from);
                int bits = TableBits(size);
                new Span<ushort>(positions, 1 << bits).Clear();
                op = CompressFragment(input + from, input + from + size, op, positions, 32 - bits);
            }

            ArrayPool<ushort>.Shared.Return(table);
            return (int)(op - output);
        }
    }

    private static bool TryReadLength(ReadOnlySpan<byte> source, out int length, out int used)
    {
        ulong value = 0;
        for (used = 0; used < source.Length && used < 5;)
        {
            byte b = source[used];
            value |= (ulong)(b & 0x7f) << (7 * used++);
            if (b < 0x80)
            {
                length = (int)value;
                return value <= int.MaxValue;
            }
        }

        length = 0;
        return false;
    }

    private static bool Decode(byte* ip, byte* ipEnd, byte* op, byte* opEnd)
    {
        byte* opStart = op;
        while (ip < ipEnd)
        {
            uint tag = *ip++;
            long length = (long)(tag >> 2) + 1;
            if ((tag & 3) == 0)
            {
                if (length <= 60 && ipEnd - ip >= Wide && opEnd - op >= Wide)
                {
                    Vector256.Store(Vector256.Load(ip), op);
                    Vector256.Store(Vector256.Load(ip + 32), op + 32);
                }
                else if (!CopyLiteral(ref ip, ipEnd, op, opEnd, ref length))
                {
                    return false;
                }
                else
                {
                    op += length;
                    continue;
                }

                ip += length;
                op += length;
                continue;
            }

            long offset;
            if ((tag & 3) == 1)
            {
                if (ip >= ipEnd)
                {
                    return false;
                }

                length = (long)((tag >> 2) & 7) + 4;
                offset = (long)(((tag & 0xe0) << 3) | *ip++);
            }
            else if (!ReadLongOffset(ref ip, ipEnd, tag, out offset))
            {
                return false;
            }

            if (offset == 0 || offset > op - opStart || length > opEnd - op)
            {
                return false;
            }

            CopyBack(op, offset, length, opEnd);
            op += length;
        }

        return op == opEnd;
    }

    // Inlined: a call for each copy costs as much as the copy. The caller has checked that both ends lie within the output.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBack(byte* op, long offset, long length, byte* opEnd)
    {
        if (offset < length || opEnd - op < Wide)
        {
            CopyOverlapping(op, offset, length, opEnd);
            return;
        }

        // The bytes wanted all lie before op, so that a wide load reads them whole whatever follows; a length is at most 64.
        byte* from = op - offset;
        Vector256.Store(Vector256.Load(from), op);
        if (length > 32)
        {
            Vector256.Store(Vector256.Load(from + 32), op + 32);
        }
    }

    private static bool ReadLongOffset(ref byte* ip, byte* ipEnd, uint tag, out long offset)
    {
        int size = (tag & 3) == 2 ? 2 : 4;
        if (ipEnd - ip < size)
        {
            offset = 0;
            return false;
        }

        offset = size == 2 ? Unsafe.ReadUnaligned<ushort>(ip) : (long)Unsafe.ReadUnaligned<uint>(ip);
        ip += size;
        return true;
    }

    // A literal near an end, or longer than 60 bytes: then 1 to 4 bytes of length follow the tag. Advances ip over the literal too.
    private static bool CopyLiteral(ref byte* ip, byte* ipEnd, byte* op, byte* opEnd, ref long length)
    {
        if (length > 60)
        {
            int size = (int)length - 60;
            if (ipEnd - ip < size)
            {
                return false;
            }

            length = 1;
            for (int i = 0; i < size; i++)
            {
                length += (long)ip[i] << (8 * i);
            }

            ip += size;
        }

        if (length > ipEnd - ip || length > opEnd - op)
        {
            return false;
        }

        Buffer.MemoryCopy(ip, op, opEnd - op, length);
        ip += length;
        return true;
    }

    // Repeats what lies offset bytes back, which may be shorter than the length: each round doubles the distance until 8 bytes can be moved at once.
    private static void CopyOverlapping(byte* op, long offset, long length, byte* opEnd)
    {
        byte* from = op - offset;
        byte* end = op + length;
        if (opEnd - end >= 16)
        {
            while (op - from < 8)
            {
                long distance = op - from;
                Unsafe.WriteUnaligned(op, Unsafe.ReadUnaligned<ulong>(from));
                op += distance;
                if (op >= end)
                {
                    return;
                }
            }

            for (; op < end; op += 8, from += 8)
            {
                Unsafe.WriteUnaligned(op, Unsafe.ReadUnaligned<ulong>(from));
            }

            return;
        }

        while (op < end)
        {
            *op++ = *from++;
        }
    }

    private static byte* WriteLength(byte* op, uint length)
    {
        for (; length >= 0x80; length >>= 7)
        {
            *op++ = (byte)(length | 0x80);
        }

        *op++ = (byte)length;
        return op;
    }

    private static int TableBits(int size)
    {
        int bits = 8;
        while (bits < MaxTableBits && (1 << bits) < size)
        {
            bits++;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // one multiplication; called per position
    private static uint Hash(uint bytes, int shift) => (bytes * 0x1e35a7bd) >> shift;

    // Greedy matching against the last position with the same hash of four bytes; the stride grows while nothing matches.
    private static byte* CompressFragment(byte* start, byte* end, byte* op, ushort* table, int shift)
    {
        byte* emitted = start;
        byte* limit = end - TailMargin;
        byte* ip = start + 1;
        uint stride = 32;
        while (ip < limit)
        {
            uint bytes = Unsafe.ReadUnaligned<uint>(ip);
            uint slot = Hash(bytes, shift);
            byte* candidate = start + table[slot];
            table[slot] = (ushort)(ip - start);
            if (Unsafe.ReadUnaligned<uint>(candidate) != bytes)
            {
                ip += stride++ >> 5;
                continue;
            }

            op = EmitLiteral(emitted, ip, end, op);
            long length = 4 + MatchLength(candidate + 4, ip + 4, end);
            op = EmitCopy(op, ip - candidate, length);
            ip += length;
            emitted = ip;
            stride = 32;
            if (ip < limit)
            {
                table[Hash(Unsafe.ReadUnaligned<uint>(ip - 1), shift)] = (ushort)(ip - 1 - start);
            }
        }

        return emitted < end ? EmitLiteral(emitted, end, end, op) : op;
    }

    private static long MatchLength(byte* candidate, byte* ip, byte* end)
    {
        byte* from = ip;
        while (end - ip >= 8)
        {
            ulong difference = Unsafe.ReadUnaligned<ulong>(candidate) ^ Unsafe.ReadUnaligned<ulong>(ip);
            if (difference != 0)
            {
                return ip - from + (System.Numerics.BitOperations.TrailingZeroCount(difference) >> 3);
            }

            candidate += 8;
            ip += 8;
        }

        while (ip < end && *candidate == *ip)
        {
            candidate++;
            ip++;
        }

        return ip - from;
    }

    // The output has room for MaxCompressedLength and 16 bytes more than a short literal needs: 32 + n + n/6 leaves it until the very end.
    private static byte* EmitLiteral(byte* from, byte* to, byte* end, byte* op)
    {
        long length = to - from;
        if (length == 0)
        {
            return op;
        }

        uint n = (uint)length - 1;
        if (n < 60)
        {
            *op++ = (byte)(n << 2);
            if (length <= 16 && end - from >= 16)
            {
                Vector128.Store(Vector128.Load(from), op);
                return op + length;
            }
        }
        else
        {
            int size = n < 1 << 8 ? 1 : 2;
            *op++ = (byte)((59 + size) << 2);
            for (int i = 0; i < size; i++)
            {
                *op++ = (byte)(n >> (8 * i));
            }
        }

        Buffer.MemoryCopy(from, op, length, length);
        return op + length;
    }

    private static byte* EmitCopy(byte* op, long offset, long length)
    {
        for (; length >= 68; length -= 64)
        {
            op = EmitLongCopy(op, offset, 64);
        }

        if (length > 64)
        {
            op = EmitLongCopy(op, offset, 60);
            length -= 60;
        }

        if (length >= 12 || offset >= 2048)
        {
            return EmitLongCopy(op, offset, length);
        }

        *op++ = (byte)(1 | ((length - 4) << 2) | ((offset >> 8) << 5));
        *op++ = (byte)offset;
        return op;
    }

    private static byte* EmitLongCopy(byte* op, long offset, long length)
    {
        *op++ = (byte)(2 | ((length - 1) << 2));
        Unsafe.WriteUnaligned(op, (ushort)offset);
        return op + 2;
    }
}
