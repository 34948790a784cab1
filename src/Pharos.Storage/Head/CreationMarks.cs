namespace Pharos.Storage.Head;

/// <summary>
/// Which series were created lately: references only grow, so a time beside the greatest one of then tells. One mark a minute for an hour, whatever the number of series.
/// Thread-safe.
/// </summary>
internal sealed class CreationMarks
{
    /// <summary>How far back it tells, in milliseconds.</summary>
    public const long SpanMs = 60 * 60 * 1000;

    private const long StepMs = 60 * 1000;
    private readonly Lock _lock = new();
    private readonly Queue<(long Time, uint LastReference)> _marks = [];
    private long _newest = long.MinValue;

    /// <summary>Notes the greatest reference of now, milliseconds; at most once a minute counts.</summary>
    public void Note(long now, uint lastReference)
    {
        lock (_lock)
        {
            if (_marks.Count > 0 && now < _newest + StepMs)
            {
                return;
            }

            _marks.Enqueue((now, lastReference));
            _newest = now;
            while (_marks.Peek().Time < now - SpanMs)
            {
                _marks.Dequeue();
            }
        }
    }

    /// <summary>The oldest mark of the last hour, or of the time since opening: series above its reference were created after its time.</summary>
    public (long Time, uint LastReference) Oldest(long now)
    {
        lock (_lock)
        {
            foreach ((long Time, uint LastReference) mark in _marks)
            {
                if (mark.Time >= now - SpanMs)
                {
                    return mark;
                }
            }

            return _marks.Count > 0 ? _marks.Last() : (now, uint.MaxValue);
        }
    }
}
