using Pharos.PromQL.Execution;
using Pharos.Testing;

namespace Pharos.PromQL.Tests.Execution;

public class NodeClockTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Time_and_samples_go_to_the_slot_entered_last_and_back_to_the_one_around_it()
    {
        var clock = new NodeClock(_time);
        Assert.Equal(NodeClock.Nowhere, clock.Enter(0));
        _time.Advance(TimeSpan.FromMilliseconds(10));
        int before = clock.Enter(40, samplesRead: 5);
        _time.Advance(TimeSpan.FromMilliseconds(30));
        clock.Leave(before, samplesRead: 12);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        clock.Leave(NodeClock.Nowhere, samplesRead: 13);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal((TimeSpan.FromMilliseconds(12), 6), Of(clock, 0));
        Assert.Equal((TimeSpan.FromMilliseconds(30), 7), Of(clock, 40));
        Assert.Equal((TimeSpan.Zero, 0), Of(clock, 1000));
    }

    [Fact]
    public void A_slot_knows_the_bounds_of_the_values_it_saw()
    {
        var clock = new NodeClock(_time);
        Assert.False(clock.Of(3).HasValues);
        foreach (double value in (double[])[2, -1, 7, 3])
        {
            clock.Saw(3, value);
        }

        Assert.Equal((true, -1.0, 7.0), (clock.Of(3).HasValues, clock.Of(3).Least, clock.Of(3).Greatest));
    }

    private (TimeSpan Time, long Samples) Of(NodeClock clock, int slot) => (_time.GetElapsedTime(0, clock.Of(slot).Ticks), clock.Of(slot).Samples);
}
