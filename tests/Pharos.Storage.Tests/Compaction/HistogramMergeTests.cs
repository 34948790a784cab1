using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Compaction;
using Pharos.Storage.Tests.Chunks;

namespace Pharos.Storage.Tests.Compaction;

/// <summary>Chunks of native histograms that overlap, are cut or have samples deleted are written anew without changing what they hold.</summary>
public sealed unsafe class HistogramMergeTests : IDisposable
{
    private const long Start = 1_700_000_000_000;
    private static readonly List<byte[]> Pinned = [];
    private readonly ChunkMerge _merge = new();
    private readonly HistogramChunkBuilder _builder = new();

    [Fact]
    public void Overlapping_chunks_become_one_list_with_every_sample_as_it_was()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            MixedSample[] samples = HistogramSequences.Random(random, 500, Start);
            MixedSample[] left = [.. samples.Where(_ => random.Next(3) > 0)];
            MixedSample[] right = [.. samples.Where(s => random.Next(3) > 0 || !left.Contains(s))];
            _merge.Begin();
            _merge.Add(Chunks(left), [], long.MinValue, long.MaxValue);
            _merge.Add(Chunks(right), [], long.MinValue, long.MaxValue);
            _merge.Run();
            AssertHolds(samples, _merge.Result);
            foreach (ChunkView chunk in _merge.Result)
            {
                Assert.InRange(chunk.Count, 1, 120);
            }
        }
    }

    [Fact]
    public void Chunks_that_reach_out_of_the_range_or_have_deleted_samples_are_cut()
    {
        MixedSample[] samples = HistogramSequences.Random(new Random(5), 300, Start);
        (long from, long to) = (samples[40].Time, samples[250].Time);
        DeletedInterval[] deleted = [new DeletedInterval(samples[70].Time, samples[90].Time), new DeletedInterval(samples[130].Time, samples[131].Time)];
        _merge.Begin();
        _merge.Add(Chunks(samples), deleted, from, to);
        _merge.Run();
        AssertHolds([.. samples.Where((s, i) => i is >= 40 and <= 250 and not (>= 70 and <= 90) and not (130 or 131))], _merge.Result);
    }

    [Fact]
    public void Chunks_without_start_timestamps_of_encodings_that_can_have_them_are_written_in_the_older_ones()
    {
        byte[] number = PlainXor2Chunk.Encode([(Start, 0, 1), (Start + 5, 0, 2)]);
        byte[] histogram = PlainHistogramChunk.Encode([(Start + 10, 0, new FloatHistogram { Count = 1, Sum = 2 })], asIntegers: true, withStarts: true, 0);
        ChunkView[] chunks = [View(ChunkEncoding.Xor2, number, Start, Start + 5), View(ChunkEncoding.HistogramWithStart, histogram, Start + 10, Start + 10)];
        _merge.Begin();
        _merge.Add(chunks, [new DeletedInterval(Start + 5, Start + 5)], Start, Start + 10);
        _merge.Add(chunks.AsSpan(1), [new DeletedInterval(Start + 10, Start + 10)], Start, Start + 10);
        _merge.Run();
        Assert.Equal([ChunkEncoding.Xor, ChunkEncoding.HistogramWithStart], _merge.Result.ToArray().Select(static c => c.Encoding));
    }

    [Theory]
    [InlineData(ChunkEncoding.Xor2)]
    [InlineData(ChunkEncoding.HistogramWithStart)]
    internal void Start_timestamps_that_would_be_lost_are_refused_by_name(ChunkEncoding encoding)
    {
        byte[] chunk = encoding == ChunkEncoding.Xor2
            ? PlainXor2Chunk.Encode([(Start, Start - 5, 1), (Start + 5, Start - 5, 2)])
            : PlainHistogramChunk.Encode(
                [(Start, Start - 5, new FloatHistogram { Count = 1, Sum = 2 }), (Start + 5, Start - 5, new FloatHistogram { Count = 1, Sum = 2 })], asIntegers: true, withStarts: true, 0);
        _merge.Begin();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => _merge.Add([View(encoding, chunk, Start, Start + 5)], [], Start, Start));
        Assert.Contains($"it has start timestamps ({encoding}), which cannot be written anew", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_of_a_chunk_says_what_is_known_of_a_reset()
    {
        var before = new NativeHistogram(new IntegerHistogram { Count = 5, Sum = 1, PositiveSpans = [new BucketSpan(0, 1)], PositiveDeltas = [5] });
        var after = new NativeHistogram(new IntegerHistogram { Count = 2, Sum = 1, PositiveSpans = [new BucketSpan(0, 1)], PositiveDeltas = [2] });
        var gauge = new NativeHistogram(new IntegerHistogram { CounterResetHint = CounterResetHint.Gauge, Count = 2 });
        Assert.Equal([HistogramChunkHeader.Unknown, HistogramChunkHeader.Reset, HistogramChunkHeader.Gauge], Headers(before, after, gauge));
        Assert.Equal([HistogramChunkHeader.Unknown, HistogramChunkHeader.Reset], Headers(new NativeHistogram(before.ToFloat()), new NativeHistogram(after.ToFloat())));
    }

    public void Dispose()
    {
        _merge.Dispose();
        _builder.Dispose();
    }

    private List<byte> Headers(params NativeHistogram[] histograms)
    {
        var headers = new List<byte>();
        _builder.Clear();
        for (int i = 0; i < histograms.Length; i++)
        {
            Assert.False(_builder.TryAppend(Start + i, histograms[i]));
            _builder.Begin(Start + i, histograms[i]);
            byte[] chunk = new byte[_builder.Length];
            _builder.CopyTo(chunk);
            headers.Add(chunk[2]);
        }

        return headers;
    }

    private ChunkView[] Chunks(MixedSample[] samples)
    {
        var chunks = new List<ChunkView>();
        _builder.Clear();
        PlainXorChunk? numbers = null;
        foreach (MixedSample sample in samples)
        {
            if (!sample.Histogram.IsNone)
            {
                Take(ref numbers, chunks);
                if (!_builder.TryAppend(sample.Time, sample.Histogram))
                {
                    Take(chunks);
                    _builder.Begin(sample.Time, sample.Histogram);
                }

                continue;
            }

            Take(chunks);
            numbers ??= new PlainXorChunk();
            numbers.Append(sample.Time, sample.Value);
        }

        Take(ref numbers, chunks);
        Take(chunks);
        return [.. chunks];
    }

    private void Take(List<ChunkView> chunks)
    {
        if (_builder.Count > 0)
        {
            byte[] chunk = new byte[_builder.Length];
            _builder.CopyTo(chunk);
            chunks.Add(View(_builder.Encoding, chunk, _builder.MinTime, _builder.MaxTime));
            _builder.Clear();
        }
    }

    private static void Take(ref PlainXorChunk? numbers, List<ChunkView> chunks)
    {
        if (numbers is not null)
        {
            chunks.Add(View(ChunkEncoding.Xor, [(byte)(numbers.Count >> 8), (byte)numbers.Count, .. numbers.Bits], numbers.FirstTime, numbers.LastTime));
            numbers = null;
        }
    }

    // Lies on the pinned heap, for as long as the test runs.
    private static ChunkView View(ChunkEncoding encoding, byte[] chunk, long minTime, long maxTime)
    {
        byte[] pinned = GC.AllocateArray<byte>(chunk.Length + ChunkView.ReadAhead, pinned: true);
        chunk.CopyTo(pinned, 0);
        Pinned.Add(pinned);
        return new ChunkView(encoding, (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref pinned[0]), chunk.Length, minTime, maxTime);
    }

    private static void AssertHolds(MixedSample[] expected, ReadOnlySpan<ChunkView> chunks)
    {
        var run = new SampleRun();
        long last = long.MinValue;
        foreach (ChunkView chunk in chunks)
        {
            Assert.True(chunk.MinTime > last);
            last = chunk.MaxTime;
            ChunkRecoder.Decode(chunk, run);
        }

        Assert.Equal(expected.Length, run.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            NativeHistogram actual = run.HistogramAt(i);
            Assert.Equal(expected[i].Time, run.TimeAt(i));
            Assert.Equal(expected[i].Histogram.IsNone, actual.IsNone);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected[i].Value), BitConverter.DoubleToInt64Bits(run.Numbers.Values[i]));
            if (!actual.IsNone)
            {
                Assert.Equal(expected[i].Histogram.Integers is null, actual.Integers is null);
                Assert.True(Staleness.IsMarker(actual.Sum) || expected[i].Histogram.ToFloat().Compact().ContentEquals(actual.ToFloat().Compact()));
            }
        }
    }
}
