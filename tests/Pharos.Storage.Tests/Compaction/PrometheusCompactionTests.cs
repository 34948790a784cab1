using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Compaction;

/// <summary>Blocks of this store beside those of the real Prometheus.</summary>
public class PrometheusCompactionTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000 * 1000;

    [Fact]
    public async Task Prometheus_opens_what_was_compacted_and_answers_the_same()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        SortedDictionary<string, Sample[]> expected;
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            for (int hour = 26; hour > 0; hour -= 2)
            {
                Fill(test, 40, _now - (hour * Hour), _now - ((hour - 2) * Hour));
                test.Db.Compact(cancellation);
            }

            Assert.Contains(BlockFiles.Folders(folder.Path), static block => BlockMetaFile.Read(block).Level > 1);
            expected = test.ReadAll();
        }

        using RealPrometheus prometheus = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation);
        AssertSame(expected, await prometheus.SamplesAsync("{__name__=~\"m.*\"}[27h]", _now, cancellation));
    }

    [Fact]
    public async Task The_head_becomes_the_same_block_byte_for_byte()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var configuration = new TempFolder();
        using var own = new TempFolder();
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            Fill(test, 200, _now - (2 * Hour), _now);
            test.Db.Snapshot(own.File("s"), withHead: true, cancellation);
        }

        Directory.Delete(folder.File("chunks_head"), recursive: true);
        string snapshot;
        using (RealPrometheus prometheus = await RealPrometheus.StartToWriteAsync(configuration, folder.Path, "0s", cancellation))
        {
            snapshot = folder.File("snapshots/" + await prometheus.SnapshotAsync(cancellation));
        }

        string theirs = BlockFiles.Folders(snapshot).Single();
        string ours = BlockFiles.Folders(own.File("s")).Single();
        BlockFiles.AssertSameAsUpstream(theirs, ours);
        BlockMeta expected = BlockMetaFile.Read(theirs);
        BlockMeta actual = BlockMetaFile.Read(ours);
        Assert.Equal((expected.MinTime, expected.MaxTime, expected.Stats.Samples, expected.Stats.Chunks), (actual.MinTime, actual.MaxTime, actual.Stats.Samples, actual.Stats.Chunks));
    }

    [Fact]
    [Trait("Kind", "Slow")] // Prometheus compacts a minute after its start
    public async Task Blocks_become_the_same_larger_block_byte_for_byte()
    {
        RealPrometheus.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var copy = new TempFolder();
        using var configuration = new TempFolder();
        long start = (_now - (18 * Hour)) / (6 * Hour) * (6 * Hour);
        using (TestTsdb test = new(folder, configure: static options => options with { MaxBlockDuration = TimeSpan.FromHours(2) }))
        {
            Fill(test, 100, start, start + (14 * Hour));
            test.Db.Compact(cancellation);
        }

        foreach (string block in BlockFiles.Folders(folder.Path))
        {
            CopyFolder(block, Path.Combine(copy.Path, Path.GetFileName(block)));
        }

        using (TestTsdb test = TestTsdb.Open(folder))
        {
            test.Db.Compact(cancellation);
        }

        using (RealPrometheus prometheus = await RealPrometheus.StartAsync(configuration, copy.Path, scrapeItself: false, cancellation))
        {
            await Wait.UntilAsync(() => HasMerged(copy.Path), "a merged block", TimeSpan.FromMinutes(3));
            prometheus.Stop(kill: false);
        }

        string theirs = BlockFiles.Folders(copy.Path).First(IsMerged);
        string ours = BlockFiles.Folders(folder.Path).First(IsMerged);
        BlockFiles.AssertSameAsUpstream(theirs, ours);
        Assert.Equal(BlockMetaFile.Read(theirs).Parents, BlockMetaFile.Read(ours).Parents);
        Assert.Equal(BlockMetaFile.Read(theirs).Sources, BlockMetaFile.Read(ours).Sources);
    }

    private static bool HasMerged(string folder) => BlockFiles.Folders(folder).Exists(IsMerged);

    private static bool IsMerged(string block) => BlockMetaFile.Read(block).Level > 1;

    private static void CopyFolder(string from, string to)
    {
        foreach (string path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }

    private static void Fill(TestTsdb test, int series, long from, long to)
    {
        SeriesRef[] references = [.. Enumerable.Range(0, series).Select(i => test.Db.GetOrAdd(TestTsdb.Name("m" + (i % 7), "i", $"{i}")))];
        for (long time = from; time < to; time += 15_000)
        {
            var batch = new SampleBatch(series);
            for (int i = 0; i < series; i++)
            {
                batch.Add(references[i], time + (i % 3), (time / 15_000 % (i + 2)) + (i % 2 * 0.1));
            }

            Assert.Equal(series, test.Db.Append(batch).Appended);
        }
    }

    private static void AssertSame(SortedDictionary<string, Sample[]> expected, Dictionary<string, Sample[]> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach ((string labels, Sample[] samples) in expected)
        {
            SampleSequences.AssertSame(samples, actual[labels]);
        }
    }
}
