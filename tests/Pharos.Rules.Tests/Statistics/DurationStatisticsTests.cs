using Pharos.Rules.Statistics;
using Pharos.Testing;

namespace Pharos.Rules.Tests.Statistics;

public sealed class DurationStatisticsTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void The_histogram_counts_everything_and_quantiles_the_last_ten_minutes()
    {
        var durations = new DurationStatistics(_clock);
        durations.Observe(TimeSpan.FromSeconds(20));
        _clock.Advance(TimeSpan.FromMinutes(11));
        for (int i = 1; i <= 100; i++)
        {
            durations.Observe(TimeSpan.FromMilliseconds(i));
        }

        (long[] counts, double sum) = durations.GetHistogram();
        Assert.Equal([10, 90, 0, 0, 1], counts);
        Assert.Equal(20 + 5.05, sum, 9);
        Assert.Equal([0.05, 0.9 / 10, 0.099], durations.GetQuantiles(0.5, 0.9, 0.99));
    }

    [Fact]
    public void Quantiles_of_nothing_are_no_number() => Assert.Equal([double.NaN], new DurationStatistics(_clock).GetQuantiles(0.5));

    [Fact]
    public void Of_many_durations_the_newest_count()
    {
        var durations = new DurationStatistics(_clock);
        for (int i = 0; i < 10_000; i++)
        {
            durations.Observe(TimeSpan.FromSeconds(i < 7000 ? 5 : 1));
        }

        Assert.Equal([1], durations.GetQuantiles(0.99));
    }
}
