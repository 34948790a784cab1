using Pharos.Core.Samples;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Tests.Chunks;

public class XorEncoderTests
{
    [Fact]
    public unsafe void Chunks_are_those_of_the_plain_twin_bit_for_bit()
    {
        var random = new Random(1);
        byte* room = stackalloc byte[XorEncoder.MaxBytes(300)];
        for (int round = 0; round < 500; round++)
        {
            Sample[] samples = SampleSequences.Random(random, 1 + random.Next(300));
            var plain = new PlainXorChunk();
            foreach (Sample sample in samples)
            {
                plain.Append(sample.Timestamp, sample.Value);
            }

            int length = XorEncoder.Encode([.. samples.Select(static s => s.Timestamp)], [.. samples.Select(static s => s.Value)], room);
            Assert.Equal([(byte)(samples.Length >> 8), (byte)samples.Length, .. plain.Bits], new Span<byte>(room, length).ToArray());
        }
    }

    [Fact]
    public unsafe void The_most_that_a_sample_can_take_fits()
    {
        long[] times = [.. Enumerable.Range(0, 200).Select(static i => ((i + 1) / 2 * 4_000_000_000_000_000L) + i)];
        var random = new Random(2);
        double[] values = [.. times.Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))];
        byte[] room = new byte[XorEncoder.MaxBytes(200) + 8];
        room.AsSpan(XorEncoder.MaxBytes(200)).Fill(0xaa);
        fixed (byte* start = room)
        {
            Assert.InRange(XorEncoder.Encode(times, values, start), 200 * 16, XorEncoder.MaxBytes(200));
        }

        Assert.All(room[^8..], static b => Assert.Equal(0xaa, b));
    }

    [Fact]
    public unsafe void No_samples_and_too_many_are_refused()
    {
        byte* room = stackalloc byte[64];
        byte* place = room;
        Assert.Throws<ArgumentOutOfRangeException>(() => XorEncoder.Encode([], [], place));
        Assert.Throws<ArgumentOutOfRangeException>(() => XorEncoder.Encode(new long[65_536], new double[65_536], place));
    }
}
