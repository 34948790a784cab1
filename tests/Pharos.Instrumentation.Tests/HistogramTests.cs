namespace Pharos.Instrumentation.Tests;

public sealed class HistogramTests
{
    private readonly MetricRegistry _registry = new();

    [Fact]
    public void An_observation_counts_in_every_bucket_that_it_does_not_exceed()
    {
        Histogram histogram = _registry.Histogram("wait_seconds", "Waits.", [0.1, 1]);
        histogram.Observe(0.1);
        histogram.Observe(0.5);
        histogram.Observe(7);

        string text = Exposed.Text(_registry);
        Assert.Equal("1", Exposed.Value(text, "wait_seconds_bucket{le=\"0.1\"}"));
        Assert.Equal("2", Exposed.Value(text, "wait_seconds_bucket{le=\"1\"}"));
        Assert.Equal("3", Exposed.Value(text, "wait_seconds_bucket{le=\"+Inf\"}"));
        Assert.Equal("3", Exposed.Value(text, "wait_seconds_count"));
        Assert.Equal("7.6", Exposed.Value(text, "wait_seconds_sum"));
        Assert.Equal(3, histogram.Count);
    }

    [Fact]
    public void What_is_not_a_number_goes_to_the_last_bucket()
    {
        Histogram histogram = _registry.Histogram("wait_seconds", "Waits.", [0.1, 1]);
        histogram.Observe(double.NaN);
        Assert.Equal("0", Exposed.Value(Exposed.Text(_registry), "wait_seconds_bucket{le=\"1\"}"));
        Assert.Equal(1, histogram.Count);
        Assert.Equal(double.NaN, histogram.Sum);
    }

    [Fact]
    public void The_usual_limits_of_requests_are_bounds()
    {
        Assert.Contains(1, HistogramBuckets.RequestSeconds);
        Assert.Contains(2, HistogramBuckets.RequestSeconds);
    }

    [Theory]
    [InlineData]
    [InlineData(1.0, 1.0)]
    [InlineData(2.0, 1.0)]
    [InlineData(1.0, double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void Bounds_must_ascend_and_be_finite(params double[] bounds) =>
        Assert.Throws<ArgumentException>(() => _registry.Histogram("wait_seconds", "Waits.", bounds));

    [Fact]
    public void Bounds_are_copied()
    {
        double[] bounds = [1, 2];
        Histogram histogram = _registry.Histogram("wait_seconds", "Waits.", bounds);
        bounds[0] = 5;
        Assert.Equal([1, 2], histogram.Bounds.ToArray());
    }
}
