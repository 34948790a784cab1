namespace Pharos.PromQL.Scheduling;

/// <summary>One query that was let in: its place and the work it has done. Thread-safe; disposing it gives the place back.</summary>
internal sealed class QueryTicket : IDisposable
{
    /// <summary>So much work a query does at once, whatever else runs; from then on its threads take turns.</summary>
    public static readonly TimeSpan FreeWork = TimeSpan.FromMilliseconds(5);

    /// <summary>After so much work a query goes to the places of the long ones.</summary>
    public static readonly TimeSpan ShortWork = TimeSpan.FromMilliseconds(100);

    private readonly QueryScheduler _scheduler;
    private readonly SemaphoreSlim? _longPlaces;
    private readonly Lock _placeLock = new();
    private SemaphoreSlim _place;
    private long _work;
    private int _takesTurns;

    /// <param name="scheduler">Let it in.</param>
    /// <param name="place">Where it has its place.</param>
    /// <param name="longPlaces">Where it moves when it is long; null when it stays.</param>
    public QueryTicket(QueryScheduler scheduler, SemaphoreSlim place, SemaphoreSlim? longPlaces)
    {
        _scheduler = scheduler;
        _place = place;
        _longPlaces = longPlaces;
        scheduler.Turns.EnterFree();
    }

    public ProcessorTurns Turns => _scheduler.Turns;

    public TimeProvider Clock => _scheduler.Clock;

    /// <summary>The work of all its threads, in ticks of <see cref="TimeSpan"/>.</summary>
    public long Work => Interlocked.Read(ref _work);

    /// <summary>The query has used up what it may do at once: a thread needs a turn.</summary>
    public bool TakesTurns => Volatile.Read(ref _takesTurns) != 0;

    /// <summary>A thread has worked so long.</summary>
    public void Add(TimeSpan worked)
    {
        long work = Interlocked.Add(ref _work, worked.Ticks);
        if (work < FreeWork.Ticks)
        {
            return;
        }

        if (Interlocked.Exchange(ref _takesTurns, 1) == 0)
        {
            Turns.LeaveFree();
        }

        if (work >= ShortWork.Ticks && _longPlaces is not null)
        {
            MoveToLong(_longPlaces);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _takesTurns, 1) == 0)
        {
            Turns.LeaveFree();
        }

        _place.Release();
    }

    // When all long places are taken, it keeps its own and tries again later.
    private void MoveToLong(SemaphoreSlim longPlaces)
    {
        lock (_placeLock)
        {
            if (!ReferenceEquals(_place, longPlaces) && longPlaces.Wait(0, CancellationToken.None))
            {
                _place.Release();
                _place = longPlaces;
            }
        }
    }
}
