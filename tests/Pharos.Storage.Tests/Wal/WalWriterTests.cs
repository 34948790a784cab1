using Pharos.Core.Buffers;
using Pharos.Storage.Files;
using Pharos.Storage.Tests.Faults;
using Pharos.Storage.Wal;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Wal;

public class WalWriterTests
{
    [Fact]
    public void Records_of_all_lengths_come_back_from_pages_and_segments()
    {
        using var folder = new TempFolder();
        var random = new Random(1);
        var written = new List<byte[]>();
        using (WalWriter writer = Open(folder, segmentPages: 4))
        {
            for (int i = 0; i < 600; i++)
            {
                byte[] record = new byte[random.Next(10) == 0 ? random.Next(90_000) : random.Next(600)];
                random.NextBytes(record);
                written.Add(record);
                writer.Add(record, WalCompression.None);
                if (random.Next(3) == 0)
                {
                    writer.Commit();
                }
            }

            writer.Commit();
        }

        Assert.True(WalSegments.List(folder.Path).Count > 10);
        Assert.Equal(written, Read(folder.Path));
    }

    [Fact]
    public void Every_distance_to_the_end_of_a_page_is_framed_rightly()
    {
        for (int left = 0; left < 40; left++)
        {
            using var folder = new TempFolder();
            byte[][] records = [new byte[WalFormat.PageBytes - WalFormat.FragmentHeaderBytes - left], [1, 2, 3], [], new byte[50]];
            records[0].AsSpan().Fill(7);
            using (WalWriter writer = Open(folder, segmentPages: 4))
            {
                foreach (byte[] record in records)
                {
                    writer.Add(record, WalCompression.None);
                    writer.Commit();
                }
            }

            Assert.Equal(records, Read(folder.Path));
        }
    }

    [Fact]
    public void A_record_does_not_cross_segments_and_a_longer_one_has_a_segment_of_its_own()
    {
        using var folder = new TempFolder();
        using (WalWriter writer = Open(folder, segmentPages: 2))
        {
            writer.Add(new byte[40_000], WalCompression.None);
            writer.Add(new byte[40_000], WalCompression.None);
            writer.Add(new byte[200_000], WalCompression.None);
            writer.Add(new byte[10], WalCompression.None);
            writer.Commit();
            Assert.Equal(3, writer.Segment);
        }

        Assert.Equal([40_000, 40_000, 200_000, 10], Read(folder.Path).Select(static record => record.Length));
        Assert.Equal(2 * WalFormat.PageBytes, new FileInfo(WalSegments.Path(folder.Path, 0)).Length);
    }

    [Fact]
    public void A_full_record_has_the_bytes_that_the_format_says()
    {
        using var folder = new TempFolder();
        using (WalWriter writer = Open(folder, segmentPages: 2))
        {
            writer.Add("123456789"u8, WalCompression.Snappy);
            writer.Commit();
        }

        Assert.Equal("090009E3069283313233343536373839", Convert.ToHexString(File.ReadAllBytes(WalSegments.Path(folder.Path, 0))));
    }

    [Fact]
    public void A_failed_write_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles();
        using (WalWriter writer = Open(folder, segmentPages: 4, disk))
        {
            Put(writer, 1, 100);
            disk.Room = 50;
            Assert.Throws<IOException>(() => Put(writer, 2, 100));
            disk.Room = 50;
            disk.CutFails = true;
            Assert.Throws<IOException>(() => Put(writer, 3, 100));
            disk.Room = long.MaxValue;
            Assert.Throws<IOException>(() => Put(writer, 4, 10));
            disk.CutFails = false;
            Put(writer, 5, 10);
        }

