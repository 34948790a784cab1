using System.Runtime.InteropServices;
using Pharos.Core.Hashing;
using Pharos.Storage.Native;

namespace Pharos.Storage.Index;

/// <summary>
/// Byte strings stored once, each with an id (never 0) and a count of its users. Equal ids are equal strings. One writer at a time; <see cref="Get"/> needs no lock while the
/// id is in use, the other members need one that keeps writers out.
/// </summary>
/// <remarks>
/// Pointers: an entry is 8 bytes inside the region of entries, at most <see cref="_count"/> of them; an item in the arena is its length and its bytes. The table of slots is
/// open addressing with linear probing, load at most 0.7, 8 bytes a slot: 32 bits of hash and the id.
/// </remarks>
internal sealed unsafe class InternTable : IDisposable
{
    private readonly KeyedHasher _hasher;
    private readonly PagedArena _bytes;
    private readonly NativeRegion _entries;
    private readonly Stack<uint> _unusedIds = new();
    private ulong[] _slots = new ulong[64];
    private uint _count = 1;
    private int _used;
    private long _additions;

    public InternTable(string name, KeyedHasher hasher, long wishedBytes)
    {
        _hasher = hasher;
        _bytes = new PagedArena(name, wishedBytes);
        _entries = new NativeRegion(wishedBytes / 2, 32L << 20);
    }

    /// <summary>Strings held.</summary>
    public int Count => _used;

    /// <summary>Ids are below this. They count up from 1; one that was released is given out again first.</summary>
    public uint IdLimit => _count;

    /// <summary>Strings ever added: while it stays the same, what was not found is not there.</summary>
    public long Additions => Volatile.Read(ref _additions);

    /// <summary>Native and array memory held.</summary>
    public long HeldBytes => _bytes.HeldBytes + ((long)_count * sizeof(Entry)) + ((long)_slots.Length * sizeof(ulong));

    /// <summary>Whether at least so many bytes can be taken in any case.</summary>
    public bool HasRoom(long bytes) => _bytes.RemainingBytes > bytes + (1 << 20) && ((long)_count + 1_000_000) * sizeof(Entry) < _entries.Size;

    /// <summary>The string of an id in use; valid as long as the id.</summary>
    public ReadOnlySpan<byte> Get(uint id)
    {
        byte* item = _bytes.At(At(id)->Unit);
        return new ReadOnlySpan<byte>(item + sizeof(int), *(int*)item);
    }

    /// <summary>Finds a string.</summary>
    public bool TryFind(ReadOnlySpan<byte> value, out uint id)
    {
        id = Find(value, (uint)_hasher.Hash(value).Low, out _);
        return id != 0;
    }

    /// <summary>Finds a string and counts one more user of it. Needs no more than a lock that keeps writers out; others may do the same meanwhile.</summary>
    public bool TryHold(ReadOnlySpan<byte> value, out uint id)
    {
        if (!TryFind(value, out id))
        {
            return false;
        }

        Interlocked.Increment(ref At(id)->Users);
        return true;
    }

    /// <summary>Counts one user less, unless it is the last: then false, and <see cref="Release"/> is for it. Needs the same lock as <see cref="TryHold"/>.</summary>
    public bool TryUnhold(uint id)
    {
        ref uint users = ref At(id)->Users;
        uint seen = Volatile.Read(ref users);
        while (seen > 1)
        {
            uint before = Interlocked.CompareExchange(ref users, seen - 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    /// <summary>The id of the string, made where needed; counts one more user.</summary>
    public uint Intern(ReadOnlySpan<byte> value)
    {
        uint hash = (uint)_hasher.Hash(value).Low;
        uint id = Find(value, hash, out int slot);
        if (id != 0)
        {
            At(id)->Users++;
            return id;
        }

        uint unit = _bytes.Allocate(sizeof(int) + value.Length);
        byte* item = _bytes.At(unit);
        *(int*)item = value.Length;
        value.CopyTo(new Span<byte>(item + sizeof(int), value.Length));
        id = _unusedIds.TryPop(out uint unused) ? unused : _count++;
        *At(id) = new Entry { Unit = unit, Users = 1 };
        _slots[slot] = ((ulong)hash << 32) | id;
        Volatile.Write(ref _additions, _additions + 1);
        if (++_used > _slots.Length * 7 / 10)
        {
            Grow();
        }

        return id;
    }

    /// <summary>Counts one more user of an id in use.</summary>
    public void AddUser(uint id) => At(id)->Users++;

    /// <summary>Counts one user less; with the last one the string is gone and its id may be given to another.</summary>
    public void Release(uint id)
    {
        Entry* entry = At(id);
        if (--entry->Users > 0)
        {
            return;
        }

        ReadOnlySpan<byte> value = Get(id);
        Find(value, (uint)_hasher.Hash(value).Low, out int slot);
        RemoveSlot(slot);
        _bytes.Free(entry->Unit, sizeof(int) + value.Length);
        *entry = default;
        _unusedIds.Push(id);
        _used--;
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _entries.ReleaseAll();
    }

    private Entry* At(uint id) => (Entry*)_entries.Start + id;

    // The id, or 0 and the slot where it would go.
    private uint Find(ReadOnlySpan<byte> value, uint hash, out int slot)
    {
        int mask = _slots.Length - 1;
        for (slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            ulong entry = _slots[slot];
            if (entry == 0)
            {
                return 0;
            }

            if ((uint)(entry >> 32) == hash && Get((uint)entry).SequenceEqual(value))
            {
                return (uint)entry;
            }
        }
    }

    // Closes the gap: later entries of the run move back unless that would put them before their own place.
    private void RemoveSlot(int gap)
    {
        int mask = _slots.Length - 1;
        for (int at = (gap + 1) & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            int home = (int)(_slots[at] >> 32) & mask;
            if (((at - home) & mask) >= ((at - gap) & mask))
            {
                _slots[gap] = _slots[at];
                gap = at;
            }
        }

        _slots[gap] = 0;
    }

    private void Grow()
    {
        ulong[] old = _slots;
        _slots = new ulong[old.Length * 2];
        int mask = _slots.Length - 1;
        foreach (ulong entry in old)
        {
            if (entry != 0)
            {
                int slot = (int)(entry >> 32) & mask;
                while (_slots[slot] != 0)
                {
                    slot = (slot + 1) & mask;
                }

                _slots[slot] = entry;
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public uint Unit;
        public uint Users;
    }
}
