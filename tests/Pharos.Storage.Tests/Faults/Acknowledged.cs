using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Faults;

/// <summary>
/// What a store has acknowledged, and may therefore never lose: one value for each time of each series, told by the time alone, so that anything else that is found is wrong.
/// </summary>
internal sealed class Acknowledged
{
    private readonly int _series;
    private readonly SortedSet<long> _times = [];
    private readonly HashSet<long> _deleted = [];
    private long _least = long.MinValue;

    public Acknowledged(int series)
    {
        _series = series;
    }

    /// <summary>Times acknowledged so far.</summary>
    public int Count => _times.Count;

    /// <summary>Newest time that was tried, acknowledged or not.</summary>
    public long Newest { get; private set; } = long.MinValue;

    /// <summary>Writes one sample for each series, all or nothing; false when the store refuses for reasons of its disk.</summary>
    public bool TryAppend(Tsdb db, long time)
    {
        Newest = Math.Max(Newest, time);
        try
        {
            var batch = new SampleBatch(_series);
            for (int i = 0; i < _series; i++)
            {
                batch.Add(db.GetOrAdd(TestTsdb.Name("acknowledged", "i", $"{i}")), time, ValueOf(i, time));
            }

            Assert.Equal(_series, db.Append(batch).Appended);
            _times.Add(time);
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Deletes a range of times in all series; false when the store refuses for reasons of its disk, and then the samples may be there or not.</summary>
    public bool TryDelete(Tsdb db, long minTime, long maxTime)
    {
        long[] meant = [.. _times.GetViewBetween(minTime, maxTime)];
        _times.ExceptWith(meant);
        try
        {
            db.Delete([new Matcher(MatchType.Equal, "__name__", "acknowledged")], minTime, maxTime);
            _deleted.UnionWith(meant);
            return true;
        }
        catch (Exception e) when (e is IOException or StorageUnavailableException)
        {
            return false;
        }
    }

    /// <summary>From now on nobody asks for what is older.</summary>
    public void Drop(long minTime)
    {
        _least = Math.Max(_least, minTime);
        _times.RemoveWhere(time => time < _least);
    }

    /// <summary>Everything acknowledged is there, whole batches only, nothing deleted, and nothing that was never written.</summary>
    public void AssertAllIn(TestTsdb test)
    {
        SortedDictionary<string, Sample[]> found = test.Read(_least, long.MaxValue);
        if (_times.Count > 0)
        {
            Assert.Equal(_series, found.Count);
        }

        long[]? first = null;
        for (int i = 0; i < _series; i++)
        {
            Sample[] samples = found.GetValueOrDefault(TestTsdb.Name("acknowledged", "i", $"{i}").ToString(), []);
            long[] times = [.. samples.Select(static sample => sample.Timestamp)];
            first ??= times;
            Assert.Equal(first, times);
            Assert.True(_times.IsSubsetOf(times), $"series {i} lacks {string.Join(", ", _times.Except(times).Take(5))} of {_times.Count} times, and has {times.Length}");
            Assert.False(_deleted.Overlaps(times), $"series {i} has {string.Join(", ", _deleted.Intersect(times).Take(5))}, deleted");
            foreach (Sample sample in samples)
            {
                Assert.True(ValueOf(i, sample.Timestamp).Equals(sample.Value), $"series {i} has {sample.Value} at {sample.Timestamp}");
            }
        }
    }

    private static double ValueOf(int series, long time) => ((double)(time % 1_000_003) / 7) + series;
}
