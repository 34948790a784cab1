using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests;

public sealed class ConcurrencyTests : IDisposable
{
    private const long Begin = 1_700_000_000_000;
    private const int SeriesPerWriter = 150;
    private const int Commits = 4000;
    private const int ReadsAtLeast = 200;
    private readonly Barrier _writersMeet;

    // Series without samples are dropped by the second truncation: a writer must not be kept waiting in between.
    private readonly CountdownEvent _writersBegan = new(2);
    private int _commits;
    private int _reads;
    private volatile bool _enough;

    public ConcurrencyTests()
    {
        // Writers stay close, since the store refuses what is an hour behind; they go on until there was something to see for the readers.
        _writersMeet = new Barrier(2, _ =>
        {
            _commits += 50;
            _enough = _commits >= Commits && (Volatile.Read(ref _reads) >= ReadsAtLeast || _commits > 100 * Commits);
        });
    }

    public void Dispose()
    {
        _writersMeet.Dispose();
        _writersBegan.Dispose();
    }

    [Fact]
    public async Task Readers_see_whole_commits_while_writers_creators_and_truncation_run()
    {
        using var test = new TestTsdb(configure: static options => options with { WalSegmentBytes = 1 << 20 });
        using var done = new CancellationTokenSource();
        Task[] writers = [.. Enumerable.Range(0, 2).Select(writer => Start(() => Write(test.Db, writer)))];
        Task[] others =
        [
            Start(() => ReadWholeCommits(test.Db, 0, done.Token)),
            Start(() => ReadWholeCommits(test.Db, 1, done.Token)),
            Start(() => Create(test.Db, done.Token)),
            Start(() => Truncate(test.Db, done.Token)),
        ];
        await Task.WhenAll(writers);
        await done.CancelAsync();
        await Task.WhenAll(others);
        Assert.True(_reads >= ReadsAtLeast, $"{_reads} reads");
        long from = test.Db.GetMetrics().MaxTime - 3_000_000;
        SortedDictionary<string, Sample[]> before = test.Read(from, long.MaxValue, new Matcher(MatchType.Match, "__name__", "w."));
        Assert.Equal(2 * SeriesPerWriter, before.Count);
        test.Reopen();
        Assert.Equal(before, test.Read(from, long.MaxValue, new Matcher(MatchType.Match, "__name__", "w.")));
    }

    // A thread of its own for each; one that fails ends the writers too.
    private Task Start(Action action) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                action();
            }
            catch
            {
                _enough = true;
                throw;
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void Write(Tsdb db, int writer)
    {
        var series = new SeriesRef[SeriesPerWriter];
        for (int i = 0; i < series.Length; i++)
        {
            series[i] = db.GetOrAdd(TestTsdb.Name("w" + writer, "i", "" + i));
        }

        var batch = new SampleBatch();
        for (int commit = 0; !_enough; commit++)
        {
            batch.Clear();
            foreach (SeriesRef one in series)
            {
                batch.Add(one, Begin + (commit * 15_000L), commit);
            }

            Assert.Equal(series.Length, db.Append(batch).Appended);
            if (commit == 0)
            {
                _writersBegan.Signal();
            }

            if (commit % 50 == 49 && !_enough)
            {
                _writersMeet.SignalAndWait(TimeSpan.FromSeconds(20));
            }
        }
    }

    private void ReadWholeCommits(Tsdb db, int writer, CancellationToken done)
    {
        var buffer = new SampleBuffer();
        while (!done.IsCancellationRequested)
        {
            using ISeriesQuerier querier = db.OpenQuerier();
            ISeriesSet set = querier.Select(new SeriesSelection([new Matcher(MatchType.Equal, "__name__", "w" + writer)], Begin, long.MaxValue), CancellationToken.None);
            Assert.True(set.Count is 0 or SeriesPerWriter, $"{set.Count} series");
            long[]? first = null;
            for (int i = 0; i < set.Count; i++)
            {
                Assert.True(set.TryReadLast(i, Begin, long.MaxValue, out Sample last));
                set.Read(i, Math.Max(Begin, last.Timestamp - 6_000_000), long.MaxValue, buffer);
                Assert.Equal(last.Value, buffer.Values[^1]);
                for (int k = 0; k < buffer.Count; k++)
                {
                    Assert.Equal(buffer.Timestamps[k], Begin + ((long)buffer.Values[k] * 15_000));
                }

                first ??= buffer.Timestamps.ToArray();
                Assert.True(buffer.Timestamps.SequenceEqual(first), $"series {i} has {buffer.Count} samples to {buffer.Timestamps[^1]}, the first {first.Length} to {first[^1]}");
            }

            Interlocked.Add(ref _reads, set.Count > 0 ? 1 : 0);
        }
    }

    private static void Create(Tsdb db, CancellationToken done)
    {
        var batch = new SampleBatch();
        for (int i = 0; !done.IsCancellationRequested; i++)
        {
            batch.Clear();
            SeriesRef series = db.GetOrAdd(TestTsdb.Name("churn", "i", "" + i));
            long newest = db.GetMetrics().MaxTime;
            batch.Add(series, newest == long.MinValue ? Begin : newest, i);
            db.Append(batch);
        }
    }

    private void Truncate(Tsdb db, CancellationToken done)
    {
        Assert.True(_writersBegan.Wait(TimeSpan.FromMinutes(1), CancellationToken.None), "the writers do not begin");
        while (!done.IsCancellationRequested)
        {
            long newest = db.GetMetrics().MaxTime;
            if (newest > Begin)
            {
                db.Truncate(newest - 9_000_000);
            }
        }
    }
}
