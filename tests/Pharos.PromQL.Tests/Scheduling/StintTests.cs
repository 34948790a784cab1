using Pharos.PromQL.Scheduling;

namespace Pharos.PromQL.Tests.Scheduling;

public class StintTests
{
    private const long Much = 1 << 20;

    [Fact]
    public async Task A_query_computes_at_once_until_it_has_worked_for_a_while()
    {
        using var scene = new SchedulerScene();
        using QueryTicket ticket = await scene.EnterAsync();
        using var stint = new Stint(ticket, TestContext.Current.CancellationToken);

        stint.Begin();
        scene.Clock.Advance(TimeSpan.FromMilliseconds(4));
        stint.Spend(Much);
        Assert.Equal((false, 0), (ticket.TakesTurns, scene.Turns.Running));

        scene.Clock.Advance(TimeSpan.FromMilliseconds(4));
        stint.Spend(Much);
        Assert.Equal((true, 1), (ticket.TakesTurns, scene.Turns.Running));
        Assert.Equal(TimeSpan.FromMilliseconds(8).Ticks, ticket.Work);

        stint.End();
        Assert.Equal(0, scene.Turns.Running);
    }

    [Fact]
    public async Task Little_work_is_not_worth_a_look()
    {
        using var scene = new SchedulerScene();
        using QueryTicket ticket = await scene.EnterAsync();
        using var gone = new CancellationTokenSource();
        using var stint = new Stint(ticket, gone.Token);
        stint.Begin();
        await gone.CancelAsync();

        stint.Spend(10);
        Assert.Throws<QueryStoppedException>(() => stint.Spend(Much));
        Assert.Throws<QueryStoppedException>(stint.Begin);
        Assert.False(stint.TryBegin());
    }

    [Fact]
    public async Task A_thread_that_waits_for_others_of_its_query_leaves_its_turn()
    {
        using var scene = new SchedulerScene();
        using QueryTicket ticket = await scene.EnterAsync(workedMs: 10);
        using var stint = new Stint(ticket, TestContext.Current.CancellationToken);

        stint.Begin();
        Assert.Equal(1, scene.Turns.Running);
        stint.Rest();
        Assert.Equal(0, scene.Turns.Running);
        scene.Clock.Advance(TimeSpan.FromMilliseconds(100));
        stint.Begin();
        Assert.Equal(1, scene.Turns.Running);
        Assert.Equal(TimeSpan.FromMilliseconds(10).Ticks, ticket.Work);
    }

    [Fact]
    public async Task A_huge_query_lets_a_small_one_go_first_at_its_next_look()
    {
        using var scene = new SchedulerScene(processors: 2);
        using QueryTicket huge = await scene.EnterAsync(workedMs: 1000);
        using var other = new Stint(huge, TestContext.Current.CancellationToken);
        other.Begin();
        using var gate = new SemaphoreSlim(0);
        Task thread = Task.Factory.StartNew(
            () =>
            {
                using var stint = new Stint(huge, TestContext.Current.CancellationToken);
                stint.Begin();
                gate.Wait(TestContext.Current.CancellationToken);
                stint.Spend(Much);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await Pharos.Testing.Wait.UntilAsync(() => scene.Turns.Running == 2, "both threads to compute");

        QueryTicket small = await scene.EnterAsync();
        gate.Release();
        await Pharos.Testing.Wait.UntilAsync(() => scene.Turns.Waiting == 1, "the huge query to step back");
        Assert.Equal(1, scene.Turns.Running);

        small.Dispose();
        await thread;
    }

    [Fact]
    public async Task A_pool_thread_that_a_long_query_keeps_is_made_up_for()
    {
        using var scene = new SchedulerScene();
        using QueryTicket ticket = await scene.EnterAsync(workedMs: 10);
        ThreadPool.GetMinThreads(out int before, out _);
        int during = await Task.Run(
            () =>
            {
                using var stint = new Stint(ticket, TestContext.Current.CancellationToken);
                stint.Begin();
                ThreadPool.GetMinThreads(out int workers, out _);
                return workers;
            },
            TestContext.Current.CancellationToken);

        // Other tests may run long queries meanwhile, so only the least is known.
        Assert.True(during > 0 && before > 0);
        Assert.True(during >= Environment.ProcessorCount + 1, $"{during} threads at hand with one of {before} kept");
    }
}
