namespace Pharos.PromQL.Tests;

public class DurationCountsTests
{
    [Fact]
    public void Durations_are_counted_by_size_and_the_bounds_belong_to_the_smaller_class()
    {
        var counts = new DurationCounts();
        foreach (double seconds in new[] { 0, 0.01, 0.011, 1, 10, 10.5, 100 })
        {
            counts.Add(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal([2, 1, 1, 1, 2], counts.Snapshot());
        Assert.Equal(TimeSpan.FromSeconds(121.521), counts.Total);
    }
}
