namespace Pharos.PromQL.Scheduling;

/// <summary>
/// Shares the processors among the threads of queries that have used up their free work: as many compute as there are processors, less one for each
/// query that is still free, but one at least. Whoever has worked least is next; every eighth turn goes to whoever has waited longest, so that
/// nobody starves. Thread-safe.
/// </summary>
internal sealed class ProcessorTurns(int processors)
{
    private const int TurnsToTheOldest = 8;

    // Guards _waiting, _granted and writes of _running.
    private readonly Lock _lock = new();
    private readonly List<TurnWaiter> _waiting = [];
    private int _waiters;
    private int _free;
    private int _running;
    private int _granted;

    /// <summary>Threads that have a turn.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Threads that wait for one.</summary>
    public int Waiting => Volatile.Read(ref _waiters);

    /// <summary>More threads have a turn than should, because a free query has come: one of them shall hand over.</summary>
    public bool IsCrowded => Running > Allowed;

    private int Allowed => Math.Max(1, processors - Volatile.Read(ref _free));

    /// <summary>A query begins: it computes at once.</summary>
    public void EnterFree() => Interlocked.Increment(ref _free);

    /// <summary>A query ended, or has used up its free work.</summary>
    public void LeaveFree()
    {
        // A full fence on both sides: either this sees the waiter, or the waiter sees that there is one free query less.
        Interlocked.Decrement(ref _free);
        if (Waiting > 0)
        {
            lock (_lock)
            {
                Grant();
            }
        }
    }

    /// <summary>Waits for a turn.</summary>
    /// <exception cref="QueryStoppedException">The query was stopped meanwhile; there is no turn.</exception>
    public void Take(TurnWaiter waiter, CancellationToken stop)
    {
        lock (_lock)
        {
            Enqueue(waiter);
            Grant();
        }

        Wait(waiter, stop);
    }

    /// <summary>Takes a turn if one is free and nobody waits for it.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            bool isFree = _waiting.Count == 0 && _running < Allowed;
            _running += isFree ? 1 : 0;
            return isFree;
        }
    }

    /// <summary>Hands the turn over and waits for the next one; returns at once when nobody is better.</summary>
    /// <exception cref="QueryStoppedException">The query was stopped meanwhile; there is no turn.</exception>
    public void Pass(TurnWaiter waiter, CancellationToken stop)
    {
        lock (_lock)
        {
            _running--;
            Enqueue(waiter);
            Grant();
        }

        Wait(waiter, stop);
    }

    /// <summary>Gives the turn back.</summary>
    public void Give()
    {
        lock (_lock)
        {
            _running--;
            Grant();
        }
    }

    private void Enqueue(TurnWaiter waiter)
    {
        _waiting.Add(waiter);
        Interlocked.Increment(ref _waiters);
    }

    private void Grant()
    {
        while (_waiting.Count > 0 && _running < Allowed)
        {
            int next = ++_granted % TurnsToTheOldest == 0 ? 0 : LeastWorked();
            TurnWaiter waiter = _waiting[next];
            _waiting.RemoveAt(next);
            Interlocked.Decrement(ref _waiters);
            _running++;
            waiter.Granted.Release();
        }
    }

    private int LeastWorked()
    {
        int least = 0;
        for (int i = 1; i < _waiting.Count; i++)
        {
            if (_waiting[i].Ticket.Work < _waiting[least].Ticket.Work)
            {
                least = i;
            }
        }

        return least;
    }

    private void Wait(TurnWaiter waiter, CancellationToken stop)
    {
        try
        {
            waiter.Granted.Wait(stop);
        }
        catch (OperationCanceledException)
        {
            Withdraw(waiter);
            throw new QueryStoppedException();
        }
    }

    // The turn may have been granted just now.
    private void Withdraw(TurnWaiter waiter)
    {
        lock (_lock)
        {
            if (_waiting.Remove(waiter))
            {
                Interlocked.Decrement(ref _waiters);
            }
            else
            {
                _running--;
                Grant();
            }
        }
    }
}
