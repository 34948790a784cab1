using System.Collections.Concurrent;
using Pharos.PromQL.Scheduling;

namespace Pharos.PromQL.Tests.Scheduling;

public class PartitionLoopTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(16, 0)]
    [InlineData(16, 3)]
    [InlineData(1000, 8)]
    public async Task Every_partition_is_done_once(int partitions, int helpers)
    {
        using var scene = new SchedulerScene(processors: 4);
        using QueryTicket ticket = await scene.EnterAsync();
        var done = new ConcurrentBag<int>();
        Run(ticket, partitions, helpers, (partition, stint) =>
        {
            stint.Spend(100_000);
            done.Add(partition);
        });

        Assert.Equal(Enumerable.Range(0, partitions), done.Order());
        Assert.Equal(0, scene.Turns.Running);
    }

    [Fact]
    public async Task A_long_query_whose_turns_others_have_is_done_by_one_thread()
    {
        using var scene = new SchedulerScene(processors: 2);
        using QueryTicket other = await scene.EnterAsync(workedMs: 10);
        await await scene.TakeAsync(other);
        using QueryTicket ticket = await scene.EnterAsync(workedMs: 1000);
        var threads = new ConcurrentDictionary<int, bool>();
        Run(ticket, 200, 4, (_, stint) =>
        {
            threads[Environment.CurrentManagedThreadId] = true;
            Assert.True(scene.Turns.Running <= 2);
            stint.Spend(100_000);
        });

        Assert.Single(threads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task What_a_partition_throws_reaches_the_caller_and_ends_the_loop(int helpers)
    {
        using var scene = new SchedulerScene(processors: 4);
        using QueryTicket ticket = await scene.EnterAsync();
        int done = 0;
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Run(ticket, 1_000_000, helpers, (partition, _) =>
        {
            Interlocked.Increment(ref done);
            if (partition == 5)
            {
                throw new InvalidOperationException("five");
            }
        }));

        Assert.Equal("five", error.Message);
        Assert.True(done < 1_000_000);
        Assert.Equal(0, scene.Turns.Running);
    }

    private static void Run(QueryTicket ticket, int partitions, int helpers, Action<int, Stint> body)
    {
        using var stint = new Stint(ticket, CancellationToken.None);
        stint.Begin();
        new PartitionLoop(partitions, () => new Stint(ticket, CancellationToken.None), body).Run(stint, helpers);
    }
}
