using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>A store whose caller leaves after some series were read.</summary>
internal sealed class LeavingSource(ISeriesSource inner, CancellationTokenSource caller, int afterReads) : ISeriesSource
{
    private int _reads;

    /// <summary>Series that were read all the same.</summary>
    public int ReadsAfterwards => Math.Max(0, _reads - afterReads);

    public ISeriesQuerier OpenQuerier() => new WatchedSource(inner, _ => Count()).OpenQuerier();

    private void Count()
    {
        if (Interlocked.Increment(ref _reads) == afterReads)
        {
            caller.Cancel();
        }
    }
}
