using Pharos.PromQL.Scheduling;

namespace Pharos.PromQL.Tests.Scheduling;

public class QuerySchedulerTests
{
    [Fact]
    public async Task Who_finds_no_place_waits_in_the_order_of_coming()
    {
        using var scene = new SchedulerScene(places: 1);
        QueryTicket first = await scene.EnterAsync();
        Task<QueryTicket> second = scene.EnterAsync();
        Task<QueryTicket> third = scene.EnterAsync();
        Assert.Equal(2, scene.Scheduler.Queued);

        first.Dispose();
        (await second).Dispose();
        (await third).Dispose();
        Assert.Equal(0, scene.Scheduler.Queued);
    }

    [Fact]
    public async Task Rules_do_not_wait_for_people()
    {
        using var scene = new SchedulerScene(places: 1);
        await scene.EnterAsync();

        using QueryTicket rule = await scene.EnterAsync(origin: QueryOrigin.Rules);
        Assert.Equal(0, scene.Scheduler.Queued);
        Assert.False(scene.EnterAsync(origin: QueryOrigin.Rules).IsCompleted);
    }

    [Fact]
    public async Task Long_queries_make_room_for_as_many_others()
    {
        using var scene = new SchedulerScene(places: 2);
        QueryTicket[] huge = [await scene.EnterAsync(workedMs: 1000), await scene.EnterAsync(workedMs: 1000)];

        QueryTicket[] small = [await scene.EnterAsync(), await scene.EnterAsync()];
        Task<QueryTicket> fifth = scene.EnterAsync();
        Assert.False(fifth.IsCompleted);

        small[0].Dispose();
        using QueryTicket entered = await fifth;
        Array.ForEach(huge, static t => t.Dispose());
    }

    [Fact]
    public async Task A_long_query_that_found_no_room_moves_when_another_ends()
    {
        using var scene = new SchedulerScene(places: 1);
        QueryTicket first = await scene.EnterAsync(workedMs: 1000);
        using QueryTicket second = await scene.EnterAsync(workedMs: 1000);
        Task<QueryTicket> small = scene.EnterAsync();
        Assert.False(small.IsCompleted);

        first.Dispose();
        Assert.False(small.IsCompleted);
        second.Add(TimeSpan.FromMilliseconds(1));
        using QueryTicket entered = await small;
    }

    [Fact]
    public async Task A_query_that_works_a_little_longer_than_a_moment_keeps_its_place()
    {
        using var scene = new SchedulerScene(places: 1);
        using QueryTicket medium = await scene.EnterAsync(workedMs: 50);

        Assert.True(medium.TakesTurns);
        Assert.False(scene.EnterAsync().IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        using var scene = new SchedulerScene(places: 1);
        QueryTicket first = await scene.EnterAsync();
        using var gone = new CancellationTokenSource();
        Task<QueryTicket> second = scene.Scheduler.EnterAsync(QueryOrigin.People, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(0, scene.Scheduler.Queued);

        first.Dispose();
        using QueryTicket third = await scene.EnterAsync();
    }
}
