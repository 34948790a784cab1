namespace Pharos.Storage.Head;

/// <summary>
/// Who reads since when. What a writer gives up carries the epoch of that moment and is freed when every reader that is still open began in a later one.
/// Usable from any thread.
/// </summary>
internal sealed class EpochRegistry
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, int> _readers = [];
    private long _epoch = 1;

    /// <summary>The epoch of now.</summary>
    public long Current => Volatile.Read(ref _epoch);

    /// <summary>Readers open now.</summary>
    public int Readers { get; private set; }

    /// <summary>Begins a reader, before it looks at anything; give the result to <see cref="Leave"/>.</summary>
    public long Enter()
    {
        lock (_lock)
        {
            _readers[_epoch] = _readers.GetValueOrDefault(_epoch) + 1;
            Readers++;
            return _epoch;
        }
    }

    public void Leave(long epoch)
    {
        lock (_lock)
        {
            Readers--;
            if (--_readers[epoch] == 0)
            {
                _readers.Remove(epoch);
            }
        }
    }

    /// <summary>Starts a new epoch: readers that begin from here on do not see what was given up before.</summary>
    public void Advance()
    {
        lock (_lock)
        {
            _epoch++;
        }
    }

    /// <summary>The oldest epoch in which an open reader began; <see cref="long.MaxValue"/> without readers.</summary>
    public long Oldest()
    {
        lock (_lock)
        {
            foreach (long epoch in _readers.Keys)
            {
                return epoch;
            }

            return long.MaxValue;
        }
    }
}
