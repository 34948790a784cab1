namespace Pharos.Instrumentation.Tests;

public sealed class CounterTests
{
    private readonly Counter _counter = new MetricRegistry().Counter("jobs_total", "Jobs.");

    [Fact]
    public void It_starts_at_zero_and_adds_whole_and_broken_amounts()
    {
        Assert.Equal(0, _counter.Value);
        _counter.Increment();
        _counter.Increment(2);
        _counter.Increment(0.25);
        Assert.Equal(3.25, _counter.Value);
    }

    [Fact]
    public void Amounts_beyond_what_a_whole_number_keeps_are_added_as_floats()
    {
        _counter.Increment(1e18);
        _counter.Increment(double.PositiveInfinity);
        Assert.Equal(double.PositiveInfinity, _counter.Value);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void It_refuses_to_shrink(double amount)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _counter.Increment(amount));
        Assert.Equal(0, _counter.Value);
    }
}
