using Pharos.Storage.Files;
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
                writer.Add(record, compressed: false);
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
                    writer.Add(record, compressed: false);
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
            writer.Add(new byte[40_000], compressed: false);
            writer.Add(new byte[40_000], compressed: false);
            writer.Add(new byte[200_000], compressed: false);
            writer.Add(new byte[10], compressed: false);
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
            writer.Add("123456789"u8, compressed: true);
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
            writer.Add([0xff, 0xff, 0xff, 0xff, 0x07, 0], compressed: true);
            writer.Commit();
        }

        var reader = new LogReader([WalSegments.Path(folder.Path, 0)]);
        reader.ReadAll(new RecordBatch(), static batch => batch);
        Assert.Equal("a compressed record of 6 bytes claims 2147483647", reader.Damage!.What);
    }

    private static WalWriter Open(TempFolder folder, int segmentPages, IStoreFiles? files = null) =>
        new(folder.Path, files ?? DiskFiles.Instance, 0, segmentPages * WalFormat.PageBytes, static (_, e) => throw e);

    private static void Put(WalWriter writer, byte mark, int length)
    {
        byte[] record = new byte[length];
        record[0] = mark;
        writer.Add(record, compressed: false);
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
