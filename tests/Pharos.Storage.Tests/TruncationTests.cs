using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage.Tests.Faults;
using Pharos.Storage.Wal;
using Pharos.Testing;

namespace Pharos.Storage.Tests;

public class TruncationTests
{
    private const long Start = 1_700_000_000_000;
    private const long Minute = 60_000;

    [Fact]
    public void Old_series_and_chunks_go_and_what_is_left_reads_the_same()
    {
        using var test = new TestTsdb();
        SeriesRef old = FillOldAndNew(test);
        SortedDictionary<string, Sample[]> before = test.Read(Start + (500 * Minute), long.MaxValue);
        TsdbMetrics full = test.Db.GetMetrics();
        test.Db.Truncate(Start + (500 * Minute));
        SortedDictionary<string, Sample[]> after = test.ReadAll();
        Assert.Equal(before, after);
        Assert.Equal(AppendResult.UnknownSeries, test.Append(old, Start + (600 * Minute), 1));
        Assert.False(test.Db.GetOrAdd(TestTsdb.Name("old0")) == old);
        TsdbMetrics metrics = test.Db.GetMetrics();
        Assert.Equal((full.SeriesCreated + 1, 500), (metrics.SeriesCreated, metrics.SeriesRemoved));
        Assert.True(metrics.Chunks < full.Chunks);
        Assert.True(metrics.NativeBytes["closed_chunks"] < full.NativeBytes["closed_chunks"]);
        Assert.Equal(Start + (500 * Minute), metrics.MinTime);
    }

    [Fact]
    public void The_log_shrinks_to_a_checkpoint_from_which_all_is_read_again()
    {
        using var test = new TestTsdb();
        FillOldAndNew(test);
        long minTime = Start + (500 * Minute);
        long bytes = test.Db.GetMetrics().WalStorageBytes;
        test.Db.Truncate(minTime);
        test.Append(TestTsdb.Name("later"), Start + (600 * Minute), 1);
        SortedDictionary<string, Sample[]> before = test.Read(minTime, long.MaxValue);
        TsdbMetrics metrics = test.Db.GetMetrics();
        Assert.Equal((1, 0), (metrics.Checkpoints, metrics.TruncationFailures));
        Assert.True(metrics.WalStorageBytes < bytes * 3 / 4);
        Assert.Single(WalSegments.ListCheckpoints(test.Wal));
        for (int round = 0; round < 2; round++)
        {
            test.Reopen();
            Assert.Equal(before, test.Read(minTime, long.MaxValue));
            Assert.DoesNotContain(test.Messages, static message => message.Severity != TsdbSeverity.Information);
            test.Db.Truncate(minTime + 1);
            before = test.Read(minTime + 1, long.MaxValue);
            minTime++;
        }
    }

    [Fact]
    public void A_querier_that_was_opened_before_reads_what_was_there()
    {
        using var test = new TestTsdb();
        FillOldAndNew(test);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        test.Db.Truncate(Start + (500 * Minute));
        for (int i = 0; i < 300; i++)
        {
            test.Append(TestTsdb.Name("fresh" + i), Start + (601 * Minute), 1);
        }

        var buffer = new SampleBuffer();
        Assert.Equal(before.Count, set.Count);
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, long.MinValue, long.MaxValue, buffer);
            Assert.Equal(before[set.GetLabels(i).ToString()].Select(static sample => sample.Value), buffer.Values.ToArray());
        }

        long held = test.Db.GetMetrics().NativeBytes["closed_chunks"];
        querier.Dispose();
        test.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(test.Db.GetMetrics().NativeBytes["closed_chunks"] < held);
        Assert.Equal(0, test.Db.GetMetrics().OpenQueriers);
    }

    [Fact]
    public void Retention_runs_with_the_clock_and_counts_back_from_the_newest_sample()
    {
        using var test = new TestTsdb(configure: static options => options with { Retention = TimeSpan.FromHours(4) });
        FillOldAndNew(test);
        long newest = test.Db.GetMetrics().MaxTime;
        Assert.Equal(0, test.Db.GetMetrics().Truncations);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, test.Db.GetMetrics().Truncations);
        Assert.Equal(newest - (240 * Minute), test.Db.GetMetrics().MinTime);
        Assert.All(test.ReadAll().Values, samples => Assert.True(samples[0].Timestamp >= newest - (240 * Minute)));
        test.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, test.Db.GetMetrics().Truncations);
    }

    [Fact]
    public void A_truncation_that_fails_half_way_leaves_the_log_whole()
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles();
        using var test = new TestTsdb(folder, disk);
        FillOldAndNew(test);
        SortedDictionary<string, Sample[]> before = test.Read(Start + (500 * Minute), long.MaxValue);
        disk.SyncFails = true;
        Assert.Throws<IOException>(() => test.Db.Truncate(Start + (500 * Minute)));
        Assert.Equal(1, test.Db.GetMetrics().TruncationFailures);
        Assert.Empty(WalSegments.ListCheckpoints(test.Wal));
        disk.SyncFails = false;
        test.Reopen();
        Assert.Empty(Directory.GetDirectories(test.Wal));
        Assert.Equal(before, test.Read(Start + (500 * Minute), long.MaxValue));
        test.Db.Truncate(Start + (500 * Minute));
        Assert.Single(WalSegments.ListCheckpoints(test.Wal));
    }

    [Fact]
    public void A_series_that_was_dropped_and_came_back_is_one_series_after_a_start()
    {
        using var test = new TestTsdb(configure: static options => options with { WalSegmentBytes = 1 << 20 });
        FillOldAndNew(test);
        test.Db.Truncate(Start + (500 * Minute));
        test.Append(TestTsdb.Name("old7"), Start + (600 * Minute), 7);
        test.Reopen();
        Assert.Equal([new Sample(Start + (600 * Minute), 7)], test.Read(Start + (500 * Minute), long.MaxValue)["{__name__=\"old7\"}"]);
        Assert.Equal(AppendResult.Appended, test.Append(TestTsdb.Name("brand_new"), Start + (600 * Minute), 1));
        test.Reopen();
        Assert.Equal([new Sample(Start + (600 * Minute), 1)], test.Read(Start + (500 * Minute), long.MaxValue)["{__name__=\"brand_new\"}"]);
        Assert.Equal([new Sample(Start + (600 * Minute), 7)], test.Read(Start + (500 * Minute), long.MaxValue)["{__name__=\"old7\"}"]);
    }

    // 500 series end after 100 minutes, 500 go on for ten hours. Gives the reference of one that ends.
    private static SeriesRef FillOldAndNew(TestTsdb test)
    {
        var random = new Random(9);
        var batch = new SampleBatch();
        var old = new SeriesRef[500];
        var lasting = new SeriesRef[500];
        for (int i = 0; i < 500; i++)
        {
            old[i] = test.Db.GetOrAdd(TestTsdb.Name("old" + i));
            lasting[i] = test.Db.GetOrAdd(TestTsdb.Name("new" + i));
        }

        for (int minute = 0; minute < 600; minute++)
        {
            batch.Clear();
            for (int i = 0; i < 500; i++)
            {
                batch.Add(lasting[i], Start + (minute * Minute), random.NextDouble());
                if (minute < 100)
                {
                    batch.Add(old[i], Start + (minute * Minute), random.NextDouble());
                }
            }

            Assert.Equal(0, test.Db.Append(batch).Refused);
        }

        return old[0];
    }
}
