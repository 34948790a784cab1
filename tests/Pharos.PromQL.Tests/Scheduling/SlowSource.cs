using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.PromQL.Tests.Scheduling;

/// <summary>A store in which reading a series takes time of a clock; after some series it holds the query until the test lets it go on.</summary>
internal sealed class SlowSource(ISeriesSource inner, ManualTimeProvider clock, TimeSpan perSeries, int holdsAfter) : ISeriesSource
{
    private int _reads;

    /// <summary>Done when the query is held.</summary>
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the query go on.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ISeriesQuerier OpenQuerier() => new WatchedSource(inner, _ => BeforeRead()).OpenQuerier();

    private void BeforeRead()
    {
        clock.Advance(perSeries);
        if (Interlocked.Increment(ref _reads) == holdsAfter + 1)
        {
            Held.SetResult();
#pragma warning disable VSTHRD002 // series are read synchronously, and this one is to take long
            Release.Task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
    }
}
