using System.Numerics;

namespace Pharos.Storage.Index;

/// <summary>The values of one label name, each with the sorted references of the series that have it. All members under the index lock.</summary>
/// <remarks>Open addressing keyed by value id, load at most 0.7. A single reference lies in the entry itself; more lie in the pool.</remarks>
internal sealed unsafe class LabelIndex
{
    private readonly PostingsPool _pool;
    private Entry[] _entries = new Entry[4];

    public LabelIndex(PostingsPool pool)
    {
        _pool = pool;
    }

    /// <summary>Distinct values.</summary>
    public int ValueCount { get; private set; }

    /// <summary>Series that have the label.</summary>
    public long SeriesCount { get; private set; }

    /// <summary>Bytes of the table; the lists are counted by the pool.</summary>
    public long HeldBytes => (long)_entries.Length * sizeof(Entry);

    /// <summary>The references of a value, ascending; valid while the lock is held. Empty when there is none.</summary>
    public ReadOnlySpan<uint> Get(uint value)
    {
        ref Entry entry = ref _entries[Find(value)];
        return entry.Count switch
        {
            0 => [],
            1 => new ReadOnlySpan<uint>(ref entry.List),
            _ => new ReadOnlySpan<uint>(_pool.At(entry.List), (int)entry.Count),
        };
    }

    /// <summary>How many series have the value.</summary>
    public int CountOf(uint value) => (int)_entries[Find(value)].Count;

    /// <summary>Appends the ids of all values, in no order.</summary>
    public void CopyValues(List<uint> ids)
    {
        ids.EnsureCapacity(ids.Count + ValueCount);
        foreach (ref readonly Entry entry in _entries.AsSpan())
        {
            if (entry.Value != 0)
            {
                ids.Add(entry.Value);
            }
        }
    }

    /// <summary>Adds a reference, mostly the greatest so far.</summary>
    public void Add(uint value, uint reference)
    {
        ref Entry entry = ref _entries[Find(value)];
        SeriesCount++;
        if (entry.Value == 0)
        {
            entry = new Entry { Value = value, Count = 1, List = reference, Places = 1 };
            if (++ValueCount > _entries.Length * 7 / 10)
            {
                Resize(_entries.Length * 2);
            }

            return;
        }

        if (entry.Count == entry.Places)
        {
            Enlarge(ref entry);
        }

        uint* list = _pool.At(entry.List);
        uint at = entry.Count++;
        for (; at > 0 && list[at - 1] > reference; at--)
        {
            list[at] = list[at - 1];
        }

        list[at] = reference;
    }

    /// <summary>Removes those references of a value that are in the sorted set; the value goes with its last reference.</summary>
    public void Remove(uint value, HashSet<uint> dropped)
    {
        int slot = Find(value);
        ref Entry entry = ref _entries[slot];
        if (entry.Value == 0)
        {
            return;
        }

        uint kept = 0;
        fixed (uint* single = &entry.List)
        {
            uint* list = entry.Places == 1 ? single : _pool.At(entry.List);
            for (uint i = 0; i < entry.Count; i++)
            {
                if (!dropped.Contains(list[i]))
                {
                    list[kept++] = list[i];
                }
            }
        }

        SeriesCount -= entry.Count - kept;
        entry.Count = kept;
        if (kept == 0)
        {
            if (entry.Places > 1)
            {
                _pool.Free(entry.List, entry.Places);
            }

            ValueCount--;
            RemoveSlot(slot);
        }
        else if (entry.Places > 1)
        {
            Shrink(ref entry);
        }
    }

    private void Enlarge(ref Entry entry)
    {
        uint places = Math.Max(2, entry.Places * 2);
        uint list = _pool.Allocate(places);
        uint* target = _pool.At(list);
        if (entry.Places == 1)
        {
            *target = entry.List;
        }
        else
        {
            long bytes = (long)entry.Count * 4;
            Buffer.MemoryCopy(_pool.At(entry.List), target, bytes, bytes);
            _pool.Free(entry.List, entry.Places);
        }

        entry.List = list;
        entry.Places = places;
    }

    private void Shrink(ref Entry entry)
    {
        uint* source = _pool.At(entry.List);
        if (entry.Count == 1)
        {
            uint only = *source;
            _pool.Free(entry.List, entry.Places);
            entry.List = only;
            entry.Places = 1;
            return;
        }

        uint places = BitOperations.RoundUpToPowerOf2(entry.Count);
        if (places * 4 <= entry.Places)
        {
            uint list = _pool.Allocate(places);
            long bytes = (long)entry.Count * 4;
            Buffer.MemoryCopy(source, _pool.At(list), bytes, bytes);
            _pool.Free(entry.List, entry.Places);
            entry.List = list;
            entry.Places = places;
        }
    }

    private static int Home(uint value, int mask) => (int)((value * 0x9E3779B1u) >> 7) & mask;

    private int Find(uint value)
    {
        int mask = _entries.Length - 1;
        int slot = Home(value, mask);
        while (_entries[slot].Value != value && _entries[slot].Value != 0)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void RemoveSlot(int gap)
    {
        int mask = _entries.Length - 1;
        for (int at = (gap + 1) & mask; _entries[at].Value != 0; at = (at + 1) & mask)
        {
            if (((at - Home(_entries[at].Value, mask)) & mask) >= ((at - gap) & mask))
            {
                _entries[gap] = _entries[at];
                gap = at;
            }
        }

        _entries[gap] = default;
    }

    private void Resize(int size)
    {
        Entry[] old = _entries;
        _entries = new Entry[size];
        foreach (ref readonly Entry entry in old.AsSpan())
        {
            if (entry.Value != 0)
            {
                _entries[Find(entry.Value)] = entry;
            }
        }
    }

    private struct Entry
    {
        public uint Value;
        public uint Count;
        public uint List;
        public uint Places;
    }
}
