using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Blocks;

public class BlockConcurrencyTests
{
    private const long Begin = 1_700_000_000_000;
    private const int Series = 24;
    private const int Slice = 50;
    private const int Rounds = 60;
    private const long Step = 1000;

    /// <summary>
    /// A writer appends and turns the oldest samples into blocks, which it makes larger ones of, while readers read everything: each sees a run without a gap from the first sample
    /// on, at least as long as what was there before it began.
    /// </summary>
    [Fact]
    public async Task Readers_see_every_sample_once_while_samples_move_to_blocks_and_blocks_into_others()
    {
        using var folder = new TempFolder();
        using var test = new TestTsdb(folder);
        using var done = new CancellationTokenSource();
        int appended = 0;
        int reads = 0;
        Task[] readers =
        [
            .. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    do
                    {
                        Read(test.Db, Volatile.Read(ref appended));
                        Interlocked.Increment(ref reads);
                    }
                    while (!done.IsCancellationRequested);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)),
        ];
        try
        {
            Write(test, folder, ref appended);
        }
        finally
        {
            await done.CancelAsync();
            await Task.WhenAll(readers);
        }

        Assert.True(reads > 2);
        Assert.Equal(Rounds * Slice, Read(test.Db, appended));
        Assert.True(test.Db.Blocks.Current.Count < Rounds / 2);
    }

    private static void Write(TestTsdb test, TempFolder folder, ref int appended)
    {
        SeriesRef[] series = [.. Enumerable.Range(0, Series).Select(i => test.Db.GetOrAdd(LabelsOf(i)))];
        var batch = new SampleBatch();
        int blocks = 0;
        var parents = new List<BlockParent>();
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < Slice; i++)
            {
                batch.Clear();
                foreach (SeriesRef one in series)
                {
                    batch.Add(one, TimeOf(appended), appended);
                }

                Assert.Equal(Series, test.Db.Append(batch).Appended);
                Volatile.Write(ref appended, appended + 1);
            }

            if (round < 2)
            {
                continue;
            }

            // What is two rounds old becomes a block, then leaves the head; every fourth time the blocks become one.
            int end = (round - 1) * Slice;
            parents.Add(MakeBlock(folder, ++blocks, end - Slice, end, []));
            test.Db.Blocks.Reload();
            test.Db.Truncate(TimeOf(end));
            if (round % 4 == 0)
            {
                parents = [MakeBlock(folder, ++blocks, 0, end, parents)];
                test.Db.Blocks.Reload();
            }
        }
    }

    private static BlockParent MakeBlock(TempFolder folder, int number, int from, int to, List<BlockParent> parents)
    {
        Sample[] samples = [.. Enumerable.Range(from, to - from).Select(static i => new Sample(TimeOf(i), i))];
        WrittenBlock.Write(folder.Path, WrittenBlock.Name(number), Enumerable.Range(0, Series).ToDictionary(LabelsOf, _ => samples), change: meta => meta with { Parents = parents });
        return new BlockParent(WrittenBlock.Name(number), TimeOf(from), TimeOf(to - 1) + 1);
    }

    private static int Read(Tsdb db, int atLeast)
    {
        using ISeriesQuerier querier = db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
        SampleBuffer[] buffers = [.. Enumerable.Range(0, set.Count).Select(static _ => new SampleBuffer(64))];
        set.ReadSeveral(0, long.MinValue, long.MaxValue, buffers);
        Assert.True(set.Count == Series || atLeast == 0);
        for (int i = 0; i < set.Count; i++)
        {
            Assert.True(buffers[i].Count >= atLeast, $"{buffers[i].Count} of {atLeast}");
            Assert.Equal(buffers[0].Count, buffers[i].Count);
            for (int k = 0; k < buffers[i].Count; k++)
            {
                Assert.True(buffers[i].Timestamps[k] == TimeOf(k) && buffers[i].Values[k] == k);
            }
        }

        return set.Count == 0 ? 0 : buffers[0].Count;
    }

    private static Labels LabelsOf(int i) => TestTsdb.Name("m", "i", i.ToString("00", null));

    private static long TimeOf(int number) => Begin + (number * Step);
}
