using Pharos.PromQL.Scheduling;
using Pharos.Testing;

namespace Pharos.PromQL.Tests.Scheduling;

/// <summary>A scheduler whose clock only the test moves, so that the test says how long each query has worked.</summary>
internal sealed class SchedulerScene(int places = 2, int processors = 2) : IDisposable
{
    public ManualTimeProvider Clock { get; } = new();

    public QueryScheduler Scheduler => field ??= new QueryScheduler(places, processors, Clock);

    public ProcessorTurns Turns => Scheduler.Turns;

    /// <summary>A query that was let in and has worked so long.</summary>
    public async Task<QueryTicket> EnterAsync(double workedMs = 0, QueryOrigin origin = QueryOrigin.People)
    {
        QueryTicket ticket = await Scheduler.EnterAsync(origin, TestContext.Current.CancellationToken);
        ticket.Add(TimeSpan.FromMilliseconds(workedMs));
        return ticket;
    }

    /// <summary>A thread that waits for a turn for a query; done when it has one. Returns once it waits, or has it.</summary>
    public async Task<Task> TakeAsync(QueryTicket ticket, CancellationToken stop = default)
    {
        int before = Turns.Waiting;
        var waiter = new TurnWaiter(ticket);
        Task taken = Task.Factory.StartNew(
            () => Turns.Take(waiter, stop), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Wait.UntilAsync(() => taken.IsCompleted || Turns.Waiting > before, "a thread to wait for its turn");
        return taken;
    }

    public void Dispose() => Scheduler.Dispose();
}
