namespace Pharos.Remote.Sending;

/// <summary>The shards of a queue at one time, and what ends them. Made and used by the queue's loop; disposed when its shards are done.</summary>
internal sealed class ShardSet : IDisposable
{
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _hardStop = new();
    private readonly Task[] _runs;

    public ShardSet(int count, QueueContext queue, SendProgress progress, BatchPool pool, AsyncSignal changed, LogMark from)
    {
        progress.Start(count, from);
        var sender = new RetryingSender(queue, _draining.Token, _hardStop.Token);
        var shards = new Shard[count];
        for (int i = 0; i < count; i++)
        {
            shards[i] = new Shard(i, queue, progress, sender, pool, changed);
        }

        Shards = shards;
        _runs = Array.ConvertAll(shards, static shard => Task.Run(shard.RunAsync));
        queue.Counters.Set(RemoteWriteCount.Shards, count);
    }

    public IReadOnlyList<Shard> Shards { get; }

    /// <summary>Whether nothing is left of what was read.</summary>
    public bool IsIdle => Shards.All(static shard => shard.IsIdle);

    /// <summary>Ends when what was handed over is sent, or could not be at the first try, or the time is over.</summary>
    /// <param name="send">Whether what waits is sent; else only what is on its way.</param>
    /// <param name="deadline">Then connections are cut.</param>
    /// <param name="clock">Paces the deadline.</param>
    public async Task StopAsync(bool send, TimeSpan deadline, TimeProvider clock)
    {
        foreach (Shard shard in Shards)
        {
            if (!send)
            {
                shard.Abandon();
            }

            shard.Complete();
        }

        await _draining.CancelAsync().ConfigureAwait(false);
        Task all = Task.WhenAll(_runs);
        using var done = new CancellationTokenSource();
        await Task.WhenAny(all, Task.Delay(deadline, clock, done.Token)).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        await _hardStop.CancelAsync().ConfigureAwait(false);
        await all.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _draining.Dispose();
        _hardStop.Dispose();
    }
}
