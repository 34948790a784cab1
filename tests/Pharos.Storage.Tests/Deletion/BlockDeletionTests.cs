using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Tests.Blocks;
using Pharos.Storage.Tests.Faults;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Deletion;

public sealed class BlockDeletionTests : IDisposable
{
    private const long Start = 1_700_000_000_000;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_deleted_of_blocks_is_left_out_at_once_and_after_a_restart(int seed)
    {
        var random = new Random(seed);
        SortedDictionary<string, Sample[]> model = WriteBlocks(random);
        using TestTsdb test = TestTsdb.Open(_folder);
        for (int round = 0; round < 30; round++)
        {
            string name = "m" + random.Next(8);
            long from = random.Next(6) == 0 ? long.MinValue : Start + random.Next(3_000_000);
            long to = random.Next(6) == 0 ? long.MaxValue : Math.Max(from, Start) + random.Next(400_000);
            test.Db.Delete([new Matcher(MatchType.Equal, "__name__", name)], from, to);
            string labels = TestTsdb.Name(name).ToString();
            model[labels] = [.. model[labels].Where(sample => sample.Timestamp < from || sample.Timestamp > to)];
            if (round % 5 == 0)
            {
                test.Reopen();
            }

            AssertSame(model, test);
        }

        foreach (Block block in test.Db.Blocks.Current)
        {
            Assert.Equal(block.Tombstones.Count, BlockMetaFile.Read(block.Folder).Stats.Tombstones);
        }
    }

    [Fact]
    public void A_reader_keeps_what_it_began_with()
    {
        SortedDictionary<string, Sample[]> model = WriteBlocks(new Random(1));
        using TestTsdb test = TestTsdb.Open(_folder);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
        test.Db.Delete([], long.MinValue, long.MaxValue);
        var buffer = new SampleBuffer();
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, long.MinValue, long.MaxValue, buffer);
            Assert.Equal(model[set.GetLabels(i).ToString()].Length, buffer.Count);
        }

        Assert.All(test.ReadAll().Values, static samples => Assert.Empty(samples));
    }

    [Fact]
    public void Wherever_the_disk_fails_the_deletion_is_refused_and_the_rest_is_whole()
    {
        SortedDictionary<string, Sample[]> model = WriteBlocks(new Random(2));
        var disk = new FaultyFiles();
        using var test = new TestTsdb(_folder, disk);
        int failures = 0;
        for (int changes = 0; ; changes++)
        {
            long from = Start + (changes * 10_000L);
            string labels = TestTsdb.Name("m1").ToString();
            Sample[] rest = [.. model[labels].Where(sample => sample.Timestamp < from || sample.Timestamp > from + 5_000_000)];
            disk.StopAfter = disk.Changes + changes;
            bool isDone = true;
            try
            {
                test.Db.Delete([new Matcher(MatchType.Equal, "__name__", "m1")], from, from + 5_000_000);
            }
            catch (StorageUnavailableException)
            {
                isDone = false;
                failures++;
            }

            disk.StopAfter = int.MaxValue;
            test.Reopen();
            Sample[] left = test.ReadAll()[labels];
            Assert.Equal(rest, left.Where(sample => sample.Timestamp < from || sample.Timestamp > from + 5_000_000));
            model[labels] = left;
            if (isDone)
            {
                Assert.Equal(rest, left);
                break;
            }
        }

        Assert.InRange(failures, 5, 100);
        AssertSame(model, test);
    }

    private static void AssertSame(SortedDictionary<string, Sample[]> expected, TestTsdb test)
    {
        SortedDictionary<string, Sample[]> read = test.ReadAll();
        foreach ((string labels, Sample[] samples) in expected)
        {
            SampleSequences.AssertSame(samples, read.GetValueOrDefault(labels, []));
        }
    }

    // Two blocks, one after the other.
    private SortedDictionary<string, Sample[]> WriteBlocks(Random random)
    {
        var model = new SortedDictionary<string, Sample[]>(StringComparer.Ordinal);
        for (int block = 0; block < 2; block++)
        {
            var series = new Dictionary<Labels, Sample[]>();
            for (int i = 0; i < 8; i++)
            {
                Sample[] samples = [.. Enumerable.Range(0, 300).Select(k => new Sample(Start + (block * 1_500_000L) + (k * 5000L), random.Next(9)))];
                series.Add(TestTsdb.Name("m" + i), samples);
                string labels = TestTsdb.Name("m" + i).ToString();
                model[labels] = [.. model.GetValueOrDefault(labels, []), .. samples];
            }

            WrittenBlock.Write(_folder.Path, WrittenBlock.Name(block), series, samplesPerChunk: 70);
        }

        return model;
    }
}
