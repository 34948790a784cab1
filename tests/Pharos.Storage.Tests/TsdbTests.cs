using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.Storage.Tests;

public class TsdbTests
{
    private static readonly Labels Up = TestTsdb.Name("up", "job", "node");

    [Fact]
    public void A_sample_that_was_appended_is_read()
    {
        using var test = new TestTsdb();
        Assert.Equal(AppendResult.Appended, test.Append(Up, 1000, 1.5));
        Assert.Equal([new Sample(1000, 1.5)], test.ReadAll()["{__name__=\"up\", job=\"node\"}"]);
    }

    [Fact]
    public void Everything_is_there_after_closing_and_opening()
    {
        using var test = new TestTsdb();
        for (int i = 0; i < 1000; i++)
        {
            test.Append(Up, 1000 * i, i);
            test.Append(TestTsdb.Name("down"), 1000 * i, -i);
        }

        SortedDictionary<string, Sample[]> before = test.ReadAll();
        Assert.Equal(1000, before["{__name__=\"down\"}"].Length);
        test.Reopen();
        Assert.Equal(before, test.ReadAll());
        test.Reopen();
        Assert.Equal(before, test.ReadAll());
        Assert.Equal(AppendResult.Appended, test.Append(Up, 1_000_000, 7));
        Assert.Equal(1001, test.ReadAll()["{__name__=\"up\", job=\"node\"}"].Length);
    }

    [Fact]
    public void Samples_that_come_late_are_refused_as_upstream_does()
    {
        const long start = 10_000_000;
        using var test = new TestTsdb();
        SeriesRef up = test.Db.GetOrAdd(Up);
        Assert.Equal(AppendResult.Appended, test.Append(up, start, 1));
        Assert.Equal(AppendResult.Appended, test.Append(up, start, 1));
        Assert.Equal(AppendResult.DuplicateTimestamp, test.Append(up, start, 2));
        Assert.Equal(AppendResult.OutOfOrder, test.Append(up, start - 1, 1));
        SeriesRef other = test.Db.GetOrAdd(TestTsdb.Name("other"));
        Assert.Equal(AppendResult.Appended, test.Append(other, start - 3_600_000, 1));
        Assert.Equal(AppendResult.TooOld, test.Append(other, start - 3_600_001, 1));
        Assert.Equal(AppendResult.UnknownSeries, test.Append(new SeriesRef(77), start, 1));
        Assert.Equal(AppendResult.UnknownSeries, test.Append(SeriesRef.None, start, 1));
        TsdbMetrics metrics = test.Db.GetMetrics();
        Assert.Equal((3, 1, 1, 1, 2), (metrics.SamplesAppended, metrics.OutOfOrderSamples, metrics.DuplicateSamples, metrics.OutOfBoundSamples, metrics.SeriesNotFound));
    }

    [Fact]
    public void A_not_a_number_that_repeats_is_the_same_sample_and_keeps_its_bits()
    {
        using var test = new TestTsdb();
        Assert.Equal(AppendResult.Appended, test.Append(Up, 1, Staleness.Marker));
        Assert.Equal(AppendResult.Appended, test.Append(Up, 1, Staleness.Marker));
        Assert.Equal(AppendResult.DuplicateTimestamp, test.Append(Up, 1, Staleness.NormalNaN));
        Assert.True(Staleness.IsMarker(test.ReadAll().Values.Single().Single().Value));
    }

    [Fact]
    public void Within_a_batch_the_order_decides()
    {
        using var test = new TestTsdb();
        SeriesRef up = test.Db.GetOrAdd(Up);
        var batch = new SampleBatch();
        foreach ((long time, double value) in new[] { (5L, 1d), (7, 2), (6, 3), (7, 2), (7, 4), (8, 5) })
        {
            batch.Add(up, time, value);
        }

        AppendSummary summary = test.Db.Append(batch);
        Assert.Equal(new AppendSummary(4, 1, 1, 0, 0), summary);
        Assert.Equal(
            [AppendResult.Appended, AppendResult.Appended, AppendResult.OutOfOrder, AppendResult.Appended, AppendResult.DuplicateTimestamp, AppendResult.Appended],
            batch.Results.ToArray());
        test.Reopen();
        Assert.Equal([new Sample(5, 1), new Sample(7, 2), new Sample(8, 5)], test.ReadAll().Values.Single());
    }

