using Pharos.Access.Authentication;

namespace Pharos.Access.Tests.Authentication;

public sealed class CheckSlotsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_run_so_many_wait_and_the_rest_is_sent_away()
    {
        using var slots = new CheckSlots(parallel: 1, waiting: 1);
        Assert.True(await slots.TryEnterAsync(Cancellation));
        ValueTask<bool> second = slots.TryEnterAsync(Cancellation);
        Assert.False(second.IsCompleted);
        Assert.False(await slots.TryEnterAsync(Cancellation));
        slots.Leave();
        Assert.True(await second);
        slots.Leave();
        Assert.True(await slots.TryEnterAsync(Cancellation));
    }

    [Fact]
    public async Task Who_gives_up_waiting_makes_room()
    {
        using var slots = new CheckSlots(parallel: 1, waiting: 1);
        Assert.True(await slots.TryEnterAsync(Cancellation));
        using var cancelled = new CancellationTokenSource();
        ValueTask<bool> second = slots.TryEnterAsync(cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await second);
        ValueTask<bool> third = slots.TryEnterAsync(Cancellation);
        slots.Leave();
        Assert.True(await third);
    }
}
