using Pharos.Storage.Native;

namespace Pharos.Storage.Compaction;

/// <summary>A thread of low priority that does a round of work whenever it is asked to.</summary>
internal sealed class CompactionLoop : IDisposable
{
    private readonly Action<CancellationToken> _round;
    private readonly Action<Exception> _failed;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _requests = new(0, 1);
    private readonly Lock _lock = new();
    private Thread? _thread;
    private bool _disposed;

    /// <param name="round">The work; ends soon when it is cancelled.</param>
    /// <param name="failed">Told of what a round fails with; the next request is another try.</param>
    public CompactionLoop(Action<CancellationToken> round, Action<Exception> failed)
    {
        _round = round;
        _failed = failed;
    }

    /// <summary>Asks for a round; one that is asked for during another comes after it.</summary>
    public void Request()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            if (_requests.CurrentCount == 0)
            {
                _requests.Release();
            }

            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "compaction" };
                _thread.Start();
            }
        }
    }

    /// <summary>Takes back what was asked for and is not begun yet.</summary>
    public void Forget() => _requests.Wait(0);

    /// <summary>Ends a round that is going on and waits for it; what it had begun is undone.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _stop.Cancel();
        _thread?.Join();
        _stop.Dispose();
        _requests.Dispose();
    }

    private void Run()
    {
        ThreadNiceness.YieldToOthers();
        while (true)
        {
            try
            {
                _requests.Wait(_stop.Token);
                _round(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _failed(e);
            }
        }
    }
}
