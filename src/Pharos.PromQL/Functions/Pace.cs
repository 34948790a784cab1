namespace Pharos.PromQL.Functions;

/// <summary>
/// Counts the work of one thread, so that every so much of it the thread looks whether it shall stop or let other queries go first.
/// A unit is about a nanosecond: a sample decoded, a value of a window visited, a label compared. Owned by one thread.
/// </summary>
internal abstract class Pace
{
    // Some tens of microseconds; a look costs about fifty nanoseconds.
    private const long WorkBetweenLooks = 1 << 14;

    private long _left = WorkBetweenLooks;

    /// <summary>Work is done or is about to be done. Throws when the query shall stop.</summary>
    public void Spend(long work)
    {
        _left -= work;
        if (_left <= 0)
        {
            _left = WorkBetweenLooks;
            Look();
        }
    }

    /// <summary>Looks around now; may wait for others, may throw.</summary>
    public abstract void Look();
}
