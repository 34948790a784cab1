using EndpointStats.Traffic;

namespace EndpointStats.Tests.Traffic;

public sealed class TrafficShapeTests
{
    [Fact]
    public void The_same_seed_gives_the_same_visitors()
    {
        var one = new TrafficShape(new Random(7));
        var other = new TrafficShape(new Random(7));
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(one.NextRequest(), other.NextRequest());
            Assert.Equal(one.NextPause(20), other.NextPause(20));
        }
    }

    [Fact]
    public void Pauses_are_those_of_the_rate()
    {
        var shape = new TrafficShape(new Random(1));
        double sum = Enumerable.Range(0, 20_000).Sum(_ => shape.NextPause(20));
        Assert.InRange(20_000 / sum, 19, 21);
    }

    [Fact]
    public void Every_endpoint_is_visited_and_stats_most_of_all()
    {
        var shape = new TrafficShape(new Random(1));
        var visits = Enumerable.Range(0, 5000).Select(_ => shape.NextRequest()).GroupBy(static r => r.Path.StartsWith("/api/users/", StringComparison.Ordinal) ? "/api/users" : r.Path)
            .ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
        Assert.Equal(["/", "/api/report", "/api/stats", "/api/users", "/health", "/login", "/wp-login.php"], visits.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("/api/stats", visits.MaxBy(static v => v.Value).Key);
    }

    [Fact]
    public void The_level_moves_around_one_and_never_stops()
    {
        double[] levels = [.. Enumerable.Range(0, 28_200).Select(static s => TrafficShape.Level(s))];
        Assert.InRange(levels.Average(), 0.99, 1.01);
        Assert.True(levels.Min() > 0.5);
        Assert.True(levels.Max() > 1.3);
    }
}
