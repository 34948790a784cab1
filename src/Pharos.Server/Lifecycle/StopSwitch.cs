namespace Pharos.Server.Lifecycle;

/// <summary>Ends the server once, and remembers who asked. Thread-safe.</summary>
internal sealed class StopSwitch : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private int _requested;

    public CancellationToken Token => _source.Token;

    /// <summary>Who asked first; null while nobody did.</summary>
    public string? Reason { get; private set; }

    /// <summary>Asks for the end; false when somebody had asked before.</summary>
    public bool Request(string reason)
    {
        if (Interlocked.Exchange(ref _requested, 1) != 0)
        {
            return false;
        }

        Reason = reason;

        // Not on this thread: it may be the one of the request that the stop waits for.
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _source, preferLocal: false);
        return true;
    }

    public void Dispose() => _source.Dispose();
}
