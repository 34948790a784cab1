using System.Buffers;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>Which series of several sets are the same. Numbers them from 0 on as they are met, set by set. For one thread; memory is pooled.</summary>
/// <remarks>Open addressing, load at most one half; a slot is the number of a series plus one.</remarks>
internal sealed class SeriesUnion : IDisposable
{
    private readonly int[] _slots;
    private readonly int _mask;
    private readonly SeriesIdentity[] _known;

    /// <param name="capacity">Series that will be added at most, the same one counted each time.</param>
    public SeriesUnion(int capacity)
    {
        int size = 16;
        while (size < 2L * capacity)
        {
            size *= 2;
        }

        _mask = size - 1;
        _slots = ArrayPool<int>.Shared.Rent(size);
        _slots.AsSpan(0, size).Clear();
        _known = ArrayPool<SeriesIdentity>.Shared.Rent(Math.Max(1, capacity));
    }

    /// <summary>Different series so far.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a series.</summary>
    public int Add(SeriesIdentity identity)
    {
        for (int slot = (int)identity.High & _mask; ; slot = (slot + 1) & _mask)
        {
            int entry = _slots[slot];
            if (entry == 0)
            {
                _slots[slot] = Count + 1;
                _known[Count] = identity;
                return Count++;
            }

            if (_known[entry - 1] == identity)
            {
                return entry - 1;
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_slots);
        ArrayPool<SeriesIdentity>.Shared.Return(_known);
    }
}
