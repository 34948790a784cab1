namespace Pharos.PromQL.Scheduling;

/// <summary>A thread that waits for its turn, now and then. Owned by that thread; the signal is given by the thread that hands over.</summary>
internal sealed class TurnWaiter(QueryTicket ticket) : IDisposable
{
    public QueryTicket Ticket { get; } = ticket;

    /// <summary>Raised once for every turn that was granted.</summary>
    public SemaphoreSlim Granted { get; } = new(0);

    public void Dispose() => Granted.Dispose();
}
