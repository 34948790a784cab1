using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Scheduling;

/// <summary>
/// What one thread does for one query, from <see cref="Begin"/> to <see cref="End"/>: its work is added to the query's, and every so often it looks
/// whether to stop and whether to let others go first. Owned by that thread.
/// </summary>
internal sealed class Stint : Pace, IDisposable
{
    // A turn lasts so long when others wait.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);

    private readonly QueryTicket _ticket;
    private readonly CancellationToken _stop;
    private TurnWaiter? _waiter;
    private long _since;
    private TimeSpan _inTurn;
    private bool _hasTurn;
    private bool _keepsPoolThread;

    public Stint(QueryTicket ticket, CancellationToken stop)
    {
        _ticket = ticket;
        _stop = stop;
    }

    /// <summary>The thread begins to work, or goes on after a rest.</summary>
    /// <exception cref="QueryStoppedException">The query was stopped.</exception>
    public void Begin()
    {
        ThrowIfStopped();
        _since = _ticket.Clock.GetTimestamp();
        if (_ticket.TakesTurns)
        {
            TakeTurn();
        }
    }

    /// <summary>The thread begins to work if it need not wait; false when the query was stopped or others have all turns.</summary>
    public bool TryBegin()
    {
        if (_stop.IsCancellationRequested)
        {
            return false;
        }

        _since = _ticket.Clock.GetTimestamp();
        if (!_ticket.TakesTurns)
        {
            return true;
        }

        if (!_ticket.Turns.TryTake())
        {
            return false;
        }

        KeepPoolThread();
        _waiter ??= new TurnWaiter(_ticket);
        StartTurn();
        return true;
    }

    /// <summary>The thread waits for other threads of the query: it needs no turn meanwhile.</summary>
    public void Rest()
    {
        Account();
        if (_hasTurn)
        {
            _hasTurn = false;
            _ticket.Turns.Give();
        }
    }

    /// <summary>The thread is done.</summary>
    public void End()
    {
        Rest();
        if (_keepsPoolThread)
        {
            _keepsPoolThread = false;
            PoolThreads.GiveBack();
        }
    }

    /// <exception cref="QueryStoppedException">The caller gave up or the time is over.</exception>
    public void ThrowIfStopped()
    {
        if (_stop.IsCancellationRequested)
        {
            throw new QueryStoppedException();
        }
    }

    public void Dispose()
    {
        End();
        _waiter?.Dispose();
    }

    public override void Look()
    {
        ThrowIfStopped();
        Account();
        if (!_ticket.TakesTurns)
        {
            return;
        }

        if (!_hasTurn)
        {
            TakeTurn();
        }
        else if (_ticket.Turns.IsCrowded || (_inTurn >= Turn && _ticket.Turns.Waiting > 0))
        {
            PassTurn();
        }
    }

    private void Account()
    {
        long now = _ticket.Clock.GetTimestamp();
        TimeSpan worked = _ticket.Clock.GetElapsedTime(_since, now);
        _since = now;
        _inTurn += worked;
        _ticket.Add(worked);
    }

    private void TakeTurn()
    {
        KeepPoolThread();
        _waiter ??= new TurnWaiter(_ticket);
        _ticket.Turns.Take(_waiter, _stop);
        StartTurn();
    }

    private void KeepPoolThread()
    {
        if (!_keepsPoolThread && Thread.CurrentThread.IsThreadPoolThread)
        {
            _keepsPoolThread = true;
            PoolThreads.Keep();
        }
    }

    private void PassTurn()
    {
        _hasTurn = false;
        _ticket.Turns.Pass(_waiter!, _stop);
        StartTurn();
    }

    private void StartTurn()
    {
        _hasTurn = true;
        _inTurn = TimeSpan.Zero;
        _since = _ticket.Clock.GetTimestamp();
    }
}
