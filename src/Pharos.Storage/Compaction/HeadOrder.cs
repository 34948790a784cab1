using Pharos.Storage.Head;

namespace Pharos.Storage.Compaction;

/// <summary>Series of the head in the order of their labels: sorted by the first label, then those that are equal by the second, and so on, each label being one number.</summary>
internal sealed unsafe class HeadOrder : IDisposable
{
    private readonly SeriesStore _store;
    private readonly HeadSymbols _symbols;
    private readonly NativeArray<uint> _references;

    private HeadOrder(SeriesStore store, HeadSymbols symbols, int count)
    {
        _store = store;
        _symbols = symbols;
        _references = new NativeArray<uint>(count);
    }

    /// <summary>The references of the series that may have samples in the range, in order. A series whose labels are newer than the symbols is left out.</summary>
    public static HeadOrder Of(SeriesStore store, HeadSymbols symbols, long minTime, long maxTime)
    {
        uint last = store.LastReference;
        int count = 0;
        for (uint reference = 1; reference <= last; reference++)
        {
            count += IsWanted(store.Lines + reference, minTime, maxTime) ? 1 : 0;
        }

        var order = new HeadOrder(store, symbols, count);
        try
        {
            int taken = order.Take(last, minTime, maxTime);
            using var keys = new NativeArray<ulong>(taken);
            order.Sort(keys, 0, taken, 0);
            order.Count = taken;
            return order;
        }
        catch
        {
            order.Dispose();
            throw;
        }
    }

    /// <summary>These series in order. One whose labels are newer than the symbols is left out.</summary>
    public static HeadOrder Of(SeriesStore store, HeadSymbols symbols, ReadOnlySpan<uint> references)
    {
        var order = new HeadOrder(store, symbols, references.Length);
        try
        {
            int taken = 0;
            foreach (uint reference in references)
            {
                if (order.AreSymbolsKnown(reference))
                {
                    order._references.Span[taken++] = reference;
                }
            }

            using var keys = new NativeArray<ulong>(taken);
            order.Sort(keys, 0, taken, 0);
            order.Count = taken;
            return order;
        }
        catch
        {
            order.Dispose();
            throw;
        }
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<uint> References => _references.Span[..Count];

    public void Dispose() => _references.Dispose();

    // A look without the gate: what it misses was appended since, and so is not in a range that nothing is appended to any more.
    private static bool IsWanted(HotLine* line, long minTime, long maxTime) =>
        line->IsAlive && line->Time >= minTime && (line->FirstTime <= maxTime || line->Closed != 0);

    private int Take(uint last, long minTime, long maxTime)
    {
        Span<uint> references = _references.Span;
        int count = 0;
        for (uint reference = 1; reference <= last && count < references.Length; reference++)
        {
            if (IsWanted(_store.Lines + reference, minTime, maxTime) && AreSymbolsKnown(reference))
            {
                references[count++] = reference;
            }
        }

        return count;
    }

    private bool AreSymbolsKnown(uint reference)
    {
        foreach (uint name in _store.NamesOf(_store.ShapeOf(reference)))
        {
            if (_symbols.RankOf(name) == 0)
            {
                return false;
            }
        }

        foreach (uint value in _store.ValuesOf(reference))
        {
            if (_symbols.RankOf(value) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private void Sort(NativeArray<ulong> room, int from, int to, int label)
    {
        Span<ulong> keys = room.Span[from..to];
        Span<uint> references = _references.Span[from..to];
        bool anyLabel = false;
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = KeyOf(references[i], label);
            anyLabel |= keys[i] != 0;
        }

        if (!anyLabel)
        {
            return;
        }

        keys.Sort(references);
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Sort(room, from + start, from + end, label + 1);
            }

            start = end;
        }
    }

    // Name above value; 0, and so first, for a series that has no further label.
    private ulong KeyOf(uint reference, int label)
    {
        ReadOnlySpan<uint> names = _store.NamesOf(_store.ShapeOf(reference));
        return label >= names.Length ? 0 : ((ulong)_symbols.RankOf(names[label]) << 32) | _symbols.RankOf(_store.ValueAt(reference, label));
    }
}
