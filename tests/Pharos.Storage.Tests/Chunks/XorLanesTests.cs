using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Tests.Chunks;

public unsafe class XorLanesTests
{
    [Fact]
    public void Eight_chunks_of_any_lengths_decode_as_each_alone()
    {
        SkipWithoutVectors();
        var random = new Random(3);
        for (int round = 0; round < 2000; round++)
        {
            Sample[][] series = Series(random, () => 1 + random.Next(240));
            List<Sample>[]? decoded = Decode([.. series.Select(Encode)], [.. series.Select(static s => s.Length)], long.MinValue, long.MaxValue);
            Assert.NotNull(decoded);
            for (int l = 0; l < XorLanes.Count; l++)
            {
                SampleSequences.AssertSame(series[l], decoded[l]);
            }
        }
    }

    [Fact]
    public void Samples_before_the_time_are_left_out_and_none_within_is_missing()
    {
        SkipWithoutVectors();
        var random = new Random(4);
        for (int round = 0; round < 2000; round++)
        {
            Sample[][] series = Series(random, () => 100 + random.Next(3));
            long minTime = series[0][random.Next(100)].Timestamp;
            long maxTime = series[0][random.Next(100)].Timestamp;
            List<Sample>[]? decoded = Decode([.. series.Select(Encode)], [.. series.Select(static s => s.Length)], minTime, maxTime);
            Assert.NotNull(decoded);
            for (int l = 0; l < XorLanes.Count; l++)
            {
                SampleSequences.AssertSame(
                    [.. series[l].Where(s => s.Timestamp >= minTime && s.Timestamp <= maxTime)],
                    [.. decoded[l].Where(s => s.Timestamp <= maxTime)]);
                Assert.True(decoded[l].Count == 0 || decoded[l][0].Timestamp >= minTime);
            }
        }
    }

    [Fact]
    public void Mutated_chunks_are_refused_exactly_when_one_of_them_alone_is()
    {
        SkipWithoutVectors();
        var random = new Random(5);
        int valid = 0;
        for (int round = 0; round < 20_000; round++)
        {
            int samples = 1 + random.Next(40);
            byte[][] chunks = [.. Series(random, () => samples).Select(Encode)];
            for (int edits = random.Next(3); edits >= 0; edits--)
            {
                byte[] bits = chunks[random.Next(chunks.Length)];
                bits[random.Next(bits.Length)] ^= (byte)(1 << random.Next(8));
            }

            int cut = random.Next(chunks.Length);
            chunks[cut] = chunks[cut][..random.Next(chunks[cut].Length / 2, chunks[cut].Length + 1)];
            List<Sample>?[] expected = [.. chunks.Select(c => PlainXorChunk.Decode(c, samples))];
            List<Sample>[]? actual = Decode(chunks, [.. chunks.Select(_ => samples)], long.MinValue, long.MaxValue);
            Assert.Equal(expected.Any(static e => e is null), actual is null);
            for (int l = 0; l < XorLanes.Count && actual is not null; l++)
            {
                valid++;
                SampleSequences.AssertSame(expected[l]!, actual[l]);
            }
        }

        Assert.True(valid > 100);
    }

    private static void SkipWithoutVectors() => Assert.SkipUnless(XorLanes.IsSupported, "this processor has no AVX-512");

    private static Sample[][] Series(Random random, Func<int> count) =>
        [.. Enumerable.Range(0, XorLanes.Count).Select(_ => SampleSequences.Random(random, count()))];

    private static byte[] Encode(Sample[] samples)
    {
        var chunk = new PlainXorChunk();
        foreach (Sample sample in samples)
        {
            chunk.Append(sample.Timestamp, sample.Value);
        }

        return chunk.Bits;
    }

    private static List<Sample>[]? Decode(byte[][] chunks, int[] counts, long minTime, long maxTime)
    {
        XorLane* lanes = stackalloc XorLane[XorLanes.Count];
        byte[][] padded = new byte[XorLanes.Count][];
        long[][] times = new long[XorLanes.Count][];
        double[][] values = new double[XorLanes.Count][];
        for (int l = 0; l < XorLanes.Count; l++)
        {
            padded[l] = GC.AllocateArray<byte>(chunks[l].Length + XorDecoder.ReadAhead, pinned: true);
            new Random(l).NextBytes(padded[l].AsSpan(chunks[l].Length));
            chunks[l].CopyTo(padded[l], 0);
            times[l] = GC.AllocateArray<long>(counts[l] + SampleBuffer.Slack, pinned: true);
            values[l] = GC.AllocateArray<double>(counts[l] + SampleBuffer.Slack, pinned: true);
            lanes[l].Bits = (byte*)AddressOf(padded[l]);
            lanes[l].Length = chunks[l].Length;
            lanes[l].Count = counts[l];
            lanes[l].Times = (long*)AddressOf(times[l]);
            lanes[l].Values = (double*)AddressOf(values[l]);
        }

        if (!XorLanes.TryDecode(lanes, minTime, maxTime))
        {
            return null;
        }

        var decoded = new List<Sample>[XorLanes.Count];
        for (int l = 0; l < decoded.Length; l++)
        {
            int count = (int)(lanes[l].Times - (long*)AddressOf(times[l]));
            decoded[l] = [.. Enumerable.Range(0, count).Select(i => new Sample(times[l][i], values[l][i]))];
        }

        GC.KeepAlive(padded);
        return decoded;
    }

    // The array is pinned.
    private static void* AddressOf<T>(T[] array)
        where T : unmanaged => Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
}
