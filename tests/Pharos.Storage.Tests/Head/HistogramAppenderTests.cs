using Pharos.Core.Hashing;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Tests.Head;

/// <summary>When chunks of histograms begin, what their heads say, and what layouts they have: upstream's rules, case by case.</summary>
public sealed unsafe class HistogramAppenderTests : IDisposable
{
    private const long Start = 1_700_000_000_000;
    private readonly HeadMemory _memory = new(KeyedHasher.CreateRandom());
    private long _time = Start;

    public HistogramAppenderTests()
    {
        Line->State = SeriesState.Alive;
        Line->Time = long.MinValue;
    }

    private HotLine* Line => _memory.Series.Lines + 1;

    [Fact]
    public void A_count_that_falls_begins_a_chunk_that_says_so()
    {
        foreach (bool asFloats in (bool[])[false, true])
        {
            Append(Of([5, 5]), asFloats);
            Append(Of([6, 5]), asFloats);
            Append(Of([6, 4]), asFloats);
            Append(Of([7, 4]), asFloats);
        }

        Assert.Equal(
            [(ChunkEncoding.Histogram, 2, HistogramChunkHeader.Unknown), (ChunkEncoding.Histogram, 2, HistogramChunkHeader.Reset), (ChunkEncoding.FloatHistogram, 2, HistogramChunkHeader.Unknown), (ChunkEncoding.FloatHistogram, 2, HistogramChunkHeader.Reset)],
            Chunks());
    }

    [Fact]
    public void Another_schema_begins_a_chunk_that_does_not_know()
    {
        Append(Of([5], schema: 1));
        Append(Of([6], schema: 2));
        Append(Of([4], schema: 1));
        Assert.Equal([HistogramChunkHeader.Unknown, HistogramChunkHeader.Unknown, HistogramChunkHeader.Reset], Chunks().Select(static c => c.Header));
    }

    [Fact]
    public void A_hint_of_a_reset_is_believed_and_gauges_have_chunks_of_their_own()
    {
        Append(Of([5]));
        Append(Of([6], hint: CounterResetHint.Reset));
        Append(Of([3], hint: CounterResetHint.Gauge));
        Append(Of([1], hint: CounterResetHint.Gauge));
        Append(Of([2]));
        Assert.Equal(
            [(1, HistogramChunkHeader.Unknown), (1, HistogramChunkHeader.Reset), (2, HistogramChunkHeader.Gauge), (1, HistogramChunkHeader.NotReset)],
            Chunks().Select(static c => (c.Count, c.Header)));
    }

    [Fact]
    public void Behind_a_staleness_marker_another_chunk_begins()
    {
        Append(Of([5]));
        Append(new IntegerHistogram { Sum = Staleness.Marker });
        Append(new IntegerHistogram { Sum = Staleness.Marker });
        Append(Of([6]));
        Assert.Equal([(3, HistogramChunkHeader.Unknown), (1, HistogramChunkHeader.Unknown)], Chunks().Select(static c => (c.Count, c.Header)));
    }

    [Fact]
    public void New_buckets_are_put_into_the_whole_chunk_and_missing_empty_ones_into_the_histogram()
    {
        Append(At((0, 5), (4, 0), (6, 1)));
        Append(At((0, 6), (2, 1), (6, 2)));
        Assert.Equal([(1, 2)], Chunks().Select(static c => (1, c.Count)));
        foreach (FloatHistogram histogram in Read())
        {
            // Bucket 2 is new, bucket 4 was empty and is not given any more: both are there.
            Assert.Equal([new BucketSpan(0, 1), new BucketSpan(1, 1), new BucketSpan(1, 1), new BucketSpan(1, 1)], histogram.PositiveSpans);
        }

        Assert.Equal([5, 0, 0, 1], Read()[0].PositiveBuckets);
        Assert.Equal([6, 1, 0, 2], Read()[1].PositiveBuckets);
    }

    [Fact]
    public void A_histogram_without_the_empty_buckets_of_the_chunk_gets_them_and_the_spans_stay()
    {
        Append(At((0, 5), (1, 0), (2, 1)));
        Append(At((0, 6), (2, 1)));
        Assert.Equal([new BucketSpan(0, 3)], Read()[1].PositiveSpans);
        Append(At((0, 7), (1, 1)));
        Assert.Equal([HistogramChunkHeader.Unknown, HistogramChunkHeader.Reset], Chunks().Select(static c => c.Header));
    }

    [Fact]
    public void Gauges_take_each_others_buckets()
    {
        Append(At((0, 5), (3, 1)) with { CounterResetHint = CounterResetHint.Gauge });
        Append(At((1, 2)) with { CounterResetHint = CounterResetHint.Gauge });
        Assert.All(Read(), static h => Assert.Equal([new BucketSpan(0, 2), new BucketSpan(1, 1)], h.PositiveSpans));
        Assert.Equal([0, 2, 0], Read()[1].PositiveBuckets);
        Assert.Equal([CounterResetHint.Gauge, CounterResetHint.Gauge], Read().Select(static h => h.CounterResetHint));
    }

    [Fact]
    public void Chunks_have_ten_samples_at_least_and_end_with_their_range()
    {
        var random = new Random(1);
        long[] counts = new long[400];
        for (int i = 0; i < 200; i++)
        {
            for (int k = 0; k < counts.Length; k++)
            {
                counts[k] += random.Next(1_000_000);
            }

            Append(Of(counts));
        }

        List<(ChunkEncoding Encoding, int Count, byte Header)> chunks = Chunks();
        Assert.All(chunks.SkipLast(1), static c => Assert.Equal(10, c.Count));
        Assert.All(chunks.Skip(1), static c => Assert.Equal(HistogramChunkHeader.NotReset, c.Header));
        Append(Of(counts));
        _time = ChunkRange.End(_time) - 1;
        Append(Of(counts));
        Append(Of(counts));
        Assert.Equal(2, Chunks()[^1].Count);
    }

