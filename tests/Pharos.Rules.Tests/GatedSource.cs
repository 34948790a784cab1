using Pharos.Core.Contracts;

namespace Pharos.Rules.Tests;

/// <summary>A store whose readers wait while the gate is closed.</summary>
internal sealed class GatedSource(ISeriesSource inner) : ISeriesSource, IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    public void Close() => _open.Reset();

    public void Open() => _open.Set();

    public void Dispose() => _open.Dispose();

    public ISeriesQuerier OpenQuerier()
    {
        Interlocked.Increment(ref _waiting);
        _open.Wait(TestContext.Current.CancellationToken);
        Interlocked.Decrement(ref _waiting);
        return inner.OpenQuerier();
    }
}
