using Pharos.Rules.Evaluation;
using Pharos.Testing;

namespace Pharos.Rules.Tests.Evaluation;

public sealed class GroupTimerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task What_falls_due_while_nobody_waits_is_one_tick_and_the_rhythm_stays()
    {
        var timer = new GroupTimer(_clock, TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(10 + 150));

        Task late = timer.WaitAsync(Minute, TestContext.Current.CancellationToken);
        Assert.True(late.IsCompletedSuccessfully);
        Task next = timer.WaitAsync(Minute, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await next;
    }

    [Fact]
    public async Task Intervals_longer_than_any_timer_are_waited_for()
    {
        var timer = new GroupTimer(_clock, TimeSpan.FromDays(400));
        Task wait = timer.WaitAsync(TimeSpan.FromDays(400), TestContext.Current.CancellationToken);
        for (int day = 1; day < 400; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
            await Wait.UntilAsync(() => _clock.WaitingTimers == 1, "the timer of the next day");
            Assert.False(wait.IsCompleted);
        }

        _clock.Advance(TimeSpan.FromDays(1));
        await wait;
    }

    [Fact]
    public async Task A_wait_can_be_called_off()
    {
        using var stop = new CancellationTokenSource();
        Task wait = new GroupTimer(_clock, Minute).WaitAsync(Minute, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
