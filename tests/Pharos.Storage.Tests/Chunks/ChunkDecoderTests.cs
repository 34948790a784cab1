using System.Collections.Immutable;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Chunks;

public unsafe class ChunkDecoderTests
{
    [Theory]
    [InlineData(ChunkEncoding.Histogram)]
    [InlineData(ChunkEncoding.FloatHistogram)]
    [InlineData(ChunkEncoding.HistogramWithStart)]
    [InlineData(ChunkEncoding.FloatHistogramWithStart)]
    internal void Random_histograms_decode_to_what_was_put_in(ChunkEncoding encoding)
    {
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            List<(long Time, long Start, FloatHistogram Histogram)> samples = Growing(random, 1 + random.Next(150));
            SampleBuffer decoded = Decode(encoding, Encode(samples, encoding, HistogramChunkHeader.Unknown));
            Assert.Equal(samples.Select(static s => s.Time), decoded.Timestamps.ToArray());
            for (int i = 0; i < samples.Count; i++)
            {
                FloatHistogram expected = samples[i].Histogram;
                FloatHistogram actual = decoded.Histograms[i]!;
                Assert.True(expected.ContentEquals(actual), $"{expected.ToText()} became {actual.ToText()}");
                Assert.Equal(Staleness.IsMarker(expected.Sum) || i == 0 ? CounterResetHint.Unknown : CounterResetHint.NotReset, actual.CounterResetHint);
                Assert.Equal(encoding >= ChunkEncoding.HistogramWithStart ? samples[i].Start : 0, decoded.HasStartTimestamps ? decoded.StartTimestamps[i] : 0);
            }
        }
    }

    [Fact]
    public void Whole_counts_stay_whole()
    {
        var random = new Random(2);
        for (int round = 0; round < 200; round++)
        {
            List<(long Time, long Start, FloatHistogram Histogram)> samples = Growing(random, 20);
            var reader = new HistogramChunkReader(Encode(samples, ChunkEncoding.Histogram, HistogramChunkHeader.Unknown), ChunkEncoding.Histogram);
            foreach ((long time, long _, FloatHistogram histogram) in samples)
            {
                Assert.True(reader.MoveNext());
                Assert.Equal(time, reader.Time);
                IntegerHistogram whole = reader.ToNative().Integers!;
                Assert.True(whole.ToFloat().ContentEquals(histogram));
            }

            Assert.False(reader.MoveNext());
            Assert.Null(reader.Error);
            reader.Dispose();
        }
    }

    [Fact]
    public void Counts_beyond_what_a_float_holds_are_exact()
    {
        var bits = new PlainBits();
        bits.Put(0, 8);
        bits.Varbit(0);
        bits.UnsignedVarbit(1);
        bits.UnsignedVarbit(2);
        bits.Varbit(3);
        bits.UnsignedVarbit(0);
        bits.Varbit(1000);
        bits.UnsignedVarbit(ulong.MaxValue);
        bits.UnsignedVarbit(1);
        bits.Put(1.5);
        bits.Varbit((1L << 53) + 1);
        bits.Varbit(-1);
        var reader = new HistogramChunkReader([0, 1, 0, .. bits.Bytes], ChunkEncoding.Histogram);
        Assert.True(reader.MoveNext());
        IntegerHistogram histogram = reader.ToNative().Integers!;
        Assert.Equal(ulong.MaxValue, histogram.Count);
        Assert.Equal([(1L << 53) + 1, -1], histogram.PositiveDeltas);
        Assert.Equal([new BucketSpan(3, 2)], histogram.PositiveSpans);
        reader.Dispose();
    }

    [Fact]
    public void A_chunk_of_gauges_gives_gauges()
    {
        List<(long Time, long Start, FloatHistogram Histogram)> samples = Growing(new Random(3), 5);
        SampleBuffer decoded = Decode(ChunkEncoding.Histogram, Encode(samples, ChunkEncoding.Histogram, HistogramChunkHeader.Gauge));
        Assert.All(decoded.Histograms.ToArray(), static h => Assert.Equal(CounterResetHint.Gauge, h!.CounterResetHint));
    }

    [Fact]
    public void Samples_outside_the_bounds_are_left_out()
    {
        List<(long Time, long Start, FloatHistogram Histogram)> samples = Growing(new Random(4), 20);
        byte[] chunk = Encode(samples, ChunkEncoding.FloatHistogram, HistogramChunkHeader.Unknown);
        var buffer = new SampleBuffer();
        Assert.True(ChunkDecoder.TryAppendHistograms(chunk, ChunkEncoding.FloatHistogram, samples[5].Time, samples[9].Time, buffer, out _));
        Assert.Equal(samples.Skip(5).Take(5).Select(static s => s.Time), buffer.Timestamps.ToArray());
    }

    [Fact]
    public void Random_floats_of_the_newer_encoding_decode_to_what_was_put_in()
    {
        var random = new Random(5);
        for (int round = 0; round < 2000; round++)
        {
            Sample[] samples = SampleSequences.Random(random, 1 + random.Next(240));
            long start = random.Next(3) == 0 ? 0 : samples[0].Timestamp - random.Next(100_000);
            var input = new List<(long Time, long Start, double Value)>();
            foreach (Sample sample in samples)
            {
                start = random.Next(50) == 0 ? sample.Timestamp - random.Next(5000) : start;
                input.Add((sample.Timestamp, start, random.Next(20) == 0 ? Staleness.Marker : sample.Value));
            }

            SampleBuffer decoded = Decode(ChunkEncoding.Xor2, PlainXor2Chunk.Encode(input));
            SampleSequences.AssertSame([.. input.Select(static s => new Sample(s.Time, s.Value))], Samples(decoded));
            Assert.Equal(input.Select(static s => s.Start), decoded.HasStartTimestamps ? decoded.StartTimestamps.ToArray() : new long[input.Count]);
        }
    }

    [Fact]
    public void A_chunk_of_the_older_encoding_decodes()
    {
        Sample[] samples = SampleSequences.Random(new Random(6), 100);
        var chunk = new PlainXorChunk();
        foreach (Sample sample in samples)
        {
            chunk.Append(sample.Timestamp, sample.Value);
        }

        SampleSequences.AssertSame(samples, Samples(Decode(ChunkEncoding.Xor, [0, 100, .. chunk.Bits])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(255)]
    public void An_encoding_that_is_not_known_is_refused_by_its_number(byte encoding)
    {
        Assert.False(TryDecode((ChunkEncoding)encoding, [0, 1, 2, 3], new SampleBuffer(), out string? error));
        Assert.Equal($"a chunk has the encoding {encoding}, which is not known", error);
    }

    [Fact]
    public void A_schema_that_is_not_known_is_refused_by_its_number()
    {
        var bits = new PlainBits();
        bits.Put(0, 8);
        bits.Varbit(-10);
        bits.Put(0, 64);
        Assert.False(TryDecode(ChunkEncoding.Histogram, [0, 1, 0, .. bits.Bytes], new SampleBuffer(), out string? error));
        Assert.Equal("histogram has an unknown schema, which must be between -9 and 52 for exponential buckets, or -53 for custom buckets, got schema -10", error);
    }

    [Fact]
    public void A_schema_finer_than_what_is_computed_with_is_read_at_the_finest_that_is()
    {
        var histogram = new FloatHistogram
        {
            Schema = 10,
            Count = 6,
            Sum = 9,
            PositiveSpans = [new BucketSpan(1, 4), new BucketSpan(0, 2)],
            PositiveBuckets = [1, 1, 1, 1, 1, 1],
        };
        FloatHistogram expected = histogram.ReduceResolution(8);
        byte[] integers = Encode([(1, 0, histogram)], ChunkEncoding.Histogram, HistogramChunkHeader.Unknown);
        byte[] floats = Encode([(1, 0, histogram)], ChunkEncoding.FloatHistogram, HistogramChunkHeader.Unknown);
        Assert.True(Decode(ChunkEncoding.Histogram, integers).Histograms[0]!.ContentEquals(expected));
        Assert.True(Decode(ChunkEncoding.FloatHistogram, floats).Histograms[0]!.ContentEquals(expected));
        var reader = new HistogramChunkReader(integers, ChunkEncoding.Histogram);
        Assert.True(reader.MoveNext());
        Assert.True(reader.ToNative().Integers!.ToFloat().ContentEquals(expected));
        reader.Dispose();
    }

    [Fact]
    public void Spans_that_go_back_as_3_5_wrote_them_are_mended()
    {
        var histogram = new FloatHistogram { Count = 10, Sum = 5, PositiveSpans = [new BucketSpan(2, 2), new BucketSpan(-1, 2)], PositiveBuckets = [1, 2, 3, 4] };
        var expected = new FloatHistogram { Count = 10, Sum = 5, PositiveSpans = [new BucketSpan(2, 3)], PositiveBuckets = [1, 5, 4] };
        foreach (ChunkEncoding encoding in (ChunkEncoding[])[ChunkEncoding.Histogram, ChunkEncoding.FloatHistogram])
        {
            byte[] chunk = Encode([(1, 0, histogram)], encoding, HistogramChunkHeader.Unknown);
            Assert.True(Decode(encoding, chunk).Histograms[0]!.ContentEquals(expected));
            var reader = new HistogramChunkReader(chunk, encoding);
            Assert.True(reader.MoveNext());
            Assert.True(reader.ToNative().ToFloat().ContentEquals(expected));
            Assert.Equal(encoding == ChunkEncoding.Histogram, reader.ToNative().Integers is not null);
            reader.Dispose();
        }
    }

    [Fact]
    public void More_buckets_than_there_are_bits_are_refused_before_memory_is_taken()
    {
        var bits = new PlainBits();
        bits.Put(0, 8);
        bits.Varbit(0);
        bits.UnsignedVarbit(1);
        bits.UnsignedVarbit(1 << 30);
        bits.Varbit(0);
        bits.Put(0, 64);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(TryDecode(ChunkEncoding.Histogram, [0, 1, 0, .. bits.Bytes], new SampleBuffer(), out string? error));
        Assert.Equal("the spans of a histogram chunk are out of range", error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Cut_and_mutated_chunks_decode_or_are_refused()
    {
        var random = new Random(7);
        ChunkEncoding[] encodings = [ChunkEncoding.Xor, ChunkEncoding.Xor2, ChunkEncoding.Histogram, ChunkEncoding.FloatHistogram, ChunkEncoding.HistogramWithStart, ChunkEncoding.FloatHistogramWithStart];
        int refused = 0;
        var buffer = new SampleBuffer();
        for (int round = 0; round < 20_000; round++)
        {
            byte[] chunk = Encode(Growing(random, 1 + random.Next(10)), encodings[2 + random.Next(4)], 0);
            for (int edits = random.Next(4); edits > 0; edits--)
            {
                chunk[random.Next(chunk.Length)] ^= (byte)(1 << random.Next(8));
            }

            if (random.Next(4) == 0)
            {
                random.NextBytes(chunk);
            }

            chunk = chunk[..Math.Max(2, random.Next(chunk.Length + 1))];
            buffer.Clear();
            if (!TryDecode(encodings[random.Next(encodings.Length)], chunk, buffer, out string? error))
            {
                refused++;
                Assert.NotEmpty(error!);
            }
        }

        Assert.InRange(refused, 5_000, 19_999);
    }

    private static List<(long Time, long Start, FloatHistogram Histogram)> Growing(Random random, int count)
    {
        FloatHistogram layout = new RandomHistograms(random.Next()).Any();
        var samples = new List<(long Time, long Start, FloatHistogram Histogram)>();
        long time = random.Next(2) == 0 ? 1_700_000_000_000 : random.Next(-1000, 1000);
        long start = random.Next(3) == 0 ? 0 : time - random.Next(100_000);
        FloatHistogram now = layout;
        for (int i = 0; i < count; i++)
        {
            start = random.Next(30) == 0 ? time - random.Next(3000) : start;
            samples.Add((time, start, i == count - 1 && random.Next(5) == 0 && i > 0 ? new FloatHistogram { Sum = Staleness.Marker } : now));
            time += random.Next(10) == 0 ? random.Next(1, 5_000_000) : 15_000;
            ImmutableArray<double> positive = Grow(now.PositiveBuckets, random);
            ImmutableArray<double> negative = Grow(now.NegativeBuckets, random);
            now = new FloatHistogram
            {
                Schema = layout.Schema,
                ZeroThreshold = layout.ZeroThreshold,
                ZeroCount = layout.UsesCustomBuckets ? 0 : now.ZeroCount + random.Next(3),
                Count = now.Count + random.Next(1000),
                Sum = random.Next(5) == 0 ? now.Sum : now.Sum + random.NextDouble(),
                PositiveSpans = layout.PositiveSpans,
                PositiveBuckets = positive,
                NegativeSpans = layout.NegativeSpans,
                NegativeBuckets = negative,
                CustomValues = layout.CustomValues,
            };
        }

        return samples;
    }

    private static ImmutableArray<double> Grow(ImmutableArray<double> counts, Random random) =>
        [.. counts.Select(c => random.Next(3) == 0 ? c : c + Math.Floor(Math.Pow(10, random.NextDouble() * 9)))];

    private static byte[] Encode(List<(long Time, long Start, FloatHistogram Histogram)> samples, ChunkEncoding encoding, byte resetHeader) =>
        PlainHistogramChunk.Encode(
            samples,
            encoding is ChunkEncoding.Histogram or ChunkEncoding.HistogramWithStart,
            encoding is ChunkEncoding.HistogramWithStart or ChunkEncoding.FloatHistogramWithStart,
            resetHeader);

    private static SampleBuffer Decode(ChunkEncoding encoding, byte[] chunk)
    {
        var buffer = new SampleBuffer();
        Assert.True(TryDecode(encoding, chunk, buffer, out string? error), error);
        return buffer;
    }

    private static bool TryDecode(ChunkEncoding encoding, byte[] chunk, SampleBuffer buffer, out string? error)
    {
        byte[] padded = [.. chunk, .. new byte[ChunkView.ReadAhead]];
        fixed (byte* data = padded)
        {
            return ChunkDecoder.TryAppend(new ChunkView(encoding, data, chunk.Length, 0, 0), long.MinValue, long.MaxValue, buffer, out error);
        }
    }

    private static Sample[] Samples(SampleBuffer buffer)
    {
        var samples = new Sample[buffer.Count];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = new Sample(buffer.Timestamps[i], buffer.Values[i]);
        }

        return samples;
    }
}