    [Fact]
    public void Label_bytes_in_another_order_are_remembered_as_an_alias()
    {
        using var test = new TestTsdb();
        byte[] canonical = [0x0a, 6, 0x0a, 1, (byte)'a', 0x12, 1, (byte)'1', 0x0a, 6, 0x0a, 1, (byte)'b', 0x12, 1, (byte)'2'];
        byte[] swapped = [.. canonical[8..], .. canonical[..8]];
        Assert.False(test.Db.TryFind(canonical, out _));
        SeriesRef series = test.Db.GetOrAdd(Labels.Of("a", "1", "b", "2"), swapped);
        Assert.True(test.Db.TryFind(canonical, out SeriesRef found));
        Assert.Equal(series, found);
        Assert.True(test.Db.TryFind(swapped, out found));
        Assert.Equal(series, found);
        Assert.False(test.Db.TryFind(swapped.AsSpan(0, 15), out _));
        Assert.Equal(1, test.Db.GetMetrics().Aliases);
    }

    [Fact]
    public void The_limit_of_series_holds()
    {
        using var test = new TestTsdb(configure: options => options with { MaxSeries = 2 });
        test.Db.GetOrAdd(TestTsdb.Name("a"));
        test.Db.GetOrAdd(TestTsdb.Name("b"));
        Assert.Equal(2, Assert.Throws<SeriesLimitException>(() => test.Db.GetOrAdd(TestTsdb.Name("c"))).Limit);
        test.Db.GetOrAdd(TestTsdb.Name("a"));
    }

    [Fact]
    public void A_folder_that_is_open_is_refused_until_it_is_closed()
    {
        using var folder = new TempFolder();
        using (TestTsdb.Open(folder))
        {
            Assert.Contains("another process", Assert.Throws<DataFolderException>(() => TestTsdb.Open(folder)).Message, StringComparison.Ordinal);
        }

        TestTsdb.Open(folder).Dispose();
        Assert.False(File.Exists(folder.File("lock")));
    }

    [Fact]
    public void A_damaged_block_is_refused_by_name()
    {
        using var folder = new TempFolder();
        folder.Write("01JBADBADBADBADBADBADBADBA/meta.json", "{}");
        string message = Assert.Throws<CorruptionException>(() => TestTsdb.Open(folder)).Message;
        Assert.Contains("01JBADBADBADBADBADBADBADBA/meta.json is damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_store_takes_and_gives_nothing()
    {
        var test = new TestTsdb();
        SeriesRef up = test.Db.GetOrAdd(Up);
        test.Dispose();
        test.Db.Dispose();
        Assert.Throws<StorageUnavailableException>(() => test.Append(up, 1, 1));
        Assert.Throws<StorageUnavailableException>(() => test.Db.GetOrAdd(TestTsdb.Name("new")));
        Assert.Throws<StorageUnavailableException>(() => test.Db.OpenQuerier());
    }

    [Fact]
    public void Appending_to_known_series_allocates_nothing()
    {
        using var test = new TestTsdb(configure: options => options with { WalSegmentBytes = 128 << 20 });
        var batch = new SampleBatch(1000);
        var series = new SeriesRef[1000];
        for (int i = 0; i < series.Length; i++)
        {
            series[i] = test.Db.GetOrAdd(TestTsdb.Name("m", "i", i.ToString("D5")));
        }

        byte[] labelBytes = [0x0a, 13, 0x0a, 8, .. "__name__"u8, 0x12, 1, (byte)'m', 0x0a, 10, 0x0a, 1, (byte)'i', 0x12, 5, .. "00000"u8];
        long allocated = 0;
        for (int round = 0; round < 40; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            batch.Clear();
            foreach (SeriesRef one in series)
            {
                batch.Add(one, 1_000_000 + (round * 15_000), round);
            }

            Assert.True(test.Db.TryFind(labelBytes, out SeriesRef found) == (found == series[0]));
            test.Db.Append(batch);
            allocated = round < 10 ? 0 : allocated + GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.Equal(40_000, test.ReadAll().Values.Sum(static samples => samples.Length));
    }

    [Fact]
    public void Statistics_rank_names_values_and_pairs()
    {
        using var test = new TestTsdb();
        for (int i = 0; i < 5; i++)
        {
            test.Append(TestTsdb.Name("a", "pod", "p" + i), 1, 1);
        }

        test.Append(TestTsdb.Name("b", "pod", "p0"), 1, 1);
        TsdbStatus status = test.Db.GetStatus(2);
        Assert.Equal(6, status.Series);
        Assert.Equal(7, status.LabelPairs);
        Assert.Equal([new TsdbStatistic("a", 5), new TsdbStatistic("b", 1)], status.SeriesCountByMetricName);
        Assert.Equal([new TsdbStatistic("pod", 5), new TsdbStatistic("__name__", 2)], status.LabelValueCountByLabelName);
        Assert.Equal([new TsdbStatistic("__name__=a", 5), new TsdbStatistic("pod=p0", 2)], status.SeriesCountByLabelValuePair);
        Assert.Equal([new TsdbStatistic("pod", 12), new TsdbStatistic("__name__", 6)], status.MemoryInBytesByLabelName);
    }
}
