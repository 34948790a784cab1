using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Tests.Blocks;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Compaction;

/// <summary>Blocks beside those that upstream's tool writes and reads.</summary>
public class PromtoolBlockTests
{
    private const long Hour = 3_600_000;
    private const long Start = 1_700_000_000_000 / (2 * Hour) * (2 * Hour);

    [Fact]
    public void A_block_written_again_is_the_same_byte_for_byte()
    {
        Promtool.SkipWithout();
        using var scratch = new TempFolder();
        using var upstream = new TempFolder();
        using var own = new TempFolder();
        Promtool.CreateBlocks(scratch, upstream.Path, Series(new Random(1), 300, 4 * Hour));
        List<string> folders = BlockFiles.Folders(upstream.Path);
        Assert.Equal(2, folders.Count);
        foreach (string folder in folders)
        {
            string copy = Copy(folder, own.Path);
            BlockFiles.AssertSameAsUpstream(folder, copy);
            BlockMeta expected = BlockMetaFile.Read(folder);
            BlockMeta actual = BlockMetaFile.Read(copy);
            Assert.Equal((expected.Stats.Samples, expected.Stats.Series, expected.Stats.Chunks), (actual.Stats.Samples, actual.Stats.Series, actual.Stats.Chunks));
            Assert.Equal((expected.MinTime, expected.MaxTime, expected.Level), (actual.MinTime, actual.MaxTime, actual.Level));
        }
    }

    [Fact]
    public void Promtool_lists_analyzes_and_dumps_a_block_of_several()
    {
        Promtool.SkipWithout();
        using var scratch = new TempFolder();
        using var folder = new TempFolder();
        Promtool.CreateBlocks(scratch, folder.Path, Series(new Random(2), 100, 6 * Hour));
        SortedDictionary<string, List<Sample>> expected = Promtool.Dump(folder.Path);
        List<string> sources = BlockFiles.Folders(folder.Path);
        Assert.Equal(3, sources.Count);
        List<Block> blocks = [.. sources.Select(static source => new Block(source))];
        BlockMeta merged = BlockFiles.Compactor().Merge(folder.Path, blocks, TestContext.Current.CancellationToken)!;
        blocks.ForEach(static block => block.Release());
        sources.ForEach(static source => Directory.Delete(source, recursive: true));

        Assert.Contains(merged.Ulid.ToString(), Promtool.Run("tsdb", "list", folder.Path), StringComparison.Ordinal);
        Assert.Contains("Total Series: 100", Promtool.Run("tsdb", "analyze", folder.Path), StringComparison.Ordinal);
        BlockFiles.AssertSame(expected, Promtool.Dump(folder.Path));
        Assert.Equal(2, merged.Level);
        Assert.Equal(3, merged.Parents.Count);
    }

    [Fact]
    public void A_block_of_few_bytes_a_segment_is_read_by_promtool()
    {
        Promtool.SkipWithout();
        using var folder = new TempFolder();
        var random = new Random(3);
        var series = Series(random, 50, 2 * Hour);
        string block = WrittenBlock.Write(folder.Path, WrittenBlock.Name(1), series, segmentBytes: 4096);
        Assert.True(Directory.GetFiles(Path.Combine(block, BlockWriter.ChunksFolder)).Length > 3);
        BlockFiles.AssertSame(BlockFiles.Read(block), Promtool.Dump(folder.Path));
    }

    private static string Copy(string folder, string target)
    {
        var block = new Block(folder);
        using IBlockInput input = block.OpenInput();
        BlockMeta meta = block.Meta;
        BlockMeta written = BlockFiles.Compactor().Write(target, input, meta.MinTime, meta.MaxTime, null, [], CancellationToken.None)!;
        block.Release();
        return Path.Combine(target, written.Ulid.ToString());
    }

    // Finite values: the format that promtool reads has one NaN only.
    private static Dictionary<Labels, Sample[]> Series(Random random, int count, long duration)
    {
        var series = new Dictionary<Labels, Sample[]>();
        for (int i = 0; i < count; i++)
        {
            var samples = new List<Sample>();
            double value = random.Next(100);
            for (long time = Start + random.Next(15_000); time < Start + duration; time += random.Next(30) == 0 ? 17_123 : 15_000)
            {
                samples.Add(new Sample(time, value));
                value = (i % 3) switch
                {
                    0 => value,
                    1 => value + random.Next(5),
                    _ => random.NextDouble(),
                };
            }

            series.Add(Labels.Of("__name__", "m" + (i % 7), "host", "host-ä-" + (i % 50), "instance", "i" + i), [.. samples]);
        }

        return series;
    }
}
