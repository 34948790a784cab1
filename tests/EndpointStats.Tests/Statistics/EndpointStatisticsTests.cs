using EndpointStats.Statistics;

namespace EndpointStats.Tests.Statistics;

public sealed class EndpointStatisticsTests
{
    private readonly EndpointStatistics _statistics = new();

    [Fact]
    public void Requests_errors_and_durations_are_kept_by_endpoint()
    {
        for (int i = 1; i <= 100; i++)
        {
            _statistics.Add("GET", "/api/stats", i <= 10 ? 503 : 200, i / 100.0);
        }

        _statistics.Add("GET", "/", 404, 1);
        Assert.Equal(
            [
                new EndpointReport("GET", "/", 1, 0, 1, 1, 1, 1),
                new EndpointReport("GET", "/api/stats", 100, 10, 0.505, 0.5, 0.95, 0.99),
            ],
            _statistics.Report().Select(static r => r with { MeanSeconds = Math.Round(r.MeanSeconds, 9) }));
    }

    [Fact]
    public void Quantiles_are_of_the_last_thousand_or_so()
    {
        for (int i = 0; i < 5000; i++)
        {
            _statistics.Add("GET", "/", 200, i < 3000 ? 9 : 1);
        }

        Assert.Equal(1, Assert.Single(_statistics.Report()).P99Seconds);
    }
}
