using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Compaction;
using Pharos.Storage.Blocks;

namespace Pharos.Storage.Tests.Compaction;

/// <summary>Chunks of several inputs become one list without overlaps, of numbers and of histograms.</summary>
public sealed class ChunkMergeTests : IDisposable
{
    private readonly ChunkRecoder _encoder = new();

    public void Dispose() => _encoder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Samples_dealt_out_to_inputs_come_together_again(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 20; round++)
        {
            MixedSample[] samples = HistogramSequences.Random(random, 1 + random.Next(600), 1_700_000_000_000);
            var inputs = new List<MixedSample>[1 + random.Next(4)];
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = [];
            }

            int input = 0;
            foreach (MixedSample sample in samples)
            {
                input = random.Next(10) == 0 ? random.Next(inputs.Length) : input;
                inputs[input].Add(sample);

                // The same sample in two inputs is one.
                if (random.Next(5) == 0 && inputs.Length > 1)
                {
                    inputs[(input + 1) % inputs.Length].Add(sample);
                }
            }

            AssertMerged(samples, inputs, [], long.MinValue, long.MaxValue);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_deleted_or_out_of_range_is_left_out(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 30; round++)
        {
            MixedSample[] samples = HistogramSequences.Random(random, 1 + random.Next(500), 1_700_000_000_000);
            long span = samples[^1].Time - samples[0].Time + 1;
            var deleted = new List<DeletedInterval>();
            for (long at = samples[0].Time - 1; at < samples[^1].Time && deleted.Count < 5; at = deleted[^1].MaxTime + 1 + random.NextInt64(span))
            {
                deleted.Add(new DeletedInterval(at, at + random.NextInt64(span / 3 + 1)));
            }

            long minTime = samples[0].Time + random.NextInt64(span / 2 + 1) - 10_000;
            long maxTime = minTime + random.NextInt64(span);
            AssertMerged(samples, [[.. samples]], [.. deleted], minTime, maxTime);
        }
    }

    [Fact]
    public void A_chunk_that_nothing_is_taken_from_goes_on_as_it_is()
    {
        List<ChunkView> chunks = Encode([.. HistogramSequences.Random(new Random(1), 300, 0)]);
        using var merge = new ChunkMerge();
        merge.Begin();
        merge.Add([.. chunks], [new DeletedInterval(long.MinValue, -1)], 0, long.MaxValue);
        merge.Run();
        Assert.Equal(chunks.Count, merge.Result.Length);
        for (int i = 0; i < chunks.Count; i++)
        {
            Assert.True(IsSamePlace(chunks[i], merge.Result[i]));
        }
    }

    [Fact]
    public unsafe void A_chunk_that_does_not_decode_is_refused_only_where_it_must_be_decoded()
    {
        byte[] bytes = [0, 9, 1, 2, 3, .. new byte[ChunkView.ReadAhead]];
        fixed (byte* start = bytes)
        {
            var chunk = new ChunkView(ChunkEncoding.Xor, start, 5, 10, 20);
            using var merge = new ChunkMerge();
            merge.Begin();
            merge.Add([chunk], [], 0, 100);
            merge.Run();
            Assert.Equal(1, merge.Result.Length);
            merge.Begin();
            Assert.StartsWith("a chunk of 5 bytes with samples from 10 to 20 does not decode: ", Assert.Throws<InvalidDataException>(() => Add(merge, chunk)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(99)]
    public unsafe void An_encoding_that_means_nothing_is_named(byte encoding)
    {
        byte[] bytes = [0, 1, 1, 2, 3, .. new byte[ChunkView.ReadAhead]];
        fixed (byte* start = bytes)
        {
            var chunk = new ChunkView((ChunkEncoding)encoding, start, 5, 10, 20);
            using var merge = new ChunkMerge();
            merge.Begin();
            Assert.Contains($"encoding {encoding}", Assert.Throws<InvalidDataException>(() => Add(merge, chunk)).Message, StringComparison.Ordinal);
        }
    }

    private static void Add(ChunkMerge merge, ChunkView chunk) => merge.Add([chunk], [], 15, 100);

    private static unsafe bool IsSamePlace(ChunkView left, ChunkView right) => left.Data == right.Data && left.Length == right.Length;

    private void AssertMerged(MixedSample[] samples, List<MixedSample>[] inputs, DeletedInterval[] deleted, long minTime, long maxTime)
    {
        _encoder.Reset();
        using var merge = new ChunkMerge();
        merge.Begin();
        foreach (List<MixedSample> input in inputs)
        {
            merge.Add([.. Encode(input)], deleted, minTime, maxTime);
        }

        merge.Run();
        MixedSample[] expected = [.. samples.Where(sample =>
            sample.Time >= minTime && sample.Time <= maxTime && !deleted.Any(interval => interval.MinTime <= sample.Time && sample.Time <= interval.MaxTime))];
        var buffer = new SampleBuffer();
        long last = long.MinValue;
        foreach (ChunkView chunk in merge.Result)
        {
            Assert.True(chunk.MinTime > last);
            int at = buffer.Count;
            Assert.True(ChunkDecoder.TryAppend(chunk, long.MinValue, long.MaxValue, buffer, out string? error), error);
            Assert.Equal((chunk.MinTime, chunk.MaxTime, chunk.Count), (buffer.Timestamps[at], buffer.Timestamps[^1], buffer.Count - at));
            last = chunk.MaxTime;
        }

        Assert.Equal(expected.Select(static sample => sample.Time), buffer.Timestamps.ToArray());
        for (int i = 0; i < expected.Length; i++)
        {
            AssertSame(expected[i], buffer.Values[i], buffer.HasHistograms ? buffer.Histograms[i] : null);
        }
    }

    private static void AssertSame(MixedSample expected, double value, FloatHistogram? histogram)
    {
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Value), BitConverter.DoubleToInt64Bits(value));
        Assert.Equal(expected.Histogram.IsNone, histogram is null);
        if (histogram is not null && !Staleness.IsMarker(value))
        {
            FloatHistogram wanted = expected.Histogram.ToFloat();
            Assert.True(wanted.Compact().ContentEquals(histogram.Compact()), $"{wanted.ToText()} became {histogram.ToText()}");
            Assert.Equal(wanted.CounterResetHint == CounterResetHint.Gauge, histogram.CounterResetHint == CounterResetHint.Gauge);
        }
    }

    private List<ChunkView> Encode(List<MixedSample> samples)
    {
        var run = new SampleRun();
        foreach (MixedSample sample in samples)
        {
            if (sample.Histogram.IsNone)
            {
                run.Numbers.Add(sample.Time, sample.Value);
            }
            else
            {
                run.Add(sample.Time, sample.Histogram);
            }
        }

        var chunks = new List<ChunkView>();
        _encoder.AddMerged(run, chunks);
        Assert.All(chunks, static chunk => Assert.InRange(chunk.Count, 1, 120));
        return chunks;
    }
}
