using Pharos.Core.Contracts;

namespace Pharos.Server.Journal;

/// <summary>
/// The newest entries in memory. When there are too many, the oldest of the kind that has most goes: a storm of alerts pushes out alerts and not the
/// one deployment that caused it. Thread-safe.
/// </summary>
internal sealed class KeptEntries
{
    private readonly int _capacity;
    private readonly long _maxAgeMs;

    /// <summary>Guards all below.</summary>
    private readonly Lock _lock = new();
    private readonly Dictionary<JournalKind, Queue<(long Number, JournalEntry Entry)>> _byKind = [];
    private int _count;
    private long _added;
    private long _lastTime;

    public KeptEntries(int capacity, TimeSpan maxAge)
    {
        _capacity = capacity;
        _maxAgeMs = (long)maxAge.TotalMilliseconds;
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>How many were ever added: another number means that there is something new.</summary>
    public long Added
    {
        get
        {
            lock (_lock)
            {
                return _added;
            }
        }
    }

    /// <summary>The greatest time of all that were added, milliseconds since the Unix epoch; 0 before the first.</summary>
    public long LastTime
    {
        get
        {
            lock (_lock)
            {
                return _lastTime;
            }
        }
    }

    public void Add(JournalEntry entry)
    {
        lock (_lock)
        {
            if (!_byKind.TryGetValue(entry.Kind, out Queue<(long, JournalEntry)>? queue))
            {
                queue = new Queue<(long, JournalEntry)>();
                _byKind.Add(entry.Kind, queue);
            }

            queue.Enqueue((_added++, entry));
            _count++;
            _lastTime = Math.Max(_lastTime, entry.Time);
            while (_count > _capacity)
            {
                _byKind.Values.MaxBy(static kind => kind.Count)!.Dequeue();
                _count--;
            }
        }
    }

    /// <summary>Lets go what is too old at this time, milliseconds since the Unix epoch.</summary>
    public void Expire(long now)
    {
        lock (_lock)
        {
            foreach (Queue<(long Number, JournalEntry Entry)> queue in _byKind.Values)
            {
                while (queue.TryPeek(out (long Number, JournalEntry Entry) oldest) && oldest.Entry.Time < now - _maxAgeMs)
                {
                    queue.Dequeue();
                    _count--;
                }
            }
        }
    }

    /// <summary>See <see cref="IJournal.Read"/>; of entries with one time the one that was recorded last comes first.</summary>
    public IReadOnlyList<JournalEntry> Read(long from, long to, int limit)
    {
        var found = new List<(long Number, JournalEntry Entry)>();
        lock (_lock)
        {
            foreach (Queue<(long Number, JournalEntry Entry)> queue in _byKind.Values)
            {
                foreach ((long Number, JournalEntry Entry) item in queue)
                {
                    if (item.Entry.Time >= from && item.Entry.Time <= to)
                    {
                        found.Add(item);
                    }
                }
            }
        }

        found.Sort(static (x, y) => y.Entry.Time.CompareTo(x.Entry.Time) is var order and not 0 ? order : y.Number.CompareTo(x.Number));
        return [.. found.Take(Math.Max(0, limit)).Select(static item => item.Entry)];
    }
}
