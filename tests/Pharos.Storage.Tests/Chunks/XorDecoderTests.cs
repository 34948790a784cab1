using Pharos.Core.Samples;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Tests.Chunks;

public unsafe class XorDecoderTests
{
    [Fact]
    public void The_worked_example_decodes()
    {
        // Zigzag 2 for time 1, the bits of 1.0; then step 2 and no change; then the same step and no change.
        byte[] bits = [0x02, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0x02, 0b0_0_0_00000];
        Assert.Equal([new Sample(1, 1), new Sample(3, 1), new Sample(5, 1)], Decode(bits, 3));
    }

    [Fact]
    public void Random_chunks_decode_to_what_was_put_in()
    {
        var random = new Random(1);
        for (int round = 0; round < 3000; round++)
        {
            Sample[] samples = SampleSequences.Random(random, 1 + random.Next(240));
            var chunk = new PlainXorChunk();
            foreach (Sample sample in samples)
            {
                chunk.Append(sample.Timestamp, sample.Value);
            }

            SampleSequences.AssertSame(samples, Decode(chunk.Bits, samples.Length));
            SampleSequences.AssertSame(samples, PlainXorChunk.Decode(chunk.Bits, samples.Length));
        }
    }

    [Fact]
    public void Mutated_chunks_give_the_plain_twins_answer()
    {
        var random = new Random(2);
        int valid = 0;
        for (int round = 0; round < 20_000; round++)
        {
            int count = 1 + random.Next(60);
            var chunk = new PlainXorChunk();
            foreach (Sample sample in SampleSequences.Random(random, count))
            {
                chunk.Append(sample.Timestamp, sample.Value);
            }

            byte[] bits = chunk.Bits;
            for (int edits = random.Next(4); edits >= 0; edits--)
            {
                bits[random.Next(bits.Length)] ^= (byte)(1 << random.Next(8));
            }

            bits = bits[..random.Next(bits.Length + 1)];
            List<Sample>? expected = PlainXorChunk.Decode(bits, count);
            List<Sample>? actual = Decode(bits, count);
            Assert.Equal(expected is null, actual is null);
            if (expected is not null)
            {
                valid++;
                SampleSequences.AssertSame(expected, actual);
            }
        }

        Assert.True(valid > 100);
    }

    private static List<Sample>? Decode(byte[] bits, int count)
    {
        byte[] padded = new byte[bits.Length + XorDecoder.ReadAhead];
        bits.CopyTo(padded, 0);
        new Random(bits.Length).NextBytes(padded.AsSpan(bits.Length));
        long[] times = new long[count];
        double[] values = new double[count];
        fixed (byte* start = padded)
        fixed (long* t = times)
        fixed (double* v = values)
        {
            if (!XorDecoder.TryDecode(start, bits.Length, count, t, v))
            {
                return null;
            }
        }

        var samples = new List<Sample>();
        for (int i = 0; i < count; i++)
        {
            samples.Add(new Sample(times[i], values[i]));
        }

        return samples;
    }
}
