using Pharos.PromQL.Scheduling;

namespace Pharos.PromQL.Tests.Scheduling;

public class ProcessorTurnsTests
{
    [Fact]
    public async Task As_many_threads_of_long_queries_compute_as_there_are_processors()
    {
        using var scene = new SchedulerScene();
        using QueryTicket huge = await scene.EnterAsync(workedMs: 1000);

        await await scene.TakeAsync(huge);
        await await scene.TakeAsync(huge);
        Task third = await scene.TakeAsync(huge);
        Assert.Equal((2, 1), (scene.Turns.Running, scene.Turns.Waiting));

        scene.Turns.Give();
        await third;
        Assert.Equal((2, 0), (scene.Turns.Running, scene.Turns.Waiting));
    }

    [Fact]
    public async Task A_query_that_comes_takes_a_processor_from_the_long_ones_until_it_is_done()
    {
        using var scene = new SchedulerScene();
        using QueryTicket huge = await scene.EnterAsync(workedMs: 1000);
        await await scene.TakeAsync(huge);
        await await scene.TakeAsync(huge);
        Assert.False(scene.Turns.IsCrowded);

        QueryTicket small = await scene.EnterAsync();
        Assert.True(scene.Turns.IsCrowded);

        // What the thread of the huge query does when it looks: it hands over, and gets nothing back.
        scene.Turns.Give();
        Task again = await scene.TakeAsync(huge);
        Assert.False(scene.Turns.IsCrowded);
        Assert.Equal((1, 1), (scene.Turns.Running, scene.Turns.Waiting));

        small.Dispose();
        await again;
        Assert.Equal(2, scene.Turns.Running);
    }

    [Fact]
    public async Task One_turn_is_left_to_long_queries_however_many_short_ones_come()
    {
        using var scene = new SchedulerScene(places: 20);
        using QueryTicket huge = await scene.EnterAsync(workedMs: 1000);
        for (int i = 0; i < 10; i++)
        {
            await scene.EnterAsync();
        }

        await await scene.TakeAsync(huge);
        Task second = await scene.TakeAsync(huge);
        Assert.False(second.IsCompleted);
        scene.Turns.Give();
        await second;
    }

    [Fact]
    public async Task A_turn_goes_to_the_query_that_has_worked_least()
    {
        using var scene = new SchedulerScene(places: 5, processors: 1);
        using QueryTicket running = await scene.EnterAsync(workedMs: 500);
        using QueryTicket long1 = await scene.EnterAsync(workedMs: 3000);
        using QueryTicket medium = await scene.EnterAsync(workedMs: 20);
        using QueryTicket long2 = await scene.EnterAsync(workedMs: 2000);
        await await scene.TakeAsync(running);
        Task[] waits = [await scene.TakeAsync(long1), await scene.TakeAsync(medium), await scene.TakeAsync(long2)];

        scene.Turns.Give();
        await waits[1];
        Assert.False(waits[0].IsCompleted || waits[2].IsCompleted);
        scene.Turns.Give();
        await waits[2];
        Assert.False(waits[0].IsCompleted);
        scene.Turns.Give();
        await waits[0];
    }

    [Fact]
    public async Task Every_eighth_turn_goes_to_whoever_has_waited_longest()
    {
        using var scene = new SchedulerScene(places: 20, processors: 1);
        using QueryTicket running = await scene.EnterAsync(workedMs: 10);
        using QueryTicket starving = await scene.EnterAsync(workedMs: 60_000);
        await await scene.TakeAsync(running);
        Task late = await scene.TakeAsync(starving);
        for (int i = 2; i < 8; i++)
        {
            using QueryTicket medium = await scene.EnterAsync(workedMs: 10);
            Task taken = await scene.TakeAsync(medium);
            scene.Turns.Give();
            await taken;
            Assert.False(late.IsCompleted);
        }

        using QueryTicket another = await scene.EnterAsync(workedMs: 10);
        Task passedOver = await scene.TakeAsync(another);
        scene.Turns.Give();
        await late;
        Assert.False(passedOver.IsCompleted);
        scene.Turns.Give();
        await passedOver;
    }

    [Fact]
    public async Task Whoever_hands_over_and_is_the_best_goes_on_at_once()
    {
        using var scene = new SchedulerScene(places: 5, processors: 1);
        using QueryTicket running = await scene.EnterAsync(workedMs: 10);
        using QueryTicket other = await scene.EnterAsync(workedMs: 100);
        using var own = new TurnWaiter(running);
        scene.Turns.Take(own, TestContext.Current.CancellationToken);
        Task waits = await scene.TakeAsync(other);

        scene.Turns.Pass(own, TestContext.Current.CancellationToken);
        Assert.False(waits.IsCompleted);
        scene.Turns.Give();
        await waits;
    }

    [Fact]
    public async Task A_thread_whose_query_is_stopped_no_longer_waits()
    {
        using var scene = new SchedulerScene(places: 5, processors: 1);
        using QueryTicket running = await scene.EnterAsync(workedMs: 10);
        await await scene.TakeAsync(running);
        using var gone = new CancellationTokenSource();
        Task stopped = await scene.TakeAsync(running, gone.Token);
        Task next = await scene.TakeAsync(running);

        await gone.CancelAsync();
        await Assert.ThrowsAsync<QueryStoppedException>(() => stopped);
        scene.Turns.Give();
        await next;
        Assert.Equal((1, 0), (scene.Turns.Running, scene.Turns.Waiting));
    }

    [Fact]
    public async Task A_thread_that_only_helps_takes_a_turn_if_one_is_free()
    {
        using var scene = new SchedulerScene(places: 5, processors: 2);
        using QueryTicket huge = await scene.EnterAsync(workedMs: 10);
        await await scene.TakeAsync(huge);

        Assert.True(scene.Turns.TryTake());
        Assert.False(scene.Turns.TryTake());
        Assert.Equal(0, scene.Turns.Waiting);
    }
}
