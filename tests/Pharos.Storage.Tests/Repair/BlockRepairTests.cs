using System.Buffers.Binary;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Storage.Inspection;
using Pharos.Storage.Repair;
using Pharos.Storage.Tests.Blocks;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Repair;

public sealed class BlockRepairTests : IDisposable
{
    private const long Start = 1_795_132_800_000;
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly Dictionary<Labels, Sample[]> _series;
    private readonly string _block;

    public BlockRepairTests()
    {
        _series = WrittenBlock.RandomSeries(new Random(3), 30, 500, Start);
        _block = WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), _series, samplesPerChunk: 50, segmentBytes: 8 * 1024);
    }

    private string Index => Path.Combine(_block, "index");

    [Fact]
    public void A_whole_block_is_left_as_it_is()
    {
        Assert.Empty(Run());
        Assert.True(Directory.Exists(_block));
    }

    [Fact]
    public void A_damaged_chunk_costs_its_samples_and_no_others()
    {
        string segment = Path.Combine(_block, "chunks", "000002");
        Flip(segment, 100);
        RepairFinding finding = Assert.Single(Run());
        Assert.Contains("lost are 1 chunks of them; ", finding.Remedy, StringComparison.Ordinal);
        Assert.InRange(AssertSubset(), 1, 50);
        Assert.True(File.Exists(Path.Combine(_folder.Path, finding.Remedy.Split(' ')[^1], "chunks", "000002")));
        Assert.Empty(Run());
    }

    [Theory]
    [InlineData("000001", 2)] // the segment's header alone: its chunks are all there
    [InlineData("000002", 6)]
    public void A_damaged_header_of_a_segment_costs_nothing(string segment, int offset)
    {
        Flip(Path.Combine(_block, "chunks", segment), offset == 6 ? 4 : offset);
        Assert.Single(Run());
        Assert.Equal(0, AssertSubset());
    }

    [Fact]
    public void A_missing_segment_costs_its_chunks()
    {
        File.Delete(Path.Combine(_block, "chunks", "000002"));
        Assert.Single(Run());
        Assert.InRange(AssertSubset(), 1, _series.Values.Sum(static s => s.Length) - 1);
    }

    [Fact]
    public void The_tables_of_an_index_are_made_again()
    {
        long[] contents = Contents();

        // Postings, their offset table, the table of contents itself.
        foreach (long offset in (long[])[contents[4] + 20, contents[5] + 20, new FileInfo(Index).Length - 20])
        {
            byte[] whole = File.ReadAllBytes(Index);
            Flip(Index, offset);
            Assert.Single(Run());
            Assert.Equal(0, AssertSubset());
            Reset(whole);
        }
    }

    [Fact]
    public void A_damaged_entry_costs_its_series()
    {
        Flip(Index, Contents()[1] + 20);
        RepairFinding finding = Assert.Single(Run());
        Assert.Contains("and 1 series whose entry is damaged", finding.Remedy, StringComparison.Ordinal);
        AssertSubset();
        Assert.Equal(_series.Count - 1, BlockCatalog.List(_folder.Path).Single().Meta.Stats.Series);
    }

    [Fact]
    public void A_damaged_entry_and_damaged_tables_cost_the_same()
    {
        Flip(Index, Contents()[1] + 20);
        Flip(Index, new FileInfo(Index).Length - 20);
        Assert.Contains("and every series whose entry is damaged", Assert.Single(Run()).Remedy, StringComparison.Ordinal);
        AssertSubset();
        Assert.Equal(_series.Count - 1, BlockCatalog.List(_folder.Path).Single().Meta.Stats.Series);
    }

    [Fact]
    public void A_block_whose_labels_cannot_be_trusted_is_set_aside_whole()
    {
        Flip(Index, 30);
        RepairFinding finding = Assert.Single(Run());
        Assert.Contains("the block's labels cannot be read", finding.Remedy, StringComparison.Ordinal);
        Assert.Empty(BlockCatalog.List(_folder.Path));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder.Path, finding.Remedy.Split(' ')[^1], "index")).Length, (int)new FileInfo(Path.Combine(_folder.Path, finding.Remedy.Split(' ')[^1], "index")).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_description_is_made_again(bool isMissing)
    {
        string meta = Path.Combine(_block, "meta.json");
        BlockMeta before = BlockMetaFile.Read(_block);
        if (isMissing)
        {
            File.Delete(meta);
        }
        else
        {
            File.WriteAllText(meta, "{");
        }

        Assert.Single(Run());
        BlockMeta after = BlockCatalog.List(_folder.Path).Single().Meta;
        Assert.Equal((before.MinTime, before.MaxTime, before.Stats.Samples), (after.MinTime, after.MaxTime, after.Stats.Samples));
        Assert.Equal(0, AssertSubset());
    }

    [Fact]
    public void Deletions_hold_in_the_new_block_and_damaged_ones_are_told()
    {
        uint first = Series()[0];
        TombstoneFile.Write(DiskFiles.Instance, _block, TombstoneSet.Of([(first, new DeletedInterval(long.MinValue, long.MaxValue))]));
        Flip(Path.Combine(_block, "chunks", "000002"), 100);
        Run();
        Assert.Equal(_series.Count - 1, BlockCatalog.List(_folder.Path).Single().Meta.Stats.Series);

        string block = BlockCatalog.List(_folder.Path).Single().Folder;
        File.WriteAllText(Path.Combine(block, "tombstones"), "nonsense");
        Assert.Contains("is there again", Assert.Single(Run()).Remedy, StringComparison.Ordinal);
        Assert.Empty(Run());
    }

    [Fact]
    public void A_dry_run_says_the_same_and_changes_nothing()
    {
        Flip(Path.Combine(_block, "chunks", "000002"), 100);
        RepairFinding planned = Assert.Single(FolderRepair.Run(_folder.Path, isDryRun: true, _clock, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetDirectories(_folder.Path, "repair-*"));
        Assert.Equal(planned.Damage, Assert.Single(Run()).Damage);
    }

    [Fact]
    public void Whatever_is_damaged_the_folder_opens_afterwards_and_holds_nothing_that_was_not_written()
    {
        var random = new Random(9);
        byte[] index = File.ReadAllBytes(Index);
        string chunks = Path.Combine(_block, "chunks", "000001");
        byte[] segment = File.ReadAllBytes(chunks);
        for (int round = 0; round < 60; round++)
        {
            Reset(index);
            File.WriteAllBytes(chunks, segment);
            for (int damage = random.Next(1, 5); damage > 0; damage--)
            {
                string path = random.Next(2) == 0 ? Index : chunks;
                byte[] bytes = File.ReadAllBytes(path);
                if (random.Next(4) == 0)
                {
                    File.WriteAllBytes(path, bytes[..random.Next(1, bytes.Length)]);
                }
                else
                {
                    Flip(path, random.Next(bytes.Length));
                }
            }

            Run();
            Assert.Empty(Run());
            AssertSubset();
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void Flip(string path, long offset)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 16;
        File.WriteAllBytes(path, bytes);
    }

    private long[] Contents()
    {
        byte[] bytes = File.ReadAllBytes(Index);
        return [.. Enumerable.Range(0, 6).Select(i => (long)BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(bytes.Length - 52 + (8 * i))))];
    }

    private uint[] Series()
    {
        using var index = new IndexReader(Index);
        return index.ReadAllSeries();
    }

    private IReadOnlyList<RepairFinding> Run()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return FolderRepair.Run(_folder.Path, isDryRun: false, _clock, TestContext.Current.CancellationToken);
    }

    // Puts the whole block back in its place.
    private void Reset(byte[] index)
    {
        foreach (string folder in Directory.GetDirectories(_folder.Path))
        {
            string name = Path.GetFileName(folder);
            if (name.StartsWith("repair-", StringComparison.Ordinal))
            {
                string aside = Path.Combine(folder, Path.GetFileName(_block));
                if (Directory.Exists(aside))
                {
                    Directory.Move(aside, _block + ".back");
                }

                Directory.Delete(folder, recursive: true);
            }
        }

        foreach (BlockSummary made in Directory.Exists(_block + ".back") ? BlockCatalog.List(_folder.Path) : [])
        {
            Directory.Delete(made.Folder, recursive: true);
        }

        if (Directory.Exists(_block + ".back"))
        {
            Directory.Move(_block + ".back", _block);
        }

        File.WriteAllBytes(Index, index);
    }

    private int AssertSubset()
    {
        using var copy = new TempFolder();
        foreach (BlockSummary block in BlockCatalog.List(_folder.Path))
        {
            foreach (string path in Directory.GetFiles(block.Folder, "*", SearchOption.AllDirectories))
            {
                string target = Path.Combine(copy.Path, Path.GetRelativePath(_folder.Path, path));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(path, target);
            }
        }

        using TestTsdb opened = TestTsdb.Open(copy);
        int lost = _series.Values.Sum(static samples => samples.Length);
        Dictionary<string, Sample[]> written = _series.ToDictionary(static pair => pair.Key.ToString(), static pair => pair.Value, StringComparer.Ordinal);
        foreach ((string labels, Sample[] samples) in opened.ReadAll())
        {
            Dictionary<long, ulong> expected = written[labels].ToDictionary(static s => s.Timestamp, static s => BitConverter.DoubleToUInt64Bits(s.Value));
            Assert.All(samples, sample => Assert.Equal(expected[sample.Timestamp], BitConverter.DoubleToUInt64Bits(sample.Value)));
            lost -= samples.Length;
        }

        return lost;
    }
}
