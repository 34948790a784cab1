using System.Buffers.Binary;

namespace Pharos.Storage.Chunks;

/// <summary>
/// One chunk as upstream stores it, without what frames it in a file: two bytes of sample count, big-endian, then what the encoding says. It points into memory of its owner
/// (a mapped file, the head) and is valid as long as that says. The bytes may come from disk: decoders check them.
/// </summary>
internal readonly unsafe struct ChunkView
{
    /// <param name="encoding">Any number that was found, also one that means nothing.</param>
    /// <param name="data">The first byte; <see cref="ReadAhead"/> bytes behind the last may be read, whatever they hold.</param>
    /// <param name="length">At least <see cref="MinLength"/>.</param>
    /// <param name="minTime">Time of the first sample, milliseconds, as the owner knows it.</param>
    /// <param name="maxTime">Time of the last sample, milliseconds.</param>
    public ChunkView(ChunkEncoding encoding, byte* data, int length, long minTime, long maxTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinLength);
        Encoding = encoding;
        Data = data;
        Length = length;
        MinTime = minTime;
        MaxTime = maxTime;
    }

    /// <summary>The least length: the sample count.</summary>
    public const int MinLength = 2;

    /// <summary>Bytes behind the chunk that a decoder may read and ignore: who maps a file keeps them readable, be it by copying a chunk that ends at the file's end.</summary>
    public const int ReadAhead = XorDecoder.ReadAhead;

    public ChunkEncoding Encoding { get; }

    public byte* Data { get; }

    public int Length { get; }

    public long MinTime { get; }

    public long MaxTime { get; }

    public ReadOnlySpan<byte> Bytes => new(Data, Length);

    /// <summary>Samples, as the chunk itself says.</summary>
    public int Count => BinaryPrimitives.ReadUInt16BigEndian(Bytes);
}
