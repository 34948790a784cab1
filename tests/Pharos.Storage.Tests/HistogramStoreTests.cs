using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Wal;
using Pharos.Testing;

namespace Pharos.Storage.Tests;

/// <summary>Native histograms through the whole store: appended, read, logged, replayed.</summary>
public class HistogramStoreTests
{
    private const long Start = 1_700_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_was_appended_is_read_before_and_after_a_restart(int seed)
    {
        var random = new Random(seed);
        using var test = new TestTsdb(configure: options => options with { HeadSnapshots = seed % 2 == 1 });
        MixedSample[][] series = [.. Enumerable.Range(0, 30).Select(_ => HistogramSequences.Random(random, 700, Start))];
        var batch = new SampleBatch();
        for (int from = 0; from < 700;)
        {
            batch.Clear();
            int count = Math.Min(1 + random.Next(20), 700 - from);
            foreach ((int i, MixedSample[] samples) in series.Index())
            {
                SeriesRef reference = test.Db.GetOrAdd(TestTsdb.Name("m", "i", $"{i:D2}"));
                foreach (MixedSample sample in samples.AsSpan(from, count))
                {
                    sample.AddTo(batch, reference);
                }
            }

            Assert.Equal(batch.Count, test.Db.Append(batch).Appended);
            from += count;
        }

        for (int round = 0; round < 3; round++)
        {
            AssertHolds(test, series);
            test.Reopen();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_was_appended_is_read_of_blocks_and_head_together(int seed)
    {
        const int Count = 700;
        const int StepMs = 60_000;
        var random = new Random(seed);
        using var test = new TestTsdb(configure: options => options with { HeadSnapshots = seed % 2 == 1 });
        MixedSample[][] series = [.. Enumerable.Range(0, 20).Select(_ => HistogramSequences.Random(random, Count, Start, step: StepMs))];
        var batch = new SampleBatch();
        for (int from = 0; from < Count; from += 10)
        {
            batch.Clear();
            foreach ((int i, MixedSample[] samples) in series.Index())
            {
                SeriesRef reference = test.Db.GetOrAdd(TestTsdb.Name("m", "i", $"{i:D2}"));
                foreach (MixedSample sample in samples.AsSpan(from, 10))
                {
                    sample.AddTo(batch, reference);
                }
            }

            Assert.Equal(batch.Count, test.Db.Append(batch).Appended);
        }

        test.Db.Compact();
        Assert.True(test.Db.GetMetrics().Blocks.Loaded >= 2);
        Assert.True(test.Db.GetMetrics().MinTime > Start + (6 * 3_600_000));
        AssertHolds(test, series);
        test.Reopen();
        AssertHolds(test, series);
    }

    [Fact]
    public void A_set_tells_whether_any_of_its_series_has_histograms()
    {
        using var test = new TestTsdb();
        test.Append(TestTsdb.Name("number"), Start, 1);
        Append(test, TestTsdb.Name("histogram"), Start, Whole(3));
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        Assert.False(Select(querier, "number").HasMoreThanNumbers);
        Assert.True(Select(querier, "histogram").HasMoreThanNumbers);
    }

    [Fact]
    public void The_same_histogram_again_is_there_already_and_another_is_a_duplicate()
    {
        using var test = new TestTsdb();
        Labels labels = TestTsdb.Name("h");
        Assert.Equal(AppendResult.Appended, Append(test, labels, Start, Whole(3)));
        Assert.Equal(AppendResult.Appended, Append(test, labels, Start, Whole(3)));
        Assert.Equal(AppendResult.DuplicateTimestamp, Append(test, labels, Start, Whole(4)));
        Assert.Equal(AppendResult.DuplicateTimestamp, Append(test, labels, Start, new NativeHistogram(Whole(3).ToFloat())));
        Assert.Equal(AppendResult.DuplicateTimestamp, test.Append(labels, Start, 3));
        Assert.Equal(AppendResult.OutOfOrder, Append(test, labels, Start - 1, Whole(3)));
        Assert.Equal(AppendResult.TooOld, Append(test, labels, Start - 4_000_000, Whole(3)));
        Assert.Equal(AppendResult.Appended, test.Append(labels, Start + 1, 3));
        Assert.Equal(AppendResult.DuplicateTimestamp, Append(test, labels, Start + 1, Whole(3)));
    }

    [Fact]
    public void A_series_may_turn_within_a_batch_and_nothing_is_lost_by_a_restart()
    {
        using var test = new TestTsdb(configure: static options => options with { HeadSnapshots = true });
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("h"));
        var batch = new SampleBatch();
        batch.Add(series, Start, Whole(1));
        batch.Add(series, Start + 1, 5.0);
        batch.Add(series, Start + 2, new NativeHistogram(Whole(2).ToFloat()));
        batch.Add(series, Start + 3, Whole(2));
        batch.Add(series, Start + 4, 6.0);
        batch.Add(series, Start + 5, Staleness.Marker);
        Assert.Equal(6, test.Db.Append(batch).Appended);
        test.Reopen();
        SampleBuffer read = Read(test, "h");
        Assert.Equal([false, true, false, false, true, true], read.Histograms.ToArray().Select(static h => h is null));
        Assert.Equal(Enumerable.Range(0, 6).Select(static i => Start + i), read.Timestamps.ToArray());
    }

    [Fact]
    public void A_staleness_marker_that_comes_as_a_number_ends_histograms_as_a_histogram()
    {
        using var test = new TestTsdb(configure: static options => options with { HeadSnapshots = true });
        Labels labels = TestTsdb.Name("h");
        Append(test, labels, Start, Whole(1));
        test.Append(labels, Start + 1, Staleness.Marker);
        SampleBuffer read = Read(test, "h");
        Assert.True(Staleness.IsMarker(read.Histograms[1]!.Sum));
        test.Reopen();
        Assert.True(Staleness.IsMarker(Read(test, "h").Histograms[1]!.Sum));
    }

    [Fact]
    public void A_reader_sees_what_was_there_when_it_came_though_the_chunk_is_encoded_anew()
    {
        using var test = new TestTsdb();
        Labels labels = TestTsdb.Name("h");
        for (int i = 0; i < 5; i++)
        {
            Append(test, labels, Start + i, Whole(1 + (ulong)i));
        }

        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = Select(querier, "h");
        var wide = new IntegerHistogram
        {
            Count = 20,
            Sum = 20,
            PositiveSpans = [new BucketSpan(-3, 1), new BucketSpan(2, 2), new BucketSpan(5, 1)],
            PositiveDeltas = [5, 0, 0, 0],
        };
        for (int i = 5; i < 300; i++)
        {
            Append(test, labels, Start + i, new NativeHistogram(wide));
        }

        var buffer = new SampleBuffer();
        set.Read(0, long.MinValue, long.MaxValue, buffer);
        Assert.Equal(5, buffer.Count);
        Assert.Equal([new BucketSpan(0, 1)], buffer.Histograms[4]!.PositiveSpans);
        Assert.Equal(300, Read(test, "h").Count);
    }

    [Fact]
    public void Truncation_keeps_newer_histograms_in_memory_and_in_the_checkpoint()
    {
        using var test = new TestTsdb(configure: static options => options with { WalSegmentBytes = 64 * 1024 });
        var random = new Random(4);
        MixedSample[][] series = [.. Enumerable.Range(0, 20).Select(_ => HistogramSequences.Random(random, 1500, Start))];
        var batch = new SampleBatch();
        for (int i = 0; i < 1500; i++)
        {
            batch.Clear();
            foreach ((int s, MixedSample[] samples) in series.Index())
            {
                samples[i].AddTo(batch, test.Db.GetOrAdd(TestTsdb.Name("m", "i", $"{s:D2}")));
            }

            test.Db.Append(batch);
        }

        long cut = series[0][900].Time;
        MixedSample[][] kept = [.. series.Select(samples => samples.Where(sample => sample.Time >= cut).ToArray())];
        test.Db.Truncate(cut);
        AssertHolds(test, kept, isAfterTruncation: true);
        Assert.Equal(1, test.Db.GetMetrics().Checkpoints);
        test.Reopen();
        AssertHolds(test, kept, isAfterTruncation: true, from: cut);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Records_with_start_timestamps_are_read(bool asIntegers)
    {
        using var folder = new TempFolder();
        var record = new RecordBuffer();
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            test.Append(TestTsdb.Name("first"), Start, 1);
            test.Append(TestTsdb.Name("second"), Start, 1);
        }

        // Of the two series three histograms, and a number each: references relative to the sample before, times to the first, starts by a byte.
        record.Put((byte)(asIntegers ? WalRecordKind.HistogramSamplesWithStart : WalRecordKind.FloatHistogramSamplesWithStart));
        record.PutVarint(1);
        record.PutVarint(Start + 10);
        record.PutVarint(Start);
        HistogramRecords.Put(record, Kind(1));
        record.PutVarint(1);
        record.PutVarint(0);
        record.Put(1);
        HistogramRecords.Put(record, Kind(2));
        record.PutVarint(-1);
        record.PutVarint(5);
        record.Put(2);
        record.PutVarint(-7);
        HistogramRecords.Put(record, Kind(3));
        var numbers = new RecordBuffer();
        numbers.Put((byte)WalRecordKind.SamplesWithStart);
        numbers.PutVarint(2);
        numbers.PutVarint(Start + 20);
        numbers.PutVarint(0);
        numbers.PutBigEndian(BitConverter.DoubleToUInt64Bits(42));
        numbers.PutVarint(-1);
        numbers.PutVarint(1);
        numbers.Put(0);
        numbers.PutBigEndian(BitConverter.DoubleToUInt64Bits(43));
        using (var writer = new WalWriter(folder.File("wal"), Files.DiskFiles.Instance, 1, 128 * 1024, static (_, _) => { }))
        {
            writer.Add(record.Written, WalCompression.None);
            writer.Add(numbers.Written, WalCompression.None);
            writer.Commit();
        }

        using (TestTsdb test = TestTsdb.Open(folder))
        {
            Assert.Equal([Start, Start + 10, Start + 15, Start + 21], Read(test, "first").Timestamps.ToArray());
            Assert.Equal([1, 10, 30, 43], Read(test, "first").Values.ToArray());
            Assert.Equal([1, 20, 42], Read(test, "second").Values.ToArray());
        }

        NativeHistogram Kind(ulong count) => asIntegers ? Whole(count) : new NativeHistogram(Whole(count).ToFloat());
    }

    [Fact]
    public void Histograms_of_the_log_that_mean_nothing_are_left_out_and_counted()
    {
        using var folder = new TempFolder();
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            test.Append(TestTsdb.Name("h"), Start, 1);
        }

        var record = new RecordBuffer();
        HistogramRecords.Begin(record, WalRecordKind.HistogramSamples, 1, Start + 1);
        record.PutVarint(0);
        record.PutVarint(0);
        HistogramRecords.Put(record, new NativeHistogram(new IntegerHistogram { Schema = 60 }));
        record.PutVarint(0);
        record.PutVarint(1);
        HistogramRecords.Put(record, new NativeHistogram(new IntegerHistogram { PositiveSpans = [new BucketSpan(0, 3)], PositiveDeltas = [1] }));
        record.PutVarint(0);
        record.PutVarint(2);
        HistogramRecords.Put(record, Whole(4));
        using (var writer = new WalWriter(folder.File("wal"), Files.DiskFiles.Instance, 1, 128 * 1024, static (_, _) => { }))
        {
            writer.Add(record.Written, WalCompression.None);
            writer.Commit();
        }

        using TestTsdb again = TestTsdb.Open(folder);
        Assert.Equal([Start, Start + 3], Read(again, "h").Timestamps.ToArray());
        Assert.Contains(again.Messages, static message => message.Text.StartsWith("2 histograms in the write-ahead log", StringComparison.Ordinal));
    }