    [Fact]
    public void The_largest_histograms_are_kept_though_a_chunk_holds_few_of_them()
    {
        long[] counts = new long[NativeHistogram.MaxParts - 1];
        var random = new Random(2);
        for (int i = 0; i < 30; i++)
        {
            for (int k = 0; k < counts.Length; k++)
            {
                counts[k] += random.NextInt64(1L << 40);
            }

            Append(Of(counts), asFloats: i >= 15);
        }

        List<FloatHistogram> read = Read();
        Assert.Equal(30, read.Count);
        Assert.Equal(counts[^1], read[^1].PositiveBuckets[^1]);
    }

    [Fact]
    public void A_steady_series_allocates_nothing()
    {
        var histograms = new NativeHistogram[2000];
        long[] counts = new long[20];
        for (int i = 0; i < histograms.Length; i++)
        {
            counts[i % counts.Length]++;
            histograms[i] = new NativeHistogram(Of(counts));
        }

        for (int i = 0; i < 1000; i++)
        {
            _memory.Histograms.Append(Line, ++_time, histograms[i]);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1000; i < 2000; i++)
        {
            _memory.Histograms.Append(Line, ++_time, histograms[i]);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public void What_is_held_for_a_series_goes_with_its_histograms()
    {
        Append(Of([1, 2, 3]));
        Assert.Equal(1, _memory.HistogramStates.Count);
        Assert.True(_memory.HistogramStates.HeldBytes > 0);
        _memory.Histograms.AppendFloat(Line, ++_time, 5);
        Assert.Equal((0, 0), (_memory.HistogramStates.Count, _memory.HistogramStates.HeldBytes));
        Assert.Equal(SeriesState.Alive, Line->State);
        Assert.True(_memory.HistogramStates.IsNoted(1));
        Assert.False(_memory.HistogramStates.IsNoted(2));
    }

    public void Dispose() => _memory.Dispose();

    private static IntegerHistogram Of(long[] counts, int schema = 0, CounterResetHint hint = CounterResetHint.Unknown) => new()
    {
        CounterResetHint = hint,
        Schema = schema,
        Count = (ulong)counts.Sum(),
        Sum = counts.Sum(),
        PositiveSpans = [new BucketSpan(0, counts.Length)],
        PositiveDeltas = [.. counts.Select((count, i) => count - (i == 0 ? 0 : counts[i - 1]))],
    };

    private static Buckets At(params (int Index, long Count)[] buckets) => new(buckets, CounterResetHint.Unknown);

    private void Append(Buckets buckets)
    {
        var spans = new List<BucketSpan>();
        var deltas = new List<long>();
        int end = 0;
        long before = 0;
        foreach ((int index, long count) in buckets.Counts)
        {
            if (spans.Count > 0 && index == end)
            {
                spans[^1] = spans[^1] with { Length = spans[^1].Length + 1 };
            }
            else
            {
                spans.Add(new BucketSpan(index - end, 1));
            }

            end = index + 1;
            deltas.Add(count - before);
            before = count;
        }

        Append(new IntegerHistogram
        {
            CounterResetHint = buckets.CounterResetHint,
            Count = (ulong)buckets.Counts.Sum(static b => b.Count),
            Sum = 1,
            PositiveSpans = [.. spans],
            PositiveDeltas = [.. deltas],
        });
    }

    private void Append(IntegerHistogram histogram, bool asFloats = false) =>
        _memory.Histograms.Append(Line, _time += 15_000, asFloats ? new NativeHistogram(histogram.ToFloat()) : new NativeHistogram(histogram));

    private List<(ChunkEncoding Encoding, int Count, byte Header)> Chunks()
    {
        var chunks = new List<(ChunkEncoding Encoding, int Count, byte Header)>();
        ForEach((encoding, bytes) => chunks.Add((encoding, (bytes[0] << 8) | bytes[1], bytes[2])));
        return chunks;
    }

    private List<FloatHistogram> Read()
    {
        var buffer = new SampleBuffer();
        ForEach((encoding, bytes) => Assert.True(ChunkDecoder.TryAppendHistograms(bytes, encoding, long.MinValue, long.MaxValue, buffer, out _)));
        return [.. buffer.Histograms.ToArray().Select(static h => h!)];
    }

    private void ForEach(Action<ChunkEncoding, byte[]> chunk)
    {
        var closed = new List<(ChunkEncoding Encoding, byte[] Bytes)>();
        for (uint unit = Line->Closed; unit != 0; unit = _memory.Chunks.At(unit)->Previous)
        {
            closed.Add((_memory.Chunks.At(unit)->Encoding, _memory.Chunks.View(_memory.Chunks.At(unit)).Bytes.ToArray()));
        }

        closed.Reverse();
        foreach ((ChunkEncoding encoding, byte[] bytes) in closed)
        {
            chunk(encoding, bytes);
        }

        byte[] open = new byte[Line->ChunkBytes + sizeof(ulong)];
        chunk(Line->OpenEncoding, HistogramAppender.Flatten(*Line, _memory.Blocks, open).ToArray());
    }

    private sealed record Buckets((int Index, long Count)[] Counts, CounterResetHint CounterResetHint);
}
