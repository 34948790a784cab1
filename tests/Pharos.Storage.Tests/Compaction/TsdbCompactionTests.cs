using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Storage.Tests.Faults;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Compaction;

/// <summary>A store whose head becomes blocks.</summary>
public class TsdbCompactionTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Start = 1_700_000_000_000 / (18 * Hour) * (18 * Hour);

    [Theory]
    [InlineData(180, 0)]
    [InlineData(181, 1)]
    [InlineData(299, 1)]
    [InlineData(301, 2)]
    public void The_head_is_written_to_blocks_while_it_spans_more_than_one_and_a_half(int minutes, int blocks)
    {
        using var test = new TestTsdb();
        Fill(test, 5, Start, Start + (minutes * Minute));
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        test.Db.Compact(TestContext.Current.CancellationToken);
        TsdbMetrics metrics = test.Db.GetMetrics();
        Assert.Equal(blocks, metrics.Blocks.Loaded);
        Assert.Equal(blocks == 0 ? Start : Start + (blocks * 2 * Hour), metrics.MinTime);
        AssertSame(before, test.ReadAll());
        test.Reopen();
        AssertSame(before, test.ReadAll());
    }

    [Fact]
    public void A_head_that_does_not_begin_at_the_border_of_a_block_is_cut_at_it()
    {
        using var test = new TestTsdb();
        Fill(test, 3, Start + (30 * Minute), Start + (5 * Hour));
        test.Db.Compact(TestContext.Current.CancellationToken);
        BlockMeta block = Metas(test).Single();
        Assert.Equal((Start + (30 * Minute), Start + (2 * Hour)), (block.MinTime, block.MaxTime));
        Assert.Equal((1, 0), (block.Level, block.Parents.Count));
        Assert.Equal([block.Ulid], block.Sources);
    }

    [Fact]
    public void A_range_without_samples_makes_no_block()
    {
        using var test = new TestTsdb();
        Fill(test, 3, Start, Start + Hour);
        Fill(test, 3, Start + (20 * Hour), Start + (21 * Hour));
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        test.Db.Compact(TestContext.Current.CancellationToken);
        Assert.Single(Metas(test));
        Assert.Equal(Start + (18 * Hour), test.Db.GetMetrics().MinTime);
        AssertSame(before, test.ReadAll());
    }

    [Fact]
    public void Blocks_become_blocks_of_six_and_eighteen_hours()
    {
        using var test = new TestTsdb();
        var sizes = new List<string>();
        for (int hour = 0; hour < 60; hour += 2)
        {
            Fill(test, 4, Start + (hour * Hour), Start + ((hour + 2) * Hour));
            test.Db.Compact(TestContext.Current.CancellationToken);
            sizes.Add(string.Join(' ', Metas(test).Select(static meta => (meta.MaxTime - meta.MinTime) / Hour)));
        }

        SortedDictionary<string, Sample[]> read = test.ReadAll();
        Assert.All(read.Values, static samples => Assert.Equal(60 * 60 * 4, samples.Length));
        Assert.Contains(sizes, static size => size.Contains("18", StringComparison.Ordinal));
        Assert.Contains(sizes, static size => size.StartsWith("6 6 ", StringComparison.Ordinal));
        Assert.True(Metas(test).Max(static meta => meta.Level) >= 3);
        Assert.Equal(0, test.Db.GetMetrics().Compaction!.Failures);
        test.Reopen();
        AssertSame(read, test.ReadAll());
    }

    [Fact]
    public void Nothing_older_than_the_newest_block_is_taken_any_more()
    {
        using var test = new TestTsdb();
        Fill(test, 2, Start, Start + (4 * Hour));
        SeriesRef late = test.Db.GetOrAdd(TestTsdb.Name("late"));
        test.Db.Compact(TestContext.Current.CancellationToken);
        Assert.Equal(AppendResult.TooOld, test.Append(late, Start + (2 * Hour) - 1, 1));
        test.Reopen();
        Assert.Equal(AppendResult.TooOld, test.Append(TestTsdb.Name("late"), Start + (2 * Hour) - 1, 1));
        Assert.Equal(AppendResult.Appended, test.Append(TestTsdb.Name("late"), Start + (4 * Hour), 1));
    }

    [Fact]
    public void Deleted_samples_of_the_head_are_not_written_to_its_block()
    {
        using var test = new TestTsdb();
        Fill(test, 3, Start, Start + (4 * Hour));
        test.Db.Delete([new Matcher(Pharos.Core.Matching.MatchType.Equal, "__name__", "m1")], Start, Start + Hour, TestContext.Current.CancellationToken);
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        test.Db.Compact(TestContext.Current.CancellationToken);
        string block = BlockFiles.Folders(test.Options.Folder).Single();
        Assert.Equal(before["{__name__=\"m1\"}"].Count(static sample => sample.Timestamp < Start + (2 * Hour)), BlockFiles.Read(block)["{__name__=\"m1\"}"].Count);
        AssertSame(before, test.ReadAll());
        test.Reopen();
        AssertSame(before, test.ReadAll());
    }

    [Fact]
    public void The_log_gets_shorter_by_what_is_in_blocks()
    {
        using var test = new TestTsdb(configure: static options => options with { WalSegmentBytes = 64 * 1024 });
        Fill(test, 30, Start, Start + (7 * Hour));
        long before = test.Db.GetMetrics().WalStorageBytes;
        test.Db.Compact(TestContext.Current.CancellationToken);
        TsdbMetrics metrics = test.Db.GetMetrics();
        Assert.True(metrics.WalStorageBytes < before * 7 / 10, $"{metrics.WalStorageBytes} of {before} bytes are left");
        Assert.Equal(1, metrics.Checkpoints);
    }

    [Fact]
    public void Blocks_go_that_end_a_retention_before_the_newest()
    {
        using var test = new TestTsdb(configure: static options => options with { Retention = TimeSpan.FromHours(4), MaxBlockDuration = TimeSpan.FromHours(2) });
        for (int hour = 0; hour < 20; hour += 2)
        {
            Fill(test, 2, Start + (hour * Hour), Start + ((hour + 2) * Hour));
            test.Db.Compact(TestContext.Current.CancellationToken);
        }

        Assert.Equal([14L, 16L], Metas(test).Select(static meta => (meta.MinTime - Start) / Hour));
        Assert.True(test.Db.GetMetrics().Compaction!.TimeRetentions > 0);
    }

    [Fact]
    public void The_oldest_blocks_go_when_there_are_more_bytes_than_are_to_be_kept()
    {
        using var test = new TestTsdb(configure: static options => options with { MaxBlockDuration = TimeSpan.FromHours(2) });
        for (int hour = 0; hour < 16; hour += 2)
        {
            Fill(test, 20, Start + (hour * Hour), Start + ((hour + 2) * Hour));
            test.Db.Compact(TestContext.Current.CancellationToken);
        }

        int blocks = Metas(test).Count;
        long bytes = test.Db.GetMetrics().Blocks.Bytes;
        test.Db.SetRetention(new RetentionLimits(TimeSpan.Zero, test.Db.GetMetrics().WalStorageBytes + (bytes * 6 / 10), 0));
        test.Db.Compact(TestContext.Current.CancellationToken);
        List<BlockMeta> left = Metas(test);
        Assert.InRange(left.Count, 1, blocks - 1);
        Assert.True(left[0].MinTime > Start);
        Assert.Equal(1, test.Db.GetMetrics().Compaction!.SizeRetentions);
    }

    [Fact]
    public void A_query_that_began_before_a_block_went_reads_on()
    {
        using var test = new TestTsdb(configure: static options => options with { MaxBlockDuration = TimeSpan.FromHours(2) });
        Fill(test, 5, Start, Start + (8 * Hour));
        test.Db.Compact(TestContext.Current.CancellationToken);
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        using (ISeriesQuerier querier = test.Db.OpenQuerier())
        {
            ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), TestContext.Current.CancellationToken);
            test.Db.SetRetention(new RetentionLimits(TimeSpan.Zero, 1, 0));
            test.Db.Compact(TestContext.Current.CancellationToken);
            Assert.Empty(Metas(test));
            var buffer = new SampleBuffer();
            for (int i = 0; i < set.Count; i++)
            {
                set.Read(i, long.MinValue, long.MaxValue, buffer);
                Assert.Equal(before[set.GetLabels(i).ToString()].Length, buffer.Count);
            }
        }

        Assert.True(test.ReadAll().Values.Sum(static samples => samples.Length) < before.Values.Sum(static samples => samples.Length));
    }

    [Fact]
    public void A_snapshot_opens_as_a_folder_of_its_own()
    {
        using var test = new TestTsdb();
        using var target = new TempFolder();
        Fill(test, 5, Start, Start + (5 * Hour));
        test.Db.Compact(TestContext.Current.CancellationToken);
        SortedDictionary<string, Sample[]> expected = test.ReadAll();
        string folder = target.File("snapshot");
        test.Db.Snapshot(folder, withHead: true, TestContext.Current.CancellationToken);
        Fill(test, 5, Start + (5 * Hour), Start + (9 * Hour));
        test.Db.Compact(TestContext.Current.CancellationToken);

        using var restored = new TempFolder();
        Directory.Move(folder, restored.File("data"));
        using Tsdb copy = Tsdb.Open(new TsdbOptions { Folder = restored.File("data"), Retention = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        using ISeriesQuerier querier = copy.OpenQuerier();
        AssertSame(expected, TestTsdb.Read(querier, long.MinValue, long.MaxValue));
    }

    [Fact]
    public void A_snapshot_without_the_head_has_the_blocks_alone()
    {
        using var test = new TestTsdb();
        using var target = new TempFolder();
        Fill(test, 5, Start, Start + (5 * Hour));
        test.Db.Compact(TestContext.Current.CancellationToken);
        test.Db.Snapshot(target.File("s"), withHead: false, TestContext.Current.CancellationToken);
        Assert.Equal(Metas(test).Select(static meta => meta.Ulid.ToString()), Directory.GetDirectories(target.File("s")).Select(Path.GetFileName));
    }

    [Fact]
    public void Tombstones_are_cleaned_by_writing_blocks_anew()
    {
        using var test = new TestTsdb();
        Fill(test, 4, Start, Start + (4 * Hour));
        test.Db.Compact(TestContext.Current.CancellationToken);
        BlockMeta before = Metas(test).Single();
        test.Db.Dispose();
        string folder = BlockFiles.Folders(test.Options.Folder).Single();
        var block = new Block(folder);
        uint[] series = block.Index.ReadAllSeries();
        block.Release();
        TombstoneFile.Write(DiskFiles.Instance, folder, TombstoneSet.Of([(series[0], new DeletedInterval(long.MinValue, Start + Hour)), (series[1], new DeletedInterval(0, long.MaxValue))]));
        test.Reopen();
        SortedDictionary<string, Sample[]> expected = test.ReadAll();
        test.Db.CleanTombstones(TestContext.Current.CancellationToken);
        BlockMeta after = Metas(test).Single();
        Assert.Equal([new BlockParent(before.Ulid, before.MinTime, before.MaxTime)], after.Parents);
        Assert.Equal(3, after.Stats.Series);
        AssertSame(expected, test.ReadAll());
    }

    [Fact]
    public async Task Compaction_happens_by_itself_when_the_head_is_due()
    {
        using var test = new TestTsdb(configure: static options => options with { CompactsItself = true });
        Fill(test, 3, Start, Start + (4 * Hour));
        await Wait.UntilAsync(() => test.Db.GetMetrics().Blocks.Loaded == 1, "a block");
        test.Db.SwitchCompactionOff(true);
        Fill(test, 3, Start + (4 * Hour), Start + (8 * Hour));
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, test.Db.GetMetrics().Compaction!.Skipped);
        Assert.Equal(1, test.Db.GetMetrics().Blocks.Loaded);
    }

    [Fact]
    public async Task A_round_that_failed_is_tried_again_once_a_minute_and_not_with_each_sample()
    {
        var files = new FaultyFiles();
        using var test = new TestTsdb(files: files, configure: static options => options with { CompactsItself = true });
        Fill(test, 3, Start, Start + (2 * Hour));
        files.CreateFails = true;
        Fill(test, 3, Start + (2 * Hour), Start + (4 * Hour));
        await Wait.UntilAsync(() => test.Messages.Any(static message => message.Severity == TsdbSeverity.Error), "a failure");
        Fill(test, 3, Start + (4 * Hour), Start + (5 * Hour));
        Assert.Equal(1, test.Db.GetMetrics().Compaction!.Failures);
        files.CreateFails = false;
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        await Wait.UntilAsync(() => test.Db.GetMetrics().Blocks.Loaded > 0, "a block");
    }

    [Fact]
    public void A_full_disk_leaves_everything_as_it_was_and_the_next_round_goes_on()
    {
        var files = new FaultyFiles();
        using var test = new TestTsdb(files: files);
        Fill(test, 5, Start, Start + (6 * Hour));
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        files.Room = 1000;
        Assert.Throws<IOException>(() => test.Db.Compact(TestContext.Current.CancellationToken));
        Assert.Equal(1, test.Db.GetMetrics().Compaction!.Failures);
        AssertSame(before, test.ReadAll());
        Assert.Empty(Metas(test));
        files.Room = long.MaxValue;
        test.Db.Compact(TestContext.Current.CancellationToken);
        Assert.Equal(2, Metas(test).Count);
        AssertSame(before, test.ReadAll());
    }

    private static List<BlockMeta> Metas(TestTsdb test) => [.. BlockFiles.Folders(test.Options.Folder).Select(BlockMetaFile.Read)];

    private static void Fill(TestTsdb test, int series, long from, long to)
    {
        SeriesRef[] references = [.. Enumerable.Range(0, series).Select(i => test.Db.GetOrAdd(TestTsdb.Name("m" + i)))];
        for (long time = from; time < to; time += 15_000)
        {
            var batch = new SampleBatch(series);
            for (int i = 0; i < series; i++)
            {
                batch.Add(references[i], time, (time / 15_000 % (i + 2)) + (i * 0.1));
            }

            Assert.Equal(series, test.Db.Append(batch).Appended);
        }
    }

    private static void AssertSame(SortedDictionary<string, Sample[]> expected, SortedDictionary<string, Sample[]> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach ((string labels, Sample[] samples) in expected)
        {
            SampleSequences.AssertSame(samples, actual[labels]);
        }
    }
}
