using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public class WindowBoundsTests
{
    [Fact]
    public void Windows_are_open_on_the_left_and_closed_on_the_right()
    {
        var bounds = new WindowBounds(2);
        bounds.Update([1000, 2000, 3000], new StepTimes(2000, 1000, 2), 1000);

        Assert.Equal([1, 2], bounds.First.ToArray());
        Assert.Equal([2, 3], bounds.End.ToArray());
    }

    [Fact]
    public void Equal_timestamps_keep_the_bounds_and_other_ones_find_them_anew()
    {
        var bounds = new WindowBounds(3);
        var times = new StepTimes(3000, 1000, 3);
        bounds.Update([1000, 2000, 3000], times, 2000);
        int version = bounds.Version;
        bounds.Update([1000, 2000, 3000], times, 2000);
        Assert.Equal(version, bounds.Version);

        bounds.Update([1000, 2000, 3001], times, 2000);
        Assert.NotEqual(version, bounds.Version);
        Assert.Equal(2, bounds.End[0]);
    }

    [Fact]
    public void Blocks_of_even_windows_have_a_stride_and_ragged_ones_none()
    {
        long[] timestamps = [.. Enumerable.Range(0, 100).Select(static i => i * 1000L)];
        timestamps[60] += 1;
        var bounds = new WindowBounds(20);
        bounds.Update(timestamps, new StepTimes(20_000, 2000, 20), 10_000);

        Assert.Equal([2, 2], bounds.Strides.ToArray());
        Assert.Equal(10, bounds.Largest);

        bounds = new WindowBounds(20);
        bounds.Update(timestamps, new StepTimes(40_000, 2000, 20), 10_000);
        Assert.Equal([2, -1], bounds.Strides.ToArray());
    }

    [Fact]
    public void The_bitmaps_say_which_windows_have_one_and_two_samples()
    {
        var bounds = new WindowBounds(70);
        bounds.Update([65_000, 66_000], new StepTimes(0, 1000, 70), 1000);

        Assert.Equal(0UL, bounds.AtLeastOne[0]);
        Assert.Equal(0b110UL, bounds.AtLeastOne[1]);
        Assert.Equal(0UL, bounds.AtLeastTwo[1]);
    }
}