    [Fact]
    public void A_histogram_that_lives_as_long_as_the_batch_says_so()
    {
        var batch = new SampleBatch(1);
        Assert.False(batch.HasHistograms);
        batch.Add(new SeriesRef(1), 1, 2.0);
        batch.Add(new SeriesRef(2), 1, Whole(1));
        Assert.Equal([true, false], batch.Histograms.ToArray().Select(static h => h.IsNone));
        for (int i = 0; i < 1000; i++)
        {
            batch.Add(new SeriesRef(3), i, 2.0);
        }

        Assert.Equal(1002, batch.Histograms.Length);
        batch.Clear();
        Assert.True(batch.Histograms.IsEmpty);
        batch.Add(new SeriesRef(1), 1, 2.0);
        Assert.False(batch.HasHistograms);
    }

    private static NativeHistogram Whole(ulong count) => new(new IntegerHistogram
    {
        Count = count,
        Sum = 10 * count,
        PositiveSpans = [new BucketSpan(0, 1)],
        PositiveDeltas = [(long)count],
    });

    private static AppendResult Append(TestTsdb test, Labels labels, long time, NativeHistogram histogram)
    {
        var batch = new SampleBatch(1);
        batch.Add(test.Db.GetOrAdd(labels), time, histogram);
        test.Db.Append(batch);
        return batch.Results[0];
    }

