namespace Pharos.Core.Tests.Buffers;

/// <summary>The block format of Snappy written for clarity: a byte at a time, every index checked. Twin of <c>SnappyBlock</c>.</summary>
internal static class PlainSnappy
{
    /// <summary>The decoded bytes, or null when the block is not valid or would be longer than the limit.</summary>
    public static byte[]? Decompress(ReadOnlySpan<byte> source, int limit)
    {
        ulong length = 0;
        int at = 0;
        while (true)
        {
            if (at >= source.Length || at >= 5)
            {
                return null;
            }

            byte b = source[at];
            length |= (ulong)(b & 0x7f) << (7 * at++);
            if (b < 0x80)
            {
                break;
            }
        }

        return length > (ulong)limit ? null : DecodeElements(source[at..], (int)length);
    }

    private static byte[]? DecodeElements(ReadOnlySpan<byte> source, int length)
    {
        var output = new List<byte>();
        int at = 0;
        while (at < source.Length)
        {
            int tag = source[at++];
            int kind = tag & 3;
            int extra = kind switch
            {
                0 => (tag >> 2) < 60 ? 0 : (tag >> 2) - 59,
                1 => 1,
                2 => 2,
                _ => 4,
            };
            if (source.Length - at < extra)
            {
                return null;
            }

            long number = 0;
            for (int i = 0; i < extra; i++)
            {
                number |= (long)source[at + i] << (8 * i);
            }

            at += extra;
            if (kind == 0)
            {
                long count = (extra == 0 ? tag >> 2 : number) + 1;
                if (count > source.Length - at || count > length - output.Count)
                {
                    return null;
                }

                output.AddRange(source.Slice(at, (int)count));
                at += (int)count;
                continue;
            }

            int copied = kind == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
            long offset = kind == 1 ? ((long)(tag >> 5) << 8) | number : number;
            if (offset == 0 || offset > output.Count || copied > length - output.Count)
            {
                return null;
            }

            for (int i = 0; i < copied; i++)
            {
                output.Add(output[output.Count - (int)offset]);
            }
        }

        return output.Count == length ? output.ToArray() : null;
    }
}
