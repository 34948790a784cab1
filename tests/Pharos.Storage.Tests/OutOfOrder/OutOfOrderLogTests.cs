using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage.Files;
using Pharos.Storage.Tests.Faults;
using Pharos.Storage.Wal;
using Pharos.Testing;

namespace Pharos.Storage.Tests.OutOfOrder;

/// <summary>What the log of out-of-order samples gives back after a process was killed, a disk was full, a bit was flipped.</summary>
public class OutOfOrderLogTests
{
    private const long Now = 1_700_000_000_000;

    [Fact]
    public void A_log_cut_at_any_byte_gives_all_whole_commits_before()
    {
        using var source = new TempFolder();
        var lengths = new List<long> { 0 };
        byte[] whole = Write(source, commits: 3, lengths);
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            using TempFolder folder = CopyOf(source, whole[..cut]);
            using TestTsdb test = Open(folder);
            int commits = lengths.Count(length => length <= cut) - 1;
            AssertCommits(test, commits);
            bool torn = !lengths.Contains(cut);
            Assert.Equal(torn ? 1 : 0, test.Db.GetMetrics().OutOfOrderLogRepairs);
            Append(test, 20);
            test.Reopen();
            Assert.Equal(0, test.Db.GetMetrics().OutOfOrderLogRepairs);
            AssertCommits(test, commits, 20);
        }
    }

    [Fact]
    public void A_flipped_bit_is_refused_with_file_and_offset_or_is_the_torn_end()
    {
        using var source = new TempFolder();
        byte[] whole = Write(source, commits: 3, []);
        int refused = 0;
        for (int at = 0; at < whole.Length; at += 3)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << (at % 8));
            using TempFolder folder = CopyOf(source, damaged);
            try
            {
                using TestTsdb test = Open(folder);
                Assert.Equal(1, test.Db.GetMetrics().OutOfOrderLogRepairs);
            }
            catch (CorruptionException e)
            {
                refused++;
                Assert.Equal(folder.File("wbl/00000000"), e.File);
                Assert.InRange(e.Offset, 0, at);
            }
            catch (DataFolderException e)
            {
                Assert.Contains("zstd", e.Message, StringComparison.OrdinalIgnoreCase);
                continue;
            }

            using TestTsdb mended = Open(folder, drop: true);
            Assert.InRange(mended.ReadAll()["{__name__=\"a\"}"].Length, 1, 4);
        }

        Assert.True(refused > whole.Length / 6);
    }

    [Fact]
    public void Any_bytes_as_a_log_open_or_are_refused_in_words()
    {
        using var source = new TempFolder();
        byte[] whole = Write(source, commits: 30, []);
        var random = new Random(3);
        int opened = 0;
        for (int round = 0; round < 200; round++)
        {
            byte[] bytes = [.. whole[..random.Next(whole.Length + 1)]];
            for (int edits = random.Next(6); edits > 0 && bytes.Length > 0; edits--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            using TempFolder folder = CopyOf(source, bytes);
            try
            {
                using TestTsdb test = Open(folder, drop: round % 2 == 0);
                Assert.InRange(test.ReadAll()["{__name__=\"a\"}"].Length, 1, 31);
                opened++;
            }
            catch (Exception e) when (e is CorruptionException or DataFolderException)
            {
                Assert.Contains("wbl/00000000", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(opened, 100, 199);
    }

    [Theory]
    [InlineData(new byte[] { 2, 0, 0, 0 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1 })]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 1, 200 })]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 1, 2 })]
    [InlineData(new byte[] { 7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1 })]
    public void A_record_that_makes_no_sense_is_refused_with_its_place(byte[] record)
    {
        using var source = new TempFolder();
        Write(source, commits: 1, []);
        using TempFolder folder = CopyOf(source, []);
        WriteRecords(folder.File("wbl"), 1, [3], record);
        CorruptionException e = Assert.Throws<CorruptionException>(() => Open(folder));
        Assert.Equal((folder.File("wbl/00000001"), 8), (e.File, e.Offset));
    }

    [Fact]
    public void Records_of_unknown_kinds_are_left_out_with_a_word()
    {
        using var source = new TempFolder();
        Write(source, commits: 1, []);
        using TempFolder folder = CopyOf(source, []);
        WriteRecords(folder.File("wbl"), 1, [99, 1, 2, 3]);
        using TestTsdb test = Open(folder);
        Assert.Contains(test.Messages, static message => message.Text.StartsWith("1 records in the log of out-of-order samples", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_segment_is_refused()
    {
        using var folder = new TempFolder();
        using (TestTsdb test = Open(folder))
        {
            Append(test, 0);
            test.Reopen();
            Append(test, 1);
            test.Reopen();
            Append(test, 2);
        }

        File.Delete(folder.File("wbl/00000001"));
        Assert.Equal(folder.File("wbl/00000001"), Assert.Throws<CorruptionException>(() => Open(folder)).File);
    }

    [Fact]
    public void Samples_of_a_series_that_is_not_described_are_left_out_and_its_number_is_given_to_no_other()
    {
        using var folder = new TempFolder();
        using (TestTsdb test = Open(folder))
        {
            Append(test, 0);
        }

        var record = new RecordBuffer();
        var encoder = new SamplesEncoder(record, 1);
        encoder.Add(77, Now - 5000, 1);
        encoder.End();
        WriteRecords(folder.File("wbl"), 1, record.Written.ToArray());
        using TestTsdb again = Open(folder);
        Assert.Contains(again.Messages, static message => message.Severity == TsdbSeverity.Warning && message.Text.Contains("1 samples", StringComparison.Ordinal));
        Assert.Equal(78u, again.Db.GetOrAdd(TestTsdb.Name("new")).Value);
        Assert.Equal(AppendResult.Appended, again.Append(TestTsdb.Name("new"), Now, 1));
        again.Reopen();
        Assert.Single(again.ReadAll()["{__name__=\"new\"}"]);
    }

    [Fact]
    public void Markers_of_mapped_chunks_are_not_left_in_the_log()
    {
        using var folder = new TempFolder();
        using (TestTsdb test = Open(folder))
        {
            Append(test, 0);
        }

        WriteRecords(folder.File("wbl"), 1, [(byte)WalRecordKind.MmapMarkers, .. new byte[16]]);
        using (TestTsdb test = Open(folder))
        {
            Append(test, 1);
            AssertCommits(test, 2);
        }

        var kinds = new List<WalRecordKind>();
        var reader = new LogReader([.. WalSegments.List(folder.File("wbl")).Select(segment => WalSegments.Path(folder.File("wbl"), segment))]);
        reader.ReadAll(new RecordBatch(), batch =>
        {
            for (int i = 0; i < batch.Count; i++)
            {
                kinds.Add((WalRecordKind)batch.Get(i, out _, out _)[0]);
            }

            batch.Clear();
            return batch;
        });
        Assert.Equal([WalRecordKind.Samples, WalRecordKind.Samples], kinds);
        using TestTsdb again = Open(folder);
        AssertCommits(again, 2);
    }

    [Fact]
    public void A_full_disk_refuses_keeps_answering_and_recovers_by_itself()
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles();
        using var test = new TestTsdb(folder, disk, static options => options with { OutOfOrderWindow = TimeSpan.FromHours(1) });
        Append(test, 0);
        for (int step = 1; step < 10; step++)
        {
            disk.Room = 6 * step;
            Assert.Throws<StorageUnavailableException>(() => Append(test, step));
            AssertCommits(test, 1);
        }

        disk.Room = long.MaxValue;
        Append(test, 1);
        AssertCommits(test, 2);
        test.Reopen();
        AssertCommits(test, 2);
        Assert.DoesNotContain(test.Messages, static message => message.Severity != TsdbSeverity.Information);
    }

    private static TestTsdb Open(TempFolder folder, bool drop = false) =>
        new(folder, configure: options => options with { OutOfOrderWindow = TimeSpan.FromHours(1), DropAfterCorruption = drop });

    // Each commit has one late sample of each of three series; the first of all a newer one, in the other log.
    private static void Append(TestTsdb test, int commit)
    {
        var batch = new SampleBatch();
        foreach (string name in (string[])["a", "b", "c"])
        {
            SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name(name));
            if (test.Db.GetMetrics().SamplesAppended == 0)
            {
                test.Append(series, Now, -1);
            }

            batch.Add(series, Now - 1000 - commit, commit);
        }

        Assert.Equal(0, test.Db.Append(batch).Refused);
    }

    private static void AssertCommits(TestTsdb test, int commits, params int[] more)
    {
        int[] expected = [.. Enumerable.Range(0, commits).Concat(more).Reverse()];
        foreach (Sample[] samples in test.ReadAll().Values)
        {
            Assert.Equal(expected.Select(static commit => (double)commit), samples.Where(static sample => sample.Timestamp < Now).Select(static sample => sample.Value));
        }
    }

    private static byte[] Write(TempFolder folder, int commits, List<long> lengths)
    {
        using (TestTsdb test = Open(folder))
        {
            foreach (string name in (string[])["a", "b", "c"])
            {
                test.Append(TestTsdb.Name(name), Now, -1);
            }

            for (int commit = 0; commit < commits; commit++)
            {
                Append(test, commit);
                lengths.Add(new FileInfo(folder.File("wbl/00000000")).Length);
            }
        }

        return File.ReadAllBytes(folder.File("wbl/00000000"));
    }

    private static TempFolder CopyOf(TempFolder source, byte[] log)
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("wal"));
        Directory.CreateDirectory(folder.File("wbl"));
        File.Copy(source.File("wal/00000000"), folder.File("wal/00000000"));
        File.WriteAllBytes(folder.File("wbl/00000000"), log);
        return folder;
    }

    private static void WriteRecords(string folder, int segment, params byte[][] records)
    {
        using var writer = new WalWriter(folder, DiskFiles.Instance, segment, 128 * 1024, static (_, e) => throw e);
        foreach (byte[] record in records)
        {
            writer.Add(record, WalCompression.None);
        }

        writer.Commit();
    }
}
