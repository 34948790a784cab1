using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Storage.Tests.Blocks;
using Pharos.Storage.Tests.Faults;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Compaction;

public sealed class CompactorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<Block> _blocks = [];

    public void Dispose()
    {
        _blocks.ForEach(static block => block.Release());
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void What_is_merged_is_what_was_there_without_what_is_deleted(int seed)
    {
        var random = new Random(seed);
        var model = new SortedDictionary<string, SortedDictionary<long, HashSet<ulong>>>(StringComparer.Ordinal);
        for (int i = 0; i < 4; i++)
        {
            Block block = AddRandomBlock(random, i);
            foreach ((string labels, List<Sample> samples) in BlockFiles.Read(block.Folder))
            {
                foreach (Sample sample in samples)
                {
                    Values(model, labels, sample.Timestamp).Add(BitConverter.DoubleToUInt64Bits(sample.Value));
                }
            }
        }

        BlockMeta merged = Merge();
        SortedDictionary<string, List<Sample>> read = BlockFiles.Read(Folder(merged));
        Assert.Equal(model.Keys, read.Keys);
        foreach ((string labels, SortedDictionary<long, HashSet<ulong>> expected) in model)
        {
            Assert.Equal(expected.Keys, read[labels].Select(static sample => sample.Timestamp));
            Assert.All(read[labels], sample => Assert.Contains(BitConverter.DoubleToUInt64Bits(sample.Value), expected[sample.Timestamp]));
        }

        Assert.Equal(read.Values.Sum(static samples => samples.Count), merged.Stats.Samples);
        Assert.Equal(read.Count, merged.Stats.Series);
    }

    [Fact]
    public void A_chunk_that_two_blocks_have_is_taken_once_and_not_written_anew()
    {
        Dictionary<Labels, Sample[]> series = WrittenBlock.RandomSeries(new Random(1), 20, 500, 1_000_000);
        Open(WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), series, samplesPerChunk: 77));
        Open(WrittenBlock.Write(_folder.Path, WrittenBlock.Name(2), series, samplesPerChunk: 77));
        BlockFiles.AssertSameFiles(_blocks[0].Folder, Folder(Merge()));
    }

    [Fact]
    public void Chunks_that_overlap_become_chunks_of_120_samples()
    {
        Labels labels = Labels.Of("__name__", "m");
        Sample[] even = [.. Enumerable.Range(0, 300).Select(static i => new Sample(2000 * i, i))];
        Sample[] odd = [.. Enumerable.Range(0, 300).Select(static i => new Sample((2000 * i) + 1000, -i))];
        Open(WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), new Dictionary<Labels, Sample[]> { [labels] = even }, samplesPerChunk: 300));
        Open(WrittenBlock.Write(_folder.Path, WrittenBlock.Name(2), new Dictionary<Labels, Sample[]> { [labels] = odd }, samplesPerChunk: 300));
        BlockMeta merged = Merge();
        Assert.Equal((600, 5), (merged.Stats.Samples, merged.Stats.Chunks));
        SampleSequences.AssertSame([.. even.Concat(odd).OrderBy(static sample => sample.Timestamp)], BlockFiles.Read(Folder(merged)).Values.Single());
    }

    [Fact]
    public void A_merge_of_nothing_leaves_no_block_and_marks_its_sources()
    {
        Block block = AddRandomBlock(new Random(1), 1);
        DeleteAll(block);
        Assert.Null(BlockFiles.Compactor().Merge(_folder.Path, [block], TestContext.Current.CancellationToken));
        Assert.True(BlockMetaFile.Read(block.Folder).IsDeletable);
        Assert.Equal([block.Folder], Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public void A_block_that_is_rid_of_deleted_samples_names_the_one_before_as_its_parent()
    {
        Block block = AddRandomBlock(new Random(5), 1);
        SortedDictionary<string, List<Sample>> expected = BlockFiles.Read(block.Folder);
        using IBlockInput input = block.OpenInput();
        BlockMeta written = BlockFiles.Compactor().Write(_folder.Path, input, block.Meta.MinTime, block.Meta.MaxTime, block.Meta, [], TestContext.Current.CancellationToken)!;
        Assert.Equal([new BlockParent(block.Meta.Ulid, block.Meta.MinTime, block.Meta.MaxTime)], written.Parents);
        Assert.Equal([written.Ulid], written.Sources);
        BlockFiles.AssertSame(expected, BlockFiles.Read(Folder(written)));
        Assert.Equal(0, new Block(Folder(written)).Tombstones.Count);
    }

    [Fact]
    public void A_damaged_block_is_named_and_marked_and_nothing_is_left()
    {
        AddRandomBlock(new Random(1), 1);
        AddRandomBlock(new Random(2), 2);
        string segment = Directory.GetFiles(Path.Combine(_blocks[0].Folder, BlockWriter.ChunksFolder)).Single();
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[bytes.Length / 2] ^= 0x40;
        _blocks[0].Release();
        File.WriteAllBytes(segment, bytes);
        _blocks[0] = new Block(_blocks[0].Folder);
        CorruptionException e = Assert.Throws<CorruptionException>(() => Merge());
        Assert.Equal(segment, e.File);
        Assert.All(_blocks, static block => Assert.True(BlockMetaFile.Read(block.Folder).HasFailed));
        Assert.Equal(2, Directory.GetDirectories(_folder.Path).Length);
    }

    [Fact]
    public void At_whatever_change_it_ends_the_folder_has_the_old_blocks_or_the_new_one_whole()
    {
        AddRandomBlock(new Random(1), 1);
        AddRandomBlock(new Random(2), 2);
        int stop = 0;
        bool isDone = false;
        while (!isDone)
        {
            var files = new FaultyFiles { StopAfter = stop++ };
            try
            {
                BlockFiles.Compactor(files).Merge(_folder.Path, _blocks, TestContext.Current.CancellationToken);
                isDone = true;
            }
            catch (IOException)
            {
                Assert.All(_blocks, static block => Assert.False(BlockMetaFile.Read(block.Folder).HasFailed));
            }

            BlockList.RemoveTemporary(DiskFiles.Instance, _folder.Path);
            List<string> folders = BlockFiles.Folders(_folder.Path);
            Assert.Equal(Directory.GetDirectories(_folder.Path).Length, folders.Count);
            foreach (string added in folders.Except(_blocks.Select(static block => block.Folder)))
            {
                Assert.NotEmpty(BlockFiles.Read(added));
                Directory.Delete(added, recursive: true);
            }
        }

        Assert.True(stop > 10);
    }

    [Fact]
    public void A_cancelled_merge_leaves_nothing()
    {
        AddRandomBlock(new Random(1), 1);
        AddRandomBlock(new Random(2), 2);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => BlockFiles.Compactor().Merge(_folder.Path, _blocks, cancelled.Token));
        Assert.Equal(2, Directory.GetDirectories(_folder.Path).Length);
    }

    private static HashSet<ulong> Values(SortedDictionary<string, SortedDictionary<long, HashSet<ulong>>> model, string labels, long time)
    {
        if (!model.TryGetValue(labels, out SortedDictionary<long, HashSet<ulong>>? samples))
        {
            samples = [];
            model.Add(labels, samples);
        }

        if (!samples.TryGetValue(time, out HashSet<ulong>? values))
        {
            values = [];
            samples.Add(time, values);
        }

        return values;
    }

    private void DeleteAll(Block block)
    {
        var stones = new List<(ulong Series, DeletedInterval Interval)>();
        foreach (uint series in block.Index.ReadAllSeries())
        {
            stones.Add((series, new DeletedInterval(long.MinValue, long.MaxValue)));
        }

        block.Tombstones = TombstoneSet.Of(stones);
    }

    private Block AddRandomBlock(Random random, int number)
    {
        Dictionary<Labels, Sample[]> series = WrittenBlock.RandomSeries(random, 10 + random.Next(20), 600, 1_000_000 + (number * random.NextInt64(8_000_000)));
        foreach (Labels labels in series.Keys.ToList())
        {
            if (random.Next(3) == 0)
            {
                series.Remove(labels);
            }
        }

        Block block = Open(WrittenBlock.Write(_folder.Path, WrittenBlock.Name(number), series, 1 + random.Next(150)));
        var stones = new List<(ulong Series, DeletedInterval Interval)>();
        foreach (uint reference in block.Index.ReadAllSeries())
        {
            if (random.Next(3) == 0)
            {
                long from = block.Meta.MinTime + random.NextInt64(block.Meta.MaxTime - block.Meta.MinTime);
                stones.Add((reference, new DeletedInterval(from, from + random.NextInt64(5_000_000))));
            }
        }

        TombstoneFile.Write(DiskFiles.Instance, block.Folder, TombstoneSet.Of(stones));
        block.Tombstones = TombstoneSet.Of(stones);
        return block;
    }

    private Block Open(string folder)
    {
        var block = new Block(folder);
        _blocks.Add(block);
        return block;
    }

    private BlockMeta Merge() => BlockFiles.Compactor().Merge(_folder.Path, [.. _blocks.OrderBy(static block => block.Meta.MinTime)], TestContext.Current.CancellationToken)!;

    private string Folder(BlockMeta meta) => Path.Combine(_folder.Path, meta.Ulid.ToString());
}
