using EndpointStats.Traffic;
using Pharos.Testing;

namespace EndpointStats.Tests.Traffic;

public sealed class WorkloadTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 503)]
    public async Task What_is_switched_on_fails(double errors, int status)
    {
        Task<int> work = Make(errors, 0).WorkAsync(EndpointProfile.Home, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(status, await work);
    }

    [Fact]
    public async Task Slowness_is_added_to_every_request()
    {
        Task<int> work = Make(0, 5).WorkAsync(EndpointProfile.Health, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(work.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, await work);
    }

    [Fact]
    public async Task A_visitor_who_leaves_ends_the_work()
    {
        using var gone = new CancellationTokenSource();
        Task<int> work = Make(0, 5).WorkAsync(EndpointProfile.Health, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    private Workload Make(double errors, double slowness) => new(new TrafficSwitch(new TrafficSettings(errors, slowness, 1)), new Random(1), _clock);
}
