namespace Pharos.PromQL.Scheduling;

/// <summary>
/// Lets queries in, and shares the processors among those that are in. Thread-safe; see docs/decisions/0033-fair-scheduling.md.
/// </summary>
/// <remarks>
/// <b>Places</b> limit how many queries there are at one time. People and rules have as many each. A query of people that turns out to be long moves to
/// a place among the long ones, of which there are as many again, so that it does not stand in the way of short ones.
/// <b>Turns</b> limit how many threads compute: see <see cref="ProcessorTurns"/>.
/// </remarks>
internal sealed class QueryScheduler : IDisposable
{
    private readonly SemaphoreSlim _people;
    private readonly SemaphoreSlim _long;
    private readonly SemaphoreSlim _rules;
    private int _queued;

    /// <param name="places">Queries of each kind at one time.</param>
    /// <param name="processors">Threads of long queries that compute at one time.</param>
    /// <param name="clock">Measures work.</param>
    public QueryScheduler(int places, int processors, TimeProvider clock)
    {
        Places = places;
        _people = new SemaphoreSlim(places);
        _long = new SemaphoreSlim(places);
        _rules = new SemaphoreSlim(places);
        Turns = new ProcessorTurns(processors);
        Clock = clock;
    }

    /// <summary>Places of each kind.</summary>
    public int Places { get; }

    public ProcessorTurns Turns { get; }

    public TimeProvider Clock { get; }

    /// <summary>Queries that wait for a place.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Waits for a place, first come, first served. Disposing the ticket gives it back.</summary>
    /// <exception cref="OperationCanceledException">The query was stopped while it waited.</exception>
    public async ValueTask<QueryTicket> EnterAsync(QueryOrigin origin, CancellationToken stop)
    {
        SemaphoreSlim place = origin == QueryOrigin.Rules ? _rules : _people;
        Task entered = place.WaitAsync(stop);
        if (!entered.IsCompletedSuccessfully)
        {
            Interlocked.Increment(ref _queued);
            try
            {
                await entered.ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _queued);
            }
        }

        return new QueryTicket(this, place, origin == QueryOrigin.Rules ? null : _long);
    }

    public void Dispose()
    {
        _people.Dispose();
        _long.Dispose();
        _rules.Dispose();
    }
}
