using Pharos.Storage.Blocks;
using Pharos.Storage.Head;
using Pharos.Storage.Index;

namespace Pharos.Storage.Compaction;

/// <summary>The symbols of the head in the order of their bytes, and the rank of each. The caller keeps series from being dropped as long as this is used.</summary>
internal sealed class HeadSymbols : IDisposable
{
    private readonly InternTable _symbols;
    private readonly NativeArray<uint> _ids;
    private readonly NativeArray<uint> _ranks;

    public HeadSymbols(SeriesStore store)
    {
        _symbols = store.Symbols;
        var all = new List<uint>();
        store.Index.EnterReadLock();
        try
        {
            _ranks = new NativeArray<uint>((int)_symbols.IdLimit);
            foreach ((uint name, LabelIndex values) in store.LabelIndexes)
            {
                all.Add(name);
                values.CopyValues(all);
            }
        }
        finally
        {
            store.Index.ExitReadLock();
        }

        _ids = new NativeArray<uint>(RemoveDuplicates(all, _ranks.Span));
        Sort(all);
    }

    /// <summary>How many there are, the empty one not counted.</summary>
    public int Count => _ids.Span.Length;

    /// <summary>From 1; 0 for an id that was not there when this was made.</summary>
    public uint RankOf(uint id) => id < (uint)_ranks.Span.Length ? _ranks.Span[(int)id] : 0;

    /// <summary>The symbol of a rank.</summary>
    public ReadOnlySpan<byte> Get(int rank) => _symbols.Get(_ids.Span[rank - 1]);

    public ISymbolCursor OpenCursor() => new Cursor(this);

    public void Dispose()
    {
        _ids.Dispose();
        _ranks.Dispose();
    }

    // A text can be a name, and a value of several names. The ranks serve as marks.
    private static int RemoveDuplicates(List<uint> ids, Span<uint> marks)
    {
        int kept = 0;
        for (int i = 0; i < ids.Count; i++)
        {
            uint id = ids[i];
            if (marks[(int)id] == 0)
            {
                marks[(int)id] = 1;
                ids[kept++] = id;
            }
        }

        return kept;
    }

    private void Sort(List<uint> distinct)
    {
        Span<uint> ids = _ids.Span;
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(distinct)[..ids.Length].CopyTo(ids);
        ids.Sort((left, right) => _symbols.Get(left).SequenceCompareTo(_symbols.Get(right)));
        Span<uint> ranks = _ranks.Span;
        for (int i = 0; i < ids.Length; i++)
        {
            ranks[(int)ids[i]] = (uint)i + 1;
        }
    }

    // The empty symbol comes first: upstream's head has it too, as the name of the list of all series.
    private sealed class Cursor(HeadSymbols symbols) : ISymbolCursor
    {
        private int _rank = -1;

        public ReadOnlySpan<byte> Current => _rank > 0 ? symbols.Get(_rank) : [];

        public bool MoveNext() => ++_rank <= symbols.Count;

        public void Dispose() => _rank = symbols.Count;
    }
}
