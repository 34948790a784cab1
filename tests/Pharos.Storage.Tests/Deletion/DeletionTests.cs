using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Files;
using Pharos.Storage.Tests.Faults;
using Pharos.Storage.Wal;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Deletion;

public class DeletionTests
{
    private const long Now = 1_700_000_000_000;
    private static readonly Matcher[] OfM = [new(MatchType.Equal, "__name__", "m")];

    [Fact]
    public void What_is_deleted_is_gone_at_once_and_after_a_restart()
    {
        using TestTsdb test = new();
        Fill(test, "m", 500);
        Fill(test, "other", 500);
        test.Db.Delete(OfM, Now + 100_000, Now + 200_000);
        test.Db.Delete(OfM, Now + 150_000, Now + 300_000);
        Sample[] expected = [.. Samples(500).Where(static sample => sample.Timestamp is < Now + 100_000 or > Now + 300_000)];
        for (int round = 0; round < 2; round++)
        {
            SampleSequences.AssertSame(expected, test.ReadAll()["{__name__=\"m\"}"]);
            SampleSequences.AssertSame(Samples(500), test.ReadAll()["{__name__=\"other\"}"]);
            Assert.Empty(test.Read(Now + 100_000, Now + 300_000, OfM).Values.Single());
            Assert.Equal(1, test.Db.GetMetrics().Tombstones);
            test.Reopen();
        }
    }

    [Fact]
    public void What_comes_later_stays()
    {
        using var test = new TestTsdb(configure: static options => options with { OutOfOrderWindow = TimeSpan.FromDays(1) });
        Fill(test, "m", 100);
        test.Db.Delete(OfM, long.MinValue, long.MaxValue);
        Assert.Empty(test.ReadAll()["{__name__=\"m\"}"]);
        Assert.Equal(AppendResult.Appended, test.Append(TestTsdb.Name("m"), Now + 100_000, 1));
        Assert.Equal(AppendResult.Appended, test.Append(TestTsdb.Name("m"), Now + 50_000, 2));
        for (int round = 0; round < 2; round++)
        {
            SampleSequences.AssertSame([new(Now + 50_000, 2), new(Now + 100_000, 1)], test.ReadAll()["{__name__=\"m\"}"]);
            test.Reopen();
        }

        test.Db.Delete(OfM, Now + 50_000, Now + 50_000);
        test.Reopen();
        SampleSequences.AssertSame([new(Now + 100_000, 1)], test.ReadAll()["{__name__=\"m\"}"]);
    }

    [Fact]
    public void A_deletion_that_another_program_wrote_takes_all_late_samples_and_none_that_come_afterwards()
    {
        using var folder = new TempFolder();
        using (TestTsdb test = OpenWithWindow(folder))
        {
            Fill(test, "m", 100);
            test.Append(TestTsdb.Name("m"), Now + 50_500, 2);
        }

        // As upstream writes it: in the head's log alone.
        var record = new RecordBuffer();
        TombstonesRecord.Encode(record, [new Tombstone(1, Now + 50_000, Now + 60_000)], isMarked: false);
        using (var writer = new WalWriter(folder.File("wal"), DiskFiles.Instance, 1, 128 * 1024, static (_, e) => throw e))
        {
            writer.Add(record.Written, WalCompression.None);
            writer.Commit();
        }

        using (TestTsdb test = OpenWithWindow(folder))
        {
            Assert.Empty(test.Read(Now + 50_000, Now + 60_000).Values.Single());
            Assert.Equal(AppendResult.Appended, test.Append(TestTsdb.Name("m"), Now + 55_500, 3));
            test.Reopen();
            SampleSequences.AssertSame([new(Now + 55_500, 3)], test.Read(Now + 50_000, Now + 60_000).Values.Single());
        }
    }