    private static ISeriesSet Select(ISeriesQuerier querier, string name) => querier.Select(
        new SeriesSelection([new Core.Matching.Matcher(Core.Matching.MatchType.Equal, "__name__", name)], long.MinValue, long.MaxValue), CancellationToken.None);

    private static SampleBuffer Read(TestTsdb test, string name)
    {
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        var buffer = new SampleBuffer(4);
        Select(querier, name).Read(0, long.MinValue, long.MaxValue, buffer);
        return buffer;
    }

    private static void AssertHolds(TestTsdb test, MixedSample[][] series, bool isAfterTruncation = false, long from = long.MinValue)
    {
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], from, long.MaxValue), CancellationToken.None);
        Assert.Equal(series.Length, set.Count);
        SampleBuffer[] together = [.. Enumerable.Range(0, set.Count).Select(static _ => new SampleBuffer(4))];
        set.ReadSeveral(0, from, long.MaxValue, together);
        foreach ((int i, MixedSample[] samples) in series.Index())
        {
            SampleBuffer read = together[i];
            Assert.Equal(samples.Select(static s => s.Time), read.Timestamps.ToArray());
            bool wasHistogram = false;
            for (int k = 0; k < samples.Length; k++)
            {
                NativeHistogram appended = samples[k].Histogram;
                if (appended.IsNone && Staleness.IsMarker(samples[k].Value) && (wasHistogram || (isAfterTruncation && k == 0)))
                {
                    Assert.True(Staleness.IsMarker(read.Values[k]));
                    continue;
                }

                wasHistogram = !appended.IsNone;
                FloatHistogram? actual = read.HasHistograms ? read.Histograms[k] : null;
                Assert.Equal(appended.IsNone, actual is null);
                Assert.Equal(BitConverter.DoubleToInt64Bits(samples[k].Value), BitConverter.DoubleToInt64Bits(read.Values[k]));
                if (actual is not null && !Staleness.IsMarker(actual.Sum))
                {
                    FloatHistogram expected = appended.ToFloat();
                    Assert.True(expected.Compact().ContentEquals(actual.Compact()), $"{expected.ToText()} became {actual.ToText()}");
                }
            }
        }
    }
}
