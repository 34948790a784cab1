using Pharos.Storage.Head;

namespace Pharos.Storage.Tests.Head;

public class HeadTombstonesTests
{
    private const int Times = 64;
    private const int Series = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Intervals_are_what_sets_of_times_are(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++)
        {
            HeadTombstones first = Draw(random, out bool[,] firstTimes);
            HeadTombstones second = Draw(random, out bool[,] secondTimes);
            Check(first, firstTimes);
            Check(first.With([.. second.All]), Combine(firstTimes, secondTimes, static (a, b) => a || b));
            Check(HeadTombstones.Of(first.Except(second)), Combine(firstTimes, secondTimes, static (a, b) => a && !b));
            uint dropped = (uint)random.Next(Series) + 1;
            HeadTombstones rest = first.Without(new HashSet<uint> { dropped }, 0);
            Assert.True(rest.Of(dropped).IsEmpty);
            Assert.Equal(first.All.ToArray().Where(stone => stone.Reference != dropped), rest.All.ToArray());
        }
    }

    [Fact]
    public void The_ends_of_time_are_times_too()
    {
        var all = HeadTombstones.Of([new Tombstone(1, long.MinValue, long.MaxValue), new Tombstone(1, long.MaxValue, long.MaxValue), new Tombstone(2, 5, 4)]);
        Assert.Equal([new Tombstone(1, long.MinValue, long.MaxValue)], all.All.ToArray());
        Assert.Empty(all.Except(all));
        Assert.Equal(
            [new Tombstone(1, long.MinValue, -1), new Tombstone(1, 1, long.MaxValue)], all.Except(HeadTombstones.Of([new Tombstone(1, 0, 0)])));
    }

    [Fact]
    public void What_ends_before_a_time_goes()
    {
        var stones = HeadTombstones.Of([new Tombstone(1, 0, 9), new Tombstone(1, 20, 30), new Tombstone(2, 0, 5)]);
        Assert.Equal([new Tombstone(1, 20, 30)], stones.Without(new HashSet<uint>(), 10).All.ToArray());
        Assert.Same(stones, stones.Without(new HashSet<uint>(), 5));
        Assert.Same(HeadTombstones.None, stones.Without(new HashSet<uint>(), 31));
    }

    private static HeadTombstones Draw(Random random, out bool[,] times)
    {
        times = new bool[Series + 1, Times];
        var stones = new List<Tombstone>();
        for (int i = random.Next(12); i > 0; i--)
        {
            int from = random.Next(Times);
            int to = Math.Min(Times - 1, from + random.Next(12));
            uint series = (uint)random.Next(Series) + 1;
            stones.Add(new Tombstone(series, from, to));
            for (int t = from; t <= to; t++)
            {
                times[series, t] = true;
            }
        }

        return HeadTombstones.Of(stones);
    }

    private static bool[,] Combine(bool[,] a, bool[,] b, Func<bool, bool, bool> combine)
    {
        var result = new bool[Series + 1, Times];
        for (int s = 1; s <= Series; s++)
        {
            for (int t = 0; t < Times; t++)
            {
                result[s, t] = combine(a[s, t], b[s, t]);
            }
        }

        return result;
    }

    private static void Check(HeadTombstones stones, bool[,] times)
    {
        for (uint s = 1; s <= Series; s++)
        {
            Tombstone[] intervals = stones.Of(s).ToArray();
            for (int i = 1; i < intervals.Length; i++)
            {
                Assert.True(intervals[i].MinTime > intervals[i - 1].MaxTime + 1);
            }

            for (int t = 0; t < Times; t++)
            {
                Assert.Equal(times[s, t], intervals.Any(stone => stone.MinTime <= t && t <= stone.MaxTime));
            }
        }
    }
}
