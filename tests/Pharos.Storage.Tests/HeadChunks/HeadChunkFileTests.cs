using System.Buffers.Binary;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Samples;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Tests.Chunks;
using Pharos.Testing;

namespace Pharos.Storage.Tests.HeadChunks;

/// <summary>Closed chunks of a store, written behind and found again at the next start.</summary>
public class HeadChunkFileTests
{
    private const long Start = 1_699_999_200_000;

    [Fact]
    public void Chunks_are_written_behind_mapped_and_found_again()
    {
        using var test = new TestTsdb();
        Fill(test, series: 300, from: 0, steps: 700);
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        long held = test.Db.GetMetrics().NativeBytes["closed_chunks"];
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        TsdbMetrics metrics = test.Db.GetMetrics();
        Assert.InRange(metrics.NativeBytes["closed_chunks"], 0, held / 2);
        Assert.InRange(metrics.HeadChunksStorageBytes, held / 2, held);
        Assert.Equal(before, test.ReadAll());
        Fill(test, series: 300, from: 700, steps: 700);
        before = test.ReadAll();
        for (int round = 0; round < 2; round++)
        {
            test.Reopen();
            Assert.Equal(before, test.ReadAll());
            Assert.Equal(metrics.HeadChunksStorageBytes * 2, test.Db.GetMetrics().HeadChunksStorageBytes, metrics.HeadChunksStorageBytes / 3.0);
            Assert.InRange(test.Db.GetMetrics().NativeBytes["closed_chunks"], 0, held / 2);
        }

        Assert.DoesNotContain(test.Messages, static message => message.Severity != TsdbSeverity.Information);
    }

    [Fact]
    public void A_process_that_is_killed_leaves_what_the_log_continues()
    {
        using var folder = new TempFolder();
        using var test = new TestTsdb();
        Fill(test, series: 20, from: 0, steps: 500);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Fill(test, series: 20, from: 500, steps: 500);
        Copy(test.Options.Folder, folder.Path);
        using TestTsdb other = TestTsdb.Open(folder);
        Assert.Equal(test.ReadAll(), other.ReadAll());
        Fill(test, series: 20, from: 1000, steps: 300);
        Fill(other, series: 20, from: 1000, steps: 300);
        other.Reopen();
        Assert.Equal(test.ReadAll(), other.ReadAll());
    }

    [Fact]
    public void A_file_cut_or_with_a_bit_flipped_anywhere_loses_nothing()
    {
        using var source = new TempFolder();
        SortedDictionary<string, Sample[]> written;
        using (TestTsdb test = TestTsdb.Open(source))
        {
            for (int i = 0; i < 300; i++)
            {
                test.Append(TestTsdb.Name("a"), Start + (i * 15_000), 1);
                test.Append(TestTsdb.Name("b"), Start + (i * 15_000), i / 100);
            }

            written = test.ReadAll();
        }

        byte[] whole = File.ReadAllBytes(source.File("chunks_head/000001"));
        byte[] log = File.ReadAllBytes(source.File("wal/00000000"));
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << (at % 8));
            byte[] content = at % 2 == 0 ? whole[..at] : flipped;
            using var folder = new TempFolder();
            folder.Write("wal/x", "");
            File.WriteAllBytes(folder.File("wal/00000000"), log);
            folder.Write("chunks_head/x", "");
            File.WriteAllBytes(folder.File("chunks_head/000001"), content);
            if (at is 1 or 3)
            {
                Assert.StartsWith(folder.File("chunks_head/000001"), Assert.Throws<CorruptionException>(() => TestTsdb.Open(folder)).Message, StringComparison.Ordinal);
                continue;
            }

