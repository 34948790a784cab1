using System.Buffers;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Testing;

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

    [Fact]
    public void Histograms_and_numbers_are_encoded_in_chunks_of_their_own()
    {
        var histograms = new RandomHistograms(5);
        var random = new Random(5);
        for (int round = 0; round < 50; round++)
        {
            var samples = new SampleBuffer();
            for (int i = 0; i < 200; i++)
            {
                if (random.Next(10) == 0)
                {
                    samples.Add(i * 1000, i);
                }
                else
                {
                    samples.Add(i * 1000, histograms.Any());
                }
            }

            var decoded = new SampleBuffer();
            var output = new ArrayBufferWriter<byte>();
            for (int at = 0; at < samples.Count;)
            {
                output.ResetWrittenCount();
                at += ChunkCodec.Instance.Encode(samples, at, output, out byte encoding);
                Assert.True(ChunkCodec.Instance.TryDecode(encoding, output.WrittenSpan, decoded));
            }

            Assert.Equal(samples.Timestamps, decoded.Timestamps);
            for (int i = 0; i < samples.Count; i++)
            {
                FloatHistogram? expected = samples.Histograms[i];
                FloatHistogram? actual = decoded.HasHistograms ? decoded.Histograms[i] : null;
                Assert.True(expected is null ? actual is null : expected.Compact().ContentEquals(actual!.Compact()), $"{expected?.ToText()} {actual?.ToText()}");
            }
        }
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
