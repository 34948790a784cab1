using System.Runtime.ExceptionServices;

namespace Pharos.PromQL.Scheduling;

/// <summary>
/// Works off numbered partitions on the calling thread and on threads of the pool that come to help. Whoever is free takes the next one, so the loop
/// gets on with the caller alone while the pool is busy or other queries need the processors.
/// </summary>
internal sealed class PartitionLoop
{
    private readonly int _partitions;
    private readonly Func<Stint> _newStint;
    private readonly Action<int, Stint> _body;
    private readonly ExceptionDispatchInfo?[] _failures;

    // Guards what follows; pulsed when a thread stops helping.
    private readonly object _lock = new();
    private int _next;
    private int _asked;
    private int _helping;
    private bool _isOver;

    /// <param name="partitions">How many there are.</param>
    /// <param name="newStint">Makes the stint of a thread that comes to help.</param>
    /// <param name="body">Does one partition; called by several threads at once.</param>
    public PartitionLoop(int partitions, Func<Stint> newStint, Action<int, Stint> body)
    {
        _partitions = partitions;
        _newStint = newStint;
        _body = body;
        _failures = new ExceptionDispatchInfo?[partitions];
    }

    /// <summary>Returns when all partitions are done, or throws what the first one that failed threw.</summary>
    /// <param name="stint">That of the calling thread, which rests while it waits for the others.</param>
    /// <param name="helpers">Threads that may help, at most.</param>
    public void Run(Stint stint, int helpers)
    {
        while (TryNext(out int partition))
        {
            AskForHelp(helpers);
            Do(partition, stint);
        }

        stint.Rest();
        WaitForHelpers();
        Array.Find(_failures, static f => f is not null)?.Throw();
        stint.Begin();
    }

    // Asked again at each partition: who came and found no turn free has left.
    private void AskForHelp(int helpers)
    {
        int more;
        lock (_lock)
        {
            more = Math.Min(helpers - _asked, _partitions - _next);
            _asked += Math.Max(0, more);
        }

        for (int i = 0; i < more; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.Help(), this, preferLocal: false);
        }
    }

    private void Help()
    {
        using Stint stint = _newStint();
        bool mayHelp = stint.TryBegin();
        lock (_lock)
        {
            if (!mayHelp || _isOver)
            {
                _asked--;
                return;
            }

            _helping++;
        }

        while (TryNext(out int partition))
        {
            Do(partition, stint);
        }

        lock (_lock)
        {
            _helping--;
            _asked--;
            Monitor.PulseAll(_lock);
        }
    }

    private bool TryNext(out int partition)
    {
        lock (_lock)
        {
            partition = _next;
            if (_next >= _partitions)
            {
                return false;
            }

            _next++;
            return true;
        }
    }

    private void Do(int partition, Stint stint)
    {
        try
        {
            _body(partition, stint);
        }
        catch (Exception e)
        {
            // The top of a thread: whatever it is, the caller of the loop shall have it, and nobody needs the rest.
            lock (_lock)
            {
                _failures[partition] = ExceptionDispatchInfo.Capture(e);
                _next = _partitions;
            }
        }
    }

    private void WaitForHelpers()
    {
        lock (_lock)
        {
            _isOver = true;
            while (_helping > 0)
            {
                Monitor.Wait(_lock);
            }
        }
    }
}
