namespace Pharos.Instrumentation.Tests;

public sealed class GaugeTests
{
    [Fact]
    public void It_is_set_and_goes_up_and_down()
    {
        Gauge gauge = new MetricRegistry().Gauge("in_progress", "Now.");
        gauge.Set(10);
        gauge.Increment();
        gauge.Decrement();
        gauge.Decrement();
        gauge.Add(-0.5);
        Assert.Equal(8.5, gauge.Value);
    }

    [Fact]
    public void What_is_not_a_number_stays_so_and_ends_no_adding()
    {
        Gauge gauge = new MetricRegistry().Gauge("temperature_celsius", "Now.");
        gauge.Set(double.NaN);
        gauge.Add(1);
        Assert.Equal(double.NaN, gauge.Value);
    }
}
