using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Tests.Faults;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.OutOfOrder;

public class OutOfOrderTests
{
    private const long Now = 1_700_000_000_000;
    private const long Hour = 3_600_000;

    [Fact]
    public void Within_the_window_a_sample_is_taken_and_beyond_it_is_too_old()
    {
        using var test = new TestTsdb(configure: static options => options with { OutOfOrderWindow = TimeSpan.FromHours(3) });
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("m"));
        Assert.Equal(AppendResult.Appended, test.Append(series, Now, 1));
        Assert.Equal(AppendResult.Appended, test.Append(series, Now - 10, 2));
        Assert.Equal(AppendResult.Appended, test.Append(series, Now - (3 * Hour), 3));
        Assert.Equal(AppendResult.TooOld, test.Append(series, Now - (3 * Hour) - 1, 4));
        SampleSequences.AssertSame([new(Now - (3 * Hour), 3), new(Now - 10, 2), new(Now, 1)], test.ReadAll().Values.Single());
        TsdbMetrics metrics = test.Db.GetMetrics();
        Assert.Equal((3, 2, 1), (metrics.SamplesAppended, metrics.OutOfOrderSamplesAppended, metrics.TooOldSamples));
        Assert.Equal((0, 0), (metrics.OutOfOrderSamples, metrics.OutOfBoundSamples));
        Assert.Equal([1, 0, 0, 0, 1, 1, 0, 0], metrics.OutOfOrderDeltaCounts);
        Assert.Equal(0.01 + 10_800 + 10_800.001, metrics.OutOfOrderDeltaSum, 6);
        test.Reopen();
        SampleSequences.AssertSame([new(Now - (3 * Hour), 3), new(Now - 10, 2), new(Now, 1)], test.ReadAll().Values.Single());
    }

    [Fact]
    public void Without_a_window_nothing_is_taken_and_there_is_no_log()
    {
        using TestTsdb test = new();
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("m"));
        test.Append(series, Now, 1);
        Assert.Equal(AppendResult.OutOfOrder, test.Append(series, Now - 700_000, 2));
        Assert.Equal(AppendResult.TooOld, test.Append(series, Now - (2 * Hour), 3));
        TsdbMetrics metrics = test.Db.GetMetrics();
        Assert.Equal((1, 1, 0), (metrics.OutOfOrderSamples, metrics.OutOfBoundSamples, metrics.TooOldSamples));
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0], metrics.OutOfOrderDeltaCounts);
        Assert.False(Directory.Exists(Path.Combine(test.Options.Folder, "wbl")));
        Assert.Equal(-1, metrics.OutOfOrderLogSegment);
    }

    [Fact]
    public void The_window_changes_while_the_store_is_open_and_what_was_taken_stays()
    {
        using TestTsdb test = new();
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("m"));
        test.Append(series, Now, 1);
        test.Db.SetOutOfOrderWindow(TimeSpan.FromHours(1));
        Assert.Equal(AppendResult.Appended, test.Append(series, Now - 5, 2));
        test.Db.SetOutOfOrderWindow(TimeSpan.Zero);
        Assert.Equal(AppendResult.OutOfOrder, test.Append(series, Now - 6, 3));
        test.Reopen();
        SampleSequences.AssertSame([new(Now - 5, 2), new(Now, 1)], test.ReadAll().Values.Single());
        Assert.Contains(test.Messages, static message => message.Text.StartsWith("log of out-of-order samples read: 1 samples", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_samples_at_one_time_the_first_stays()
    {
        using var test = new TestTsdb(configure: static options => options with { OutOfOrderWindow = TimeSpan.FromHours(3) });
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("m"));
        test.Append(series, Now - 100, 1);
        test.Append(series, Now, 2);
        Assert.Equal(AppendResult.Appended, test.Append(series, Now - 100, 3));
        Assert.Equal(AppendResult.Appended, test.Append(series, Now - 50, 4));
        Assert.Equal(AppendResult.Appended, test.Append(series, Now - 50, 5));
        for (int i = 1; i < 40; i++)
        {
            test.Append(series, Now - 100 - i, 6);
        }

        // The set that had the time is closed by now.
        Assert.Equal(AppendResult.Appended, test.Append(series, Now - 50, 7));
        Sample[] read = test.Read(Now - 100, Now).Values.Single();
        SampleSequences.AssertSame([new(Now - 100, 1), new(Now - 50, 4), new(Now, 2)], read);
        test.Reopen();
        SampleSequences.AssertSame(read, test.Read(Now - 100, Now).Values.Single());
    }

    [Fact]
    public void A_series_that_has_only_late_samples_is_found()
    {
        using var test = new TestTsdb(configure: static options => options with { OutOfOrderWindow = TimeSpan.FromHours(6) });
        test.Append(TestTsdb.Name("now"), Now, 1);
        test.Append(TestTsdb.Name("late", "job", "backfill"), Now - (5 * Hour), 2);
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(["{__name__=\"late\", job=\"backfill\"}"], test.Read(Now - (6 * Hour), Now - (4 * Hour)).Keys);
            using ISeriesQuerier querier = test.Db.OpenQuerier();
            Matcher[] matchers = [new Matcher(MatchType.Equal, "__name__", "late")];
            Assert.Equal(["backfill"], querier.LabelValues("job", [matchers], Now - (6 * Hour), Now - (4 * Hour), CancellationToken.None));
            Assert.Equal(["__name__", "job"], querier.LabelNames([matchers], Now - (6 * Hour), Now - (4 * Hour), CancellationToken.None));
            Assert.Empty(test.Read(Now - (4 * Hour), Now - (2 * Hour)));
            test.Reopen();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Thousands_of_samples_in_any_order_come_back_in_theirs(int seed)
    {
        var random = new Random(seed);
        using var test = new TestTsdb(configure: static options => options with { OutOfOrderWindow = TimeSpan.FromDays(3) });
        Sample[] samples = [.. Enumerable.Range(0, 5000).Select(i => new Sample(Now - (i * 30_000L), random.Next(3) == 0 ? random.NextDouble() : i % 7))];
        var shuffled = (Sample[])samples.Clone();
        random.Shuffle(shuffled.AsSpan(1));
        var batch = new SampleBatch();
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("m"));
        foreach (Sample[] part in shuffled.Chunk(700))
        {
            batch.Clear();
            foreach (Sample sample in part)
            {
                batch.Add(series, sample.Timestamp, sample.Value);
            }

            Assert.Equal(part.Length, test.Db.Append(batch).Appended);
        }

        Array.Reverse(samples);
        SampleSequences.AssertSame(samples, test.ReadAll().Values.Single());
        test.Reopen();
        SampleSequences.AssertSame(samples, test.ReadAll().Values.Single());
        long from = samples[1234].Timestamp;
        SampleSequences.AssertSame(samples[1234..1300], test.Read(from, samples[1299].Timestamp).Values.Single());
        Assert.InRange(test.Db.GetMetrics().NativeBytes["out_of_order"], 1, 100_000);
    }

    [Fact]
    public void A_reader_keeps_what_it_began_with()
    {
        using var test = new TestTsdb(configure: static options => options with { OutOfOrderWindow = TimeSpan.FromDays(1) });
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("m"));
        test.Append(series, Now, 1);
        test.Append(series, Now - 1000, 2);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
        for (int i = 0; i < 200; i++)
        {
            test.Append(series, Now - 2000 - i, i);
        }

        test.Db.Delete([new Matcher(MatchType.Equal, "__name__", "m")], long.MinValue, Now - 1);
        test.Append(series, Now - 1000, 3);
        var buffer = new SampleBuffer();
        set.Read(0, long.MinValue, long.MaxValue, buffer);
        Assert.Equal([Now - 1000, Now], buffer.Timestamps.ToArray());
        Assert.Equal([2.0, 1.0], buffer.Values.ToArray());
        SampleSequences.AssertSame([new(Now - 1000, 3), new(Now, 1)], test.ReadAll().Values.Single());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_batch_of_which_a_log_takes_no_part_is_refused_as_a_whole(int writes)
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles();
        using var test = new TestTsdb(folder, disk, static options => options with { OutOfOrderWindow = TimeSpan.FromHours(1) });
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("m"));
        test.Append(series, Now, 1);
        test.Append(series, Now - 1, 1);
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        var batch = new SampleBatch();
        batch.Add(series, Now + 10, 2);
        batch.Add(series, Now - 10, 3);
        disk.StopAfter = disk.Changes + writes;
        if (writes == 3)
        {
            Assert.Equal(2, test.Db.Append(batch).Appended);
            return;
        }

        Assert.Throws<StorageUnavailableException>(() => test.Db.Append(batch));
        Assert.Equal(before, test.ReadAll());
        disk.StopAfter = int.MaxValue;
        Assert.Equal(2, test.Db.Append(batch).Appended);
        SortedDictionary<string, Sample[]> after = test.ReadAll();
        Assert.Equal(4, after.Values.Single().Length);
        test.Reopen();
        Assert.Equal(after, test.ReadAll());
    }

    [Fact]
    public async Task Readers_see_samples_in_order_and_late_ones_of_a_batch_together()
    {
        using var test = new TestTsdb(configure: static options => options with { OutOfOrderWindow = TimeSpan.FromDays(3), WalSegmentBytes = 1 << 20 });
        SeriesRef inOrder = test.Db.GetOrAdd(TestTsdb.Name("a"));
        SeriesRef late = test.Db.GetOrAdd(TestTsdb.Name("b"));
        test.Append(late, Now, 0);
        using var done = new CancellationTokenSource();
        int reads = 0;
        Task reader = Task.Factory.StartNew(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    SortedDictionary<string, Sample[]> read = test.Read(long.MinValue, long.MaxValue);
                    if (read.TryGetValue("{__name__=\"a\"}", out Sample[]? newest))
                    {
                        Assert.Equal(newest.Length, read["{__name__=\"b\"}"].Length - 1);
                        reads++;
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var batch = new SampleBatch();
        for (int i = 1; (i < 3000 || Volatile.Read(ref reads) < 20) && !reader.IsCompleted; i++)
        {
            batch.Clear();
            batch.Add(inOrder, Now + i, i);
            batch.Add(late, Now - (7919L * i % 200_000_003), i);
            Assert.Equal(2, test.Db.Append(batch).Appended);
        }

        await done.CancelAsync();
        await reader;
    }

    [Fact]
    public void A_series_that_has_late_samples_is_kept_when_its_others_are_dropped()
    {
        using var test = new TestTsdb(configure: static options => options with { OutOfOrderWindow = TimeSpan.FromHours(9) });
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("m"));
        test.Append(series, Now - (4 * Hour), 1);
        test.Append(series, Now - (5 * Hour), 2);
        test.Append(TestTsdb.Name("other"), Now, 3);
        test.Db.Truncate(Now - Hour);
        SampleSequences.AssertSame([new(Now - (5 * Hour), 2)], test.ReadAll()["{__name__=\"m\"}"]);
        Assert.Equal(AppendResult.Appended, test.Append(series, Now + 1, 4));
        test.Reopen();
        Assert.Contains(new Sample(Now - (5 * Hour), 2), test.ReadAll()["{__name__=\"m\"}"]);
    }
}
