namespace Pharos.Rules.Evaluation;

/// <summary>
/// Ticks at an interval of any length, as Go's ticker: what is due while nobody waits is one tick, whatever its number, and the rhythm stays.
/// Used by one loop. It measures time, so that it is not moved by a clock that is set.
/// </summary>
internal sealed class GroupTimer
{
    // Timers of the platform take at most about 49 days.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly long _start;
    private TimeSpan _due;

    /// <summary>Begins now; the first tick comes after <paramref name="first"/>.</summary>
    public GroupTimer(TimeProvider time, TimeSpan first)
    {
        _time = time;
        _start = time.GetTimestamp();
        _due = first;
    }

    /// <summary>Waits for the next tick; those after it come at the interval.</summary>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public async Task WaitAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        while (_due - _time.GetElapsedTime(_start) is { Ticks: > 0 } rest)
        {
            // A timer takes whole milliseconds; rounded down it would tick early.
            TimeSpan whole = TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds));
            await Task.Delay(whole < LongestDelay ? whole : LongestDelay, _time, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan late = _time.GetElapsedTime(_start) - _due;
        _due += interval + TimeSpan.FromTicks(late.Ticks - (late.Ticks % interval.Ticks));
    }
}
