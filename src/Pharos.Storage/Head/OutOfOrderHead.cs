namespace Pharos.Storage.Head;

/// <summary>
/// The samples of the head that came out of order: one store that takes new ones, and before it those that wait to be written to blocks, which do not change any more but by
/// deletion. Changed under the commit lock and inside the gate, read inside the gate. Where nothing ever came out of order there is no store and nothing is spent.
/// </summary>
internal sealed unsafe class OutOfOrderHead : IDisposable
{
    private readonly uint _capacity;
    private readonly EpochRegistry _epochs;
    private OutOfOrderStore[] _stores = [];
    private bool _lastIsOpen;

    /// <param name="capacity">References are below this.</param>
    /// <param name="epochs">Who reads.</param>
    public OutOfOrderHead(uint capacity, EpochRegistry epochs)
    {
        _capacity = capacity;
        _epochs = epochs;
    }

    /// <summary>All stores, the oldest first. The array does not change.</summary>
    public OutOfOrderStore[] Stores => Volatile.Read(ref _stores);

    /// <summary>Whether there may be any sample.</summary>
    public bool IsEmpty => Stores.Length == 0;

    /// <summary>The oldest store that takes no samples any more; null when there is none.</summary>
    public OutOfOrderStore? Frozen => _stores.Length > 1 || (_stores.Length == 1 && !_lastIsOpen) ? _stores[0] : null;

    /// <summary>Oldest time, milliseconds; <see cref="long.MaxValue"/> when empty.</summary>
    public long MinTime
    {
        get
        {
            long time = long.MaxValue;
            foreach (OutOfOrderStore store in Stores)
            {
                time = Math.Min(time, store.MinTime);
            }

            return time;
        }
    }

    /// <summary>Newest time, milliseconds; <see cref="long.MinValue"/> when empty.</summary>
    public long MaxTime
    {
        get
        {
            long time = long.MinValue;
            foreach (OutOfOrderStore store in Stores)
            {
                time = Math.Max(time, store.MaxTime);
            }

            return time;
        }
    }

    /// <summary>Bytes in use.</summary>
    public long HeldBytes
    {
        get
        {
            long bytes = 0;
            foreach (OutOfOrderStore store in Stores)
            {
                bytes += store.HeldBytes;
            }

            return bytes;
        }
    }

    /// <summary>The store that takes new samples; made when there is none.</summary>
    public OutOfOrderStore Open()
    {
        if (!_lastIsOpen)
        {
            Volatile.Write(ref _stores, [.. _stores, new OutOfOrderStore(_capacity, _epochs)]);
            _lastIsOpen = true;
        }

        return _stores[^1];
    }

    /// <summary>Ends the store that takes samples, if there is one: further ones go to a new one.</summary>
    public void Freeze() => _lastIsOpen = false;

    /// <summary>Takes the oldest store out, which is frozen. Whoever copied its lines may read on until the caller disposes it.</summary>
    public OutOfOrderStore TakeOldest()
    {
        OutOfOrderStore oldest = _stores[0];
        Volatile.Write(ref _stores, _stores[1..]);
        return oldest;
    }

    /// <summary>Whether the series has a sample.</summary>
    public bool Has(uint reference) => Overlaps(reference, long.MinValue, long.MaxValue);

    /// <summary>Whether the series may have a sample in the range.</summary>
    public bool Overlaps(uint reference, long minTime, long maxTime)
    {
        foreach (OutOfOrderStore store in Stores)
        {
            OutOfOrderLine* line = store.Find(reference);
            if (line != null && line->MinTime <= maxTime && line->MaxTime >= minTime)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the samples of a series in the range away, both ends included; returns how many.</summary>
    public int Delete(uint reference, long minTime, long maxTime)
    {
        int deleted = 0;
        foreach (OutOfOrderStore store in Stores)
        {
            deleted += store.Delete(reference, minTime, maxTime);
        }

        return deleted;
    }

    /// <summary>Frees what nobody can read any more. Under the commit lock.</summary>
    public void Reclaim()
    {
        foreach (OutOfOrderStore store in Stores)
        {
            store.Reclaim();
        }
    }

    public void Dispose()
    {
        foreach (OutOfOrderStore store in Stores)
        {
            store.Dispose();
        }
    }
}
