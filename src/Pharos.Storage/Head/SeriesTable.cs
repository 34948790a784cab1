using Pharos.Core.Hashing;
using Pharos.Storage.Native;

namespace Pharos.Storage.Head;

/// <summary>From the hash of a label set to its series. Finding needs no lock; adding and rebuilding are for one writer at a time.</summary>
/// <remarks>
/// Open addressing, 8 bytes a slot: 32 bits of hash and the reference; load at most 0.7. A hit is proved by the 64 bits of identity in the series' line. A slot goes from
/// empty to full once, by one atomic store after the line is ready; when the table grows, a full new one is published, and whoever reads the old one still finds what was
/// there (or zeros once its memory is given back: then the caller looks again under the lock). Pointers: a slot number is always masked.
/// </remarks>
internal sealed unsafe class SeriesTable : IDisposable
{
    private const int LeastSlots = 1 << 12;
    private readonly HotLine* _lines;
    private readonly uint* _lowHashes;
    private Slots _slots = new(LeastSlots);

    public SeriesTable(HotLine* lines, uint* lowHashes)
    {
        _lines = lines;
        _lowHashes = lowHashes;
    }

    /// <summary>Series in the table.</summary>
    public int Count { get; private set; }

    public long HeldBytes => (_slots.Mask + 1) * sizeof(ulong);

    /// <summary>The living series with this hash, or 0.</summary>
    public uint Find(Hash128 hash)
    {
        Slots slots = Volatile.Read(ref _slots);
        ulong* start = (ulong*)slots.Region.Start;
        long mask = slots.Mask;
        uint tag = (uint)(hash.Low >> 32);
        uint found = 0;
        for (long slot = (uint)hash.Low & mask; ; slot = (slot + 1) & mask)
        {
            ulong entry = Volatile.Read(ref start[slot]);
            if (entry == 0)
            {
                break;
            }

            if ((uint)(entry >> 32) == tag)
            {
                HotLine* line = _lines + (uint)entry;
                if (line->Identity == hash.High && line->IsAlive)
                {
                    found = (uint)entry;
                    break;
                }
            }
        }

        GC.KeepAlive(slots);
        return found;
    }

    /// <summary>Adds a series that is not in the table; its line is complete.</summary>
    public void Add(Hash128 hash, uint series)
    {
        if (++Count > (_slots.Mask + 1) * 7 / 10)
        {
            Rebuild((_slots.Mask + 1) * 2);
        }

        Put(_slots, (uint)hash.Low, (hash.Low & ~(ulong)uint.MaxValue) | series);
    }

    /// <summary>Drops the series that are not alive any more.</summary>
    public void Clean(int alive)
    {
        long size = LeastSlots;
        while (alive > size * 6 / 10)
        {
            size *= 2;
        }

        Count = alive;
        Rebuild(size);
    }

    public void Dispose() => _slots.Region.ReleaseAll();

    private static void Put(Slots slots, uint low, ulong entry)
    {
        ulong* start = (ulong*)slots.Region.Start;
        long slot = low & slots.Mask;
        while (start[slot] != 0)
        {
            slot = (slot + 1) & slots.Mask;
        }

        Volatile.Write(ref start[slot], entry);
    }

    private void Rebuild(long size)
    {
        Slots old = _slots;
        var slots = new Slots(size);
        ulong* start = (ulong*)old.Region.Start;
        for (long i = 0; i <= old.Mask; i++)
        {
            uint series = (uint)start[i];
            if (series != 0 && _lines[series].IsAlive)
            {
                Put(slots, _lowHashes[series], start[i]);
            }
        }

        Volatile.Write(ref _slots, slots);
        old.Region.ReleaseAll();
    }

    private sealed class Slots
    {
        public Slots(long count)
        {
            Region = new NativeRegion(count * sizeof(ulong), count * sizeof(ulong));
            Mask = count - 1;
        }

        public NativeRegion Region { get; }

        public long Mask { get; }
    }
}