            using TestTsdb test = TestTsdb.Open(folder);
            Assert.Equal(written, test.ReadAll());
            if (at % 16 < 2)
            {
                test.Reopen();
                Assert.Equal(written, test.ReadAll());
            }
        }
    }

    [Fact]
    public void What_follows_damage_is_dropped_with_a_word_and_read_from_the_log()
    {
        using var folder = new TempFolder();
        SortedDictionary<string, Sample[]> written;
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            for (int day = 0; day < 4; day++)
            {
                Fill(test, series: 3000, from: day * 480, steps: 480);
            }

            written = test.ReadAll();
        }

        string first = folder.File("chunks_head/000001");
        Assert.True(File.Exists(folder.File("chunks_head/000003")));
        using (FileStream file = File.OpenWrite(first))
        {
            file.Position = file.Length / 2;
            file.WriteByte(77);
            file.WriteByte(78);
        }

        using TestTsdb again = TestTsdb.Open(folder);
        TsdbMessage message = again.Messages.Single(static message => message.Severity == TsdbSeverity.Warning);
        Assert.Contains($"{first}: checksum ", message.Text, StringComparison.Ordinal);
        Assert.Equal(written, again.ReadAll());
        again.Reopen();
        Assert.Equal(written, again.ReadAll());
        Assert.Single(again.Messages, static message => message.Severity == TsdbSeverity.Warning);
    }

    [Fact]
    public void A_full_disk_keeps_chunks_in_memory_says_so_once_and_goes_on_when_there_is_room()
    {
        using var folder = new TempFolder();
        var disk = new ChunkDisk { Room = 3000 };
        using var test = new TestTsdb(folder, disk);
        Fill(test, series: 50, from: 0, steps: 500);
        for (int i = 0; i < 3; i++)
        {
            test.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("no space left on device", test.Messages.Single(static message => message.Severity == TsdbSeverity.Error).Text.Split(": ")[^1]);
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        disk.Room = long.MaxValue;
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.EndsWith("written again", test.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal(before, test.ReadAll());
        test.Reopen();
        Assert.Equal(before, test.ReadAll());
        Assert.Single(test.Messages, static message => message.Severity == TsdbSeverity.Error);
    }

    [Fact]
    public void A_file_that_could_not_be_forced_to_disk_is_written_once_more()
    {
        using var folder = new TempFolder();
        var disk = new ChunkDisk { SyncFails = true };
        using var test = new TestTsdb(folder, disk);
        for (int day = 0; day < 2; day++)
        {
            Fill(test, series: 3000, from: day * 480, steps: 480);
            test.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([1], ChunkFiles.List(folder.File("chunks_head")));
        disk.SyncFails = false;
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([1, 2], ChunkFiles.List(folder.File("chunks_head")));
        SortedDictionary<string, Sample[]> before = test.ReadAll();
        test.Reopen();
        Assert.Equal(before, test.ReadAll());
    }

    [Fact]
    public void Series_whose_newest_samples_are_all_in_closed_chunks_are_read_and_go_on()
    {
        using var folder = new TempFolder();
        long length = 0;
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            // The last step closes the chunks; it is then lost from the log.
            int steps = 0;
            long closed = 0;
            while (closed < 10)
            {
                length = new FileInfo(folder.File("wal/00000000")).Length;
                Fill(test, series: 10, from: steps++, steps: 1);
                closed = test.Db.GetMetrics().ChunksCreated - 10;
            }
        }

        using (FileStream log = File.OpenWrite(folder.File("wal/00000000")))
        {
            log.SetLength(length);
        }

        using TestTsdb again = TestTsdb.Open(folder);
        SortedDictionary<string, Sample[]> all = again.ReadAll();
        Assert.Equal(10, all.Count);
        Assert.All(all.Values, samples => Assert.InRange(samples.Length, 100, 300));
        int next = all.Values.First().Length;
        Assert.Empty(again.Read(Start + (next * 15_000), long.MaxValue));
        Assert.All(again.Read(Start, Start + 60_000).Values, samples => Assert.Equal(5, samples.Length));
        again.Reopen();
        Assert.Equal(all, again.ReadAll());
        Fill(again, series: 10, from: next, steps: 3);
        Assert.All(again.ReadAll().Values, samples => Assert.Equal(next + 3, samples.Length));
        again.Reopen();
        Assert.All(again.ReadAll().Values, samples => Assert.Equal(next + 3, samples.Length));
    }

    [Fact]
    public void Chunks_of_series_that_the_log_does_not_know_go_to_no_other_series()
    {
        using var folder = new TempFolder();
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            Fill(test, series: 10, from: 0, steps: 500);
        }

        Directory.Delete(folder.File("wal"), recursive: true);
        using TestTsdb again = TestTsdb.Open(folder);
        Assert.Empty(again.ReadAll());
        again.Append(TestTsdb.Name("new"), Start, 1);
        again.Reopen();
        Assert.Single(Assert.Single(again.ReadAll()).Value);
    }

    [Fact]
    public void Files_that_are_not_of_this_format_or_missing_are_refused()
    {
        using var folder = new TempFolder();
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            Fill(test, series: 3000, from: 0, steps: 1500);
        }

        byte[] whole = File.ReadAllBytes(folder.File("chunks_head/000001"));
        File.WriteAllBytes(folder.File("chunks_head/000001"), [.. whole[..4], 2, .. whole[5..]]);
        Assert.Contains("version 2 of head chunks", Assert.Throws<CorruptionException>(() => TestTsdb.Open(folder)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("chunks_head/000001"), whole);
        File.Move(folder.File("chunks_head/000002"), folder.File("chunks_head/000007"));
        Assert.Contains("000002 is damaged", Assert.Throws<CorruptionException>(() => TestTsdb.Open(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncation_removes_whole_files_when_no_reader_needs_them()
    {
        using var folder = new TempFolder();
        var disk = new ChunkDisk();
        using var test = new TestTsdb(folder, disk);
        for (int range = 0; range < 4; range++)
        {
            Fill(test, series: 3000, from: range * 480, steps: 480);
        }

        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([1, 2, 3, 4], ChunkFiles.List(folder.File("chunks_head")));
        long cut = Start + (2 * 480 * 15_000L);
        SortedDictionary<string, Sample[]> all = test.ReadAll();
        using (ISeriesQuerier querier = test.Db.OpenQuerier())
        {
            ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
            test.Db.Truncate(cut + 1);
            Assert.Equal([1, 2, 3, 4], ChunkFiles.List(folder.File("chunks_head")));
            var buffer = new SampleBuffer();
            set.Read(7, long.MinValue, long.MaxValue, buffer);
            Assert.Equal(all[set.GetLabels(7).ToString()].Length, buffer.Count);
        }

        disk.DeleteFails = true;
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([1, 2, 3, 4], ChunkFiles.List(folder.File("chunks_head")));
        Assert.Single(test.Messages, static message => message.Severity == TsdbSeverity.Error);
        disk.DeleteFails = false;
        SortedDictionary<string, Sample[]> before = test.Read(cut + 2, long.MaxValue);
        test.Db.Truncate(cut + 2);
        Assert.Equal([3, 4], ChunkFiles.List(folder.File("chunks_head")));
        Assert.Equal(before, test.Read(cut + 2, long.MaxValue));
        test.Reopen();
        Assert.Equal(before, test.Read(cut + 2, long.MaxValue));
    }

    [Fact]
    public void Longer_chunks_than_are_made_here_are_read()
    {
        using var folder = new TempFolder();
        var plain = new PlainXorChunk();
        for (int i = 0; i < 1000; i++)
        {
            plain.Append(Start + (i * 1000), i);
        }

        using (TestTsdb test = TestTsdb.Open(folder))
        {
            Assert.Equal(1ul, test.Db.GetOrAdd(TestTsdb.Name("long")).Value);
            test.Append(TestTsdb.Name("long"), Start + 2_000_000, 2000);
        }

        folder.Write("chunks_head/x", "");
        File.WriteAllBytes(folder.File("chunks_head/000001"), [0x01, 0x30, 0xBC, 0x91, 1, 0, 0, 0, .. Record(1, plain), .. new byte[5000]]);
        using TestTsdb again = TestTsdb.Open(folder);
        Assert.Equal(1001, again.ReadAll().Values.Single().Length);
        Assert.Equal(501, again.Read(Start, Start + 500_999).Values.Single().Length);
    }

    [Fact]
    public async Task Readers_read_the_same_while_files_take_the_place_of_memory()
    {
        using var test = new TestTsdb(configure: static options => options with { WalSegmentBytes = 8 << 20 });
        using var done = new CancellationTokenSource();
        var steps = new int[1];
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(() => ReadUntil(test, steps, done.Token), TaskCreationOptions.LongRunning))];
        Task mapper = Task.Factory.StartNew(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    test.Clock.Advance(TimeSpan.FromMinutes(1));
                }
            },
            TaskCreationOptions.LongRunning);
        for (int step = 0; step < 3000; step++)
        {
            Fill(test, series: 200, from: step, steps: 1);
            Volatile.Write(ref steps[0], step + 1);
        }

        await done.CancelAsync();
        await Task.WhenAll([.. readers, mapper]);
        Assert.True(test.Db.GetMetrics().HeadChunksStorageBytes > 200_000);
    }

    private static void ReadUntil(TestTsdb test, int[] steps, CancellationToken stop)
    {
        var buffer = new SampleBuffer();
        int rounds = 0;
        while (!stop.IsCancellationRequested || rounds < 10)
        {
            rounds++;
            int atLeast = Volatile.Read(ref steps[0]);
            using ISeriesQuerier querier = test.Db.OpenQuerier();
            ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
            for (int i = 0; i < set.Count; i += 17)
            {
                set.Read(i, long.MinValue, long.MaxValue, buffer);
                Assert.True(buffer.Count >= atLeast);
                for (int k = 0; k < buffer.Count; k++)
                {
                    Assert.Equal(Start + (k * 15_000L), buffer.Timestamps[k]);
                    Assert.Equal(ValueAt(k), buffer.Values[k]);
                }
            }
        }
    }

    private static byte[] Record(ulong series, PlainXorChunk chunk)
    {
        byte[] head = new byte[25];
        BinaryPrimitives.WriteUInt64BigEndian(head, series);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(8), chunk.FirstTime);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(16), chunk.LastTime);
        head[24] = 1;
        byte[] record = [.. head, (byte)(chunk.Bytes | 0x80), (byte)(chunk.Bytes >> 7), (byte)(chunk.Count >> 8), (byte)chunk.Count, .. chunk.Bits];
        byte[] sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32C.Compute(record));
        return [.. record, .. sum];
    }

    private static double ValueAt(int step) => step % 7 * (step + 0.1);

    private static void Fill(TestTsdb test, int series, int from, int steps)
    {
        var references = new SeriesRef[series];
        for (int i = 0; i < series; i++)
        {
            references[i] = test.Db.GetOrAdd(TestTsdb.Name("m", "i", i.ToString("D5", System.Globalization.CultureInfo.InvariantCulture)));
        }

        var batch = new SampleBatch();
        for (int step = from; step < from + steps; step++)
        {
            batch.Clear();
            foreach (SeriesRef reference in references)
            {
                batch.Add(reference, Start + (step * 15_000L), ValueAt(step));
            }

            Assert.Equal(series, test.Db.Append(batch).Appended);
        }
    }

    internal static void Copy(string from, string to)
    {
        foreach (string path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!path.EndsWith("lock", StringComparison.Ordinal))
            {
                File.Copy(path, target);
            }
        }
    }
}