    [Fact]
    public void Checkpoints_keep_deletions_as_long_as_their_samples()
    {
        using var test = new TestTsdb(configure: static options => options with { WalSegmentBytes = 64 * 1024 });
        Fill(test, ["m", "n"], 7200);
        test.Db.Delete(OfM, Now, Now + 1_000_000);
        test.Db.Delete(OfM, Now + 5_000_000, Now + 6_000_000);
        test.Append(TestTsdb.Name("n"), Now + 7_300_000, 1);
        test.Reopen();
        test.Db.Truncate(Now + 3_000_000);
        Assert.Equal(1, test.Db.GetMetrics().Tombstones);
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        Assert.Equal(7200 - 3000 - 1001, before["{__name__=\"m\"}"].Length);
        test.Reopen();
        Assert.Equal(before, test.Read(Now + 3_000_000, long.MaxValue));
        test.Db.Truncate(Now + 7_250_000);
        Assert.Equal(0, test.Db.GetMetrics().Tombstones);
        Assert.Equal(2, test.Db.GetMetrics().Checkpoints + 1);
    }

    [Fact]
    public void A_deletion_that_cannot_be_written_is_refused_and_nothing_is_deleted()
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles();
        using var test = new TestTsdb(folder, disk, static options => options with { OutOfOrderWindow = TimeSpan.FromDays(1) });
        Fill(test, "m", 100);
        test.Append(TestTsdb.Name("m"), Now + 500, 1);
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        for (int writes = 0; writes < 2; writes++)
        {
            disk.StopAfter = disk.Changes + writes;
            Assert.Throws<StorageUnavailableException>(() => test.Db.Delete(OfM, Now, Now + 1000));
            Assert.Equal(before, test.ReadAll());
        }

        disk.StopAfter = int.MaxValue;
        disk.SyncFails = true;
        StorageUnavailableException e = Assert.Throws<StorageUnavailableException>(() => test.Db.Delete(OfM, Now, Now + 1000));
        Assert.Contains("could not be forced to disk", e.Message, StringComparison.Ordinal);
        disk.SyncFails = false;
        test.Db.Delete(OfM, Now, Now + 1000);
        SortedDictionary<string, Sample[]> after = test.ReadAll();
        Assert.Equal(98, after.Values.Single().Length);
        test.Reopen();
        Assert.Equal(after, test.ReadAll());
    }

    [Fact]
    public void Only_what_is_there_is_covered()
    {
        using TestTsdb test = new();
        Fill(test, "m", 10);
        test.Db.Delete(OfM, long.MinValue, Now - 1);
        test.Db.Delete(OfM, Now + 10_000, long.MaxValue);
        test.Db.Delete([new Matcher(MatchType.Equal, "__name__", "nobody")], long.MinValue, long.MaxValue);
        Assert.Equal(0, test.Db.GetMetrics().Tombstones);
        Assert.Equal(10, test.ReadAll().Values.Single().Length);
    }

    [Theory]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 1, 2 })]
    [InlineData(new byte[] { 3, 0, 0, 0 })]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 255, 255 })]
    public void A_record_that_ends_inside_a_field_is_refused_with_its_place(byte[] record)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("wal"));
        using (var writer = new WalWriter(folder.File("wal"), DiskFiles.Instance, 0, 128 * 1024, static (_, e) => throw e))
        {
            writer.Add([3], WalCompression.None);
            writer.Add(record, WalCompression.None);
            writer.Commit();
        }

        CorruptionException e = Assert.Throws<CorruptionException>(() => TestTsdb.Open(folder));
        Assert.Equal((folder.File("wal/00000000"), 8), (e.File, e.Offset));
    }

    private static TestTsdb OpenWithWindow(TempFolder folder) => new(folder, configure: static options => options with { OutOfOrderWindow = TimeSpan.FromDays(1) });

    private static Sample[] Samples(int count) => [.. Enumerable.Range(0, count).Select(static i => new Sample(Now + (i * 1000L), i))];

    private static void Fill(TestTsdb test, string name, int count) => Fill(test, [name], count);

    private static void Fill(TestTsdb test, string[] names, int count)
    {
        var batch = new SampleBatch();
        foreach (string name in names)
        {
            SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name(name));
            foreach (Sample sample in Samples(count))
            {
                batch.Add(series, sample.Timestamp, sample.Value);
            }
        }

        Assert.Equal(0, test.Db.Append(batch).Refused);
    }
}
