using Pharos.Access.Authentication;
using Pharos.Testing;

namespace Pharos.Access.Tests.Authentication;

public sealed class FailureLimiterTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_burst_passes_and_then_one_an_interval()
    {
        var limiter = new FailureLimiter(_clock, burst: 3, TimeSpan.FromSeconds(10), capacity: 100);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(TimeSpan.Zero, limiter.RetryAfter(1));
            limiter.Fail(1);
        }

        Assert.Equal(TimeSpan.FromSeconds(10), limiter.RetryAfter(1));
        Assert.Equal(TimeSpan.Zero, limiter.RetryAfter(2));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(6), limiter.RetryAfter(1));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.Zero, limiter.RetryAfter(1));
        limiter.Fail(1);
        Assert.Equal(TimeSpan.FromSeconds(10), limiter.RetryAfter(1));
    }

    [Fact]
    public void Failures_wear_off()
    {
        var limiter = new FailureLimiter(_clock, burst: 2, TimeSpan.FromSeconds(10), capacity: 100);
        limiter.Fail(1);
        limiter.Fail(1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        limiter.Fail(1);
        Assert.Equal(TimeSpan.Zero, limiter.RetryAfter(1));
    }

    [Fact]
    public void A_flood_of_keys_stays_within_the_capacity_and_keeps_the_worst()
    {
        var limiter = new FailureLimiter(_clock, burst: 2, TimeSpan.FromSeconds(10), capacity: 100);
        for (int i = 0; i < 5; i++)
        {
            limiter.Fail(7);
        }

        for (int i = 1000; i < 5000; i++)
        {
            limiter.Fail((UInt128)i);
            Assert.True(limiter.Count <= 100);
        }

        Assert.True(limiter.RetryAfter(7) > TimeSpan.Zero);
    }
}