        Assert.Equal([1, 5], Read(folder.Path).Select(static record => (int)record[0]));
    }

    [Fact]
    public void A_segment_that_cannot_be_begun_leaves_the_old_one_going()
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles();
        using (WalWriter writer = Open(folder, segmentPages: 2, disk))
        {
            Put(writer, 1, 60_000);
            disk.CreateFails = true;
            Assert.Throws<IOException>(() => Put(writer, 2, 30_000));
            writer.Abandon();
            disk.CreateFails = false;
            Put(writer, 3, 30_000);
        }

        Assert.Equal([1, 3], Read(folder.Path).Select(static record => (int)record[0]));
    }

    [Fact]
    public void A_failed_sync_is_told_and_counted()
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles { SyncFails = true };
        string? told = null;
        var writer = new WalWriter(folder.Path, disk, 0, 2 * WalFormat.PageBytes, (path, _) => told = path);
        writer.Dispose();
        Assert.Equal(WalSegments.Path(folder.Path, 0), told);
        Assert.Equal((0, 1), (writer.Syncs, writer.SyncFailures));
    }

    [Fact]
    public void A_compressed_record_that_claims_too_much_is_damage()
    {
        using var folder = new TempFolder();
        using (WalWriter writer = Open(folder, segmentPages: 2))
        {
            writer.Add([0xff, 0xff, 0xff, 0xff, 0x07, 0], WalCompression.Snappy);
            writer.Commit();
        }

        var reader = new LogReader([WalSegments.Path(folder.Path, 0)]);
        reader.ReadAll(new RecordBatch(), static batch => batch);
        Assert.Equal("a compressed record of 6 bytes claims 2147483647", reader.Damage!.What);
    }

    [Theory]
    [InlineData(WalCompression.None)]
    [InlineData(WalCompression.Snappy)]
    [InlineData(WalCompression.Zstd)]
    public void Records_come_back_whatever_compresses_them(WalCompression compression)
    {
        using var folder = new TempFolder();
        var compressor = new RecordCompressor(compression);
        byte[][] records = [[1], [2, 2, 3], new byte[100_000], [], [.. Enumerable.Range(0, 5000).Select(static i => (byte)(i / 7))]];
        using (WalWriter writer = Open(folder, segmentPages: 8))
        {
            foreach (byte[] record in records)
            {
                ReadOnlySpan<byte> bytes = compressor.Compress(record, out WalCompression used);
                Assert.Equal(record.Length > 1000 ? compression : WalCompression.None, used);
                Assert.True(compression == WalCompression.None || record.Length < 1000 || bytes.Length < record.Length / 4);
                writer.Add(bytes, used);
            }

            writer.Commit();
        }

        Assert.Equal(records, Read(folder.Path));
    }

    [Fact]
    public void A_record_that_zstd_does_not_take_back_is_damage()
    {
        byte[] frame = new byte[ZstdBlock.MaxCompressedLength(1000)];
        int length = ZstdBlock.Compress(new byte[1000], frame);
        var buffer = new RecordBuffer();
        Assert.Null(RecordCompressor.Decompress(frame.AsSpan(0, length), (byte)WalCompression.Zstd, buffer));
        Assert.Equal(1000, buffer.Length);
        Assert.NotNull(RecordCompressor.Decompress(frame.AsSpan(0, length - 1), (byte)WalCompression.Zstd, buffer));
        Assert.NotNull(RecordCompressor.Decompress([1, 2, 3, 4, 5, 6, 7, 8], (byte)WalCompression.Zstd, buffer));
        Assert.NotNull(RecordCompressor.Decompress([], (byte)WalCompression.Zstd, buffer));
        Assert.NotNull(RecordCompressor.Decompress(frame.AsSpan(0, length), 24, buffer));
        Assert.Equal(1000, buffer.Length);

        // A frame that claims a tebibyte: single segment, size in eight bytes.
        byte[] huge = [0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 1, 0, 0];
        Assert.Equal("a compressed record of 13 bytes claims 1099511627776", RecordCompressor.Decompress(huge, (byte)WalCompression.Zstd, buffer));
    }

    [Fact]
    public void A_caller_returns_from_syncing_when_its_bytes_are_on_disk_and_the_disk_turns_once_for_all_before()
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles();
        using WalWriter writer = Open(folder, segmentPages: 2, disk);
        Put(writer, 1, 100);
        long first = writer.BytesWritten;
        Put(writer, 2, 100);
        writer.SyncUpTo(writer.BytesWritten);
        Assert.Equal(1, disk.Syncs);
        writer.SyncUpTo(first);
        Assert.Equal(1, disk.Syncs);
        Put(writer, 3, 100);
        writer.SyncUpTo(first + 1);
        Assert.Equal(1, disk.Syncs);
        writer.SyncUpTo(writer.BytesWritten);
        Assert.Equal(2, disk.Syncs);
    }

    [Fact]
    public void After_a_sync_that_failed_the_next_record_begins_a_new_segment()
    {
        using var folder = new TempFolder();
        var disk = new FaultyFiles();
        var failed = new List<string>();
        using (var writer = new WalWriter(folder.Path, disk, 0, 4 * WalFormat.PageBytes, (path, _) => failed.Add(path)))
        {
            Put(writer, 1, 100);
            writer.SyncUpTo(writer.BytesWritten);
            Put(writer, 2, 100);
            disk.SyncFails = true;
            Assert.Throws<IOException>(() => writer.SyncUpTo(writer.BytesWritten));
            Assert.Equal((0, 1L), (writer.Segment, writer.SyncFailures));
            disk.SyncFails = false;
            Put(writer, 3, 100);
            Assert.Equal(1, writer.Segment);
            writer.SyncUpTo(writer.BytesWritten);
        }

        Assert.Empty(failed);
        Assert.Equal([1, 2, 3], Read(folder.Path).Select(static record => (int)record[0]));
    }

    [Fact]
    public void Many_threads_that_write_and_sync_lose_nothing()
    {
        using var folder = new TempFolder();
        using (WalWriter writer = Open(folder, segmentPages: 2))
        {
            var commit = new Lock();
            Parallel.For(0, 4, thread =>
            {
                for (int i = 0; i < 200; i++)
                {
                    long written;
                    lock (commit)
                    {
                        Put(writer, (byte)(thread + 1), 500);
                        written = writer.BytesWritten;
                    }

                    writer.SyncUpTo(written);
                }
            });
        }

        Assert.Equal([200, 200, 200, 200], Read(folder.Path).GroupBy(static record => record[0]).OrderBy(static group => group.Key).Select(static group => group.Count()));
    }

    private static WalWriter Open(TempFolder folder, int segmentPages, IStoreFiles? files = null) =>
        new(folder.Path, files ?? DiskFiles.Instance, 0, segmentPages * WalFormat.PageBytes, static (_, e) => throw e);

    private static void Put(WalWriter writer, byte mark, int length)
    {
        byte[] record = new byte[length];
        record[0] = mark;
        writer.Add(record, WalCompression.None);
        writer.Commit();
    }

    private static List<byte[]> Read(string folder)
    {
        var records = new List<byte[]>();
        var reader = new LogReader([.. WalSegments.List(folder).Select(index => WalSegments.Path(folder, index))]);
        reader.ReadAll(new RecordBatch(), batch =>
        {
            for (int i = 0; i < batch.Count; i++)
            {
                records.Add(batch.Get(i, out _, out _).ToArray());
            }

            batch.Clear();
            return batch;
        });
        Assert.Null(reader.Damage);
        return records;
    }
}
