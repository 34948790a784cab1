using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

/// <summary>A store that gives no series until the query that reads it is stopped.</summary>
internal sealed class StoppedSource(ISeriesSource inner) : ISeriesSource
{
    private int _reads;

    /// <summary>Done when the query reads its first series.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Series read so far.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public ISeriesQuerier OpenQuerier() => new WatchedSource(inner, Read).OpenQuerier();

    private void Read(CancellationToken stop)
    {
        if (Interlocked.Increment(ref _reads) == 1)
        {
            Entered.SetResult();
        }

        Assert.True(stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)), "the query was not stopped");
    }
}
