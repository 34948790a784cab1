using System.Buffers;
using System.Buffers.Binary;
using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Remote.Tests.Reading;

/// <summary>Chunks of three numbers at most, written plainly: the store's own encodings are tested there and with real peers.</summary>
internal sealed class PlainCodec : IChunkCodec
{
    public const byte Encoding = 1;
    public const int MaxSamples = 3;

    public int Encode(SampleBuffer samples, int start, IBufferWriter<byte> output, out byte encoding)
    {
        encoding = Encoding;
        int count = Math.Min(MaxSamples, samples.Count - start);
        for (int i = start; i < start + count; i++)
        {
            Span<byte> place = output.GetSpan(16);
            BinaryPrimitives.WriteInt64BigEndian(place, samples.Timestamps[i]);
            BinaryPrimitives.WriteDoubleBigEndian(place[8..], samples.Values[i]);
            output.Advance(16);
        }

        return count;
    }

    public bool TryDecode(byte encoding, ReadOnlySpan<byte> chunk, SampleBuffer samples)
    {
        if (encoding != Encoding || chunk.Length % 16 != 0)
        {
            return false;
        }

        for (int at = 0; at < chunk.Length; at += 16)
        {
            samples.Add(BinaryPrimitives.ReadInt64BigEndian(chunk[at..]), BinaryPrimitives.ReadDoubleBigEndian(chunk[(at + 8)..]));
        }

        return true;
    }
}
