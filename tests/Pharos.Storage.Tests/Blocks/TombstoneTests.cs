using Pharos.Core.Hashing;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Blocks;

public sealed class TombstoneTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_set_covers_what_was_put_in_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        var stones = new List<(ulong Series, DeletedInterval Interval)>();
        var deleted = new HashSet<(ulong, long)>();
        var set = TombstoneSet.Empty;
        for (int i = 0; i < 300; i++)
        {
            ulong series = (ulong)random.Next(10);
            long start = random.Next(200);
            long end = start + random.Next(-2, 6);
            stones.Add((series, new DeletedInterval(start, end)));
            for (long time = start; time <= end; time++)
            {
                deleted.Add((series, time));
            }

            set = set.With([(series, new DeletedInterval(start, end))]);
        }

        AssertCovers(deleted, set);
        AssertCovers(deleted, TombstoneSet.Of([.. stones]));
        long length = TombstoneFile.Write(DiskFiles.Instance, _folder.Path, set);
        TombstoneSet read = TombstoneFile.Read(_folder.Path, out long onDisk);
        Assert.Equal(length, onDisk);
        Assert.Equal(set.Count, read.Count);
        AssertCovers(deleted, read);
    }

    [Fact]
    public void Whole_time_is_one_interval()
    {
        TombstoneSet set = TombstoneSet.Of([(7, new DeletedInterval(5, long.MaxValue)), (7, new DeletedInterval(long.MinValue, 4)), (7, new DeletedInterval(9, 10))]);
        Assert.Equal([new DeletedInterval(long.MinValue, long.MaxValue)], set.Get(7).ToArray());
        TombstoneFile.Write(DiskFiles.Instance, _folder.Path, set);
        Assert.Equal(set.Get(7).ToArray(), TombstoneFile.Read(_folder.Path, out _).Get(7).ToArray());
    }

    [Fact]
    public void The_file_is_byte_for_byte_upstreams()
    {
        TombstoneFile.Write(DiskFiles.Instance, _folder.Path, TombstoneSet.Empty);
        Assert.Equal("0130BA300100000000", Convert.ToHexString(File.ReadAllBytes(_folder.File("tombstones"))));
        TombstoneFile.Write(DiskFiles.Instance, _folder.Path, TombstoneSet.Of([(300, new DeletedInterval(-1, 64))]));
        byte[] bytes = File.ReadAllBytes(_folder.File("tombstones"));
        Assert.Equal("0130BA3001AC02018001", Convert.ToHexString(bytes[..^4]));
        uint checksum = Crc32C.Compute(bytes.AsSpan(5, bytes.Length - 9));
        Assert.Equal(checksum.ToString("X8", null), Convert.ToHexString(bytes[^4..]));
        Assert.Equal(["tombstones"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Without_a_file_nothing_is_deleted()
    {
        Assert.Equal(0, TombstoneFile.Read(_folder.Path, out long length).Count);
        Assert.Equal(0, length);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("0130BA30", 4)]
    [InlineData("0130BA3101", 0)]
    [InlineData("0130BA300200000000", 4)]
    [InlineData("0130BA3001000000", 5)]
    [InlineData("0130BA300100000001", 5)]
    [InlineData("0130BA3001AC020100000000", 5)]
    public void Damage_is_named(string hex, long offset)
    {
        File.WriteAllBytes(_folder.File("tombstones"), Convert.FromHexString(hex));
        CorruptionException e = Assert.Throws<CorruptionException>(() => TombstoneFile.Read(_folder.Path, out _));
        Assert.Equal((_folder.File("tombstones"), offset), (e.File, e.Offset));
    }

    private static void AssertCovers(HashSet<(ulong, long)> deleted, TombstoneSet set)
    {
        for (ulong series = 0; series < 11; series++)
        {
            long last = long.MinValue;
            int covered = 0;
            foreach (DeletedInterval interval in set.Get(series))
            {
                Assert.True(interval.MinTime <= interval.MaxTime);
                Assert.True(last == long.MinValue || interval.MinTime > last + 1);
                for (long time = interval.MinTime; time <= interval.MaxTime; time++)
                {
                    Assert.Contains((series, time), deleted);
                    covered++;
                }

                last = interval.MaxTime;
            }

            Assert.Equal(deleted.Count(one => one.Item1 == series), covered);
        }
    }
}
