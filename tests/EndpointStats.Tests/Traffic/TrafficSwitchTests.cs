using EndpointStats.Traffic;

namespace EndpointStats.Tests.Traffic;

public sealed class TrafficSwitchTests
{
    private readonly TrafficSwitch _traffic = new(new TrafficSettings(0, 0, 20));

    [Fact]
    public void A_change_leaves_what_it_does_not_name()
    {
        Assert.Null(_traffic.Change(new TrafficChange(0.3, null, null)));
        Assert.Null(_traffic.Change(new TrafficChange(null, 2, null)));
        Assert.Equal(new TrafficSettings(0.3, 2, 20), _traffic.Settings);
    }

    [Fact]
    public void A_change_out_of_bounds_changes_nothing()
    {
        Assert.Equal("slowness 31 is not between 0 and 30", _traffic.Change(new TrafficChange(0.3, 31, null)));
        Assert.Equal(new TrafficSettings(0, 0, 20), _traffic.Settings);
    }
}
