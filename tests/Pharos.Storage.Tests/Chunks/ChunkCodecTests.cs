using System.Buffers;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Tests.Chunks;

public class ChunkCodecTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(120)]
    [InlineData(121)]
    [InlineData(1000)]
    public void What_is_encoded_decodes_to_the_same_samples_in_chunks_of_120(int count)
    {
        var samples = new SampleBuffer();
        var random = new Random(count);
        long time = 1_795_132_800_000;
        for (int i = 0; i < count; i++)
        {
            samples.Add(time += random.Next(1, 100_000), random.Next(4) == 0 ? random.NextDouble() : i);
        }

        var decoded = new SampleBuffer();
        var output = new ArrayBufferWriter<byte>();
        for (int at = 0; at < count;)
        {
            output.ResetWrittenCount();
            int taken = ChunkCodec.Instance.Encode(samples, at, output, out byte encoding);
            Assert.Equal(Math.Min(ChunkCodec.MaxSamples, count - at), taken);
            Assert.Equal((byte)ChunkEncoding.Xor, encoding);
            Assert.True(ChunkCodec.Instance.TryDecode(encoding, output.WrittenSpan, decoded));
            at += taken;
        }

        Assert.Equal(samples.Timestamps, decoded.Timestamps);
        Assert.Equal(samples.Values, decoded.Values);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(1, "00")]
    [InlineData(1, "FFFF00")]
    [InlineData(0, "000100")]
    [InlineData(9, "000100")]
    [InlineData(2, "0001")]
    public void What_is_no_chunk_is_refused(byte encoding, string hex) =>
        Assert.False(ChunkCodec.Instance.TryDecode(encoding, Convert.FromHexString(hex), new SampleBuffer()));

    [Fact]
    public void Random_bytes_are_decoded_or_refused_and_never_a_fault()
    {
        var random = new Random(7);
        var samples = new SampleBuffer();
        for (int i = 0; i < 50_000; i++)
        {
            byte[] bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            samples.Clear();
            ChunkCodec.Instance.TryDecode((byte)random.Next(8), bytes, samples);
        }
    }
}
