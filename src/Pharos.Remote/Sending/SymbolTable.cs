using Pharos.Core.Hashing;

namespace Pharos.Remote.Sending;

/// <summary>Texts of labels and metadata once each, numbered from 1; 0 is the empty text. Not thread-safe.</summary>
internal sealed class SymbolTable
{
    private const int FirstSlots = 256;

    private readonly KeyedHasher _hasher;
    private readonly ByteArena _arena = new();
    private Symbol[] _symbols = new Symbol[FirstSlots / 2];
    private int[] _slots = new int[FirstSlots];

    public SymbolTable(KeyedHasher hasher)
    {
        _hasher = hasher;
    }

    /// <summary>How many texts there are, the empty one included.</summary>
    public int Count { get; private set; } = 1;

    public long HeldBytes => _arena.HeldBytes + (16L * _symbols.Length) + (4L * _slots.Length);

    public ReadOnlySpan<byte> Get(int id) => id == 0 ? [] : _arena.Get(_symbols[id].Page, _symbols[id].Offset, _symbols[id].Length);

    /// <summary>The number of a text, given when it has none yet.</summary>
    public int Intern(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        uint hash = (uint)_hasher.Hash(text).Low;
        int slot = Find(hash, text);
        if (_slots[slot] != 0)
        {
            return _slots[slot];
        }

        if (2 * (Count + 1) > _slots.Length)
        {
            Grow();
            slot = Find(hash, text);
        }

        (int page, int offset) = _arena.Add(text);
        int id = Count++;
        _symbols[id] = new Symbol(page, offset, text.Length, hash);
        _slots[slot] = id;
        return id;
    }

    private int Find(uint hash, ReadOnlySpan<byte> text)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(hash & (uint)mask);
        while (_slots[slot] is int id and not 0 && (_symbols[id].Hash != hash || !Get(id).SequenceEqual(text)))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _symbols, 2 * _symbols.Length);
        _slots = new int[2 * _slots.Length];
        int mask = _slots.Length - 1;
        for (int id = 1; id < Count; id++)
        {
            int slot = (int)(_symbols[id].Hash & (uint)mask);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = id;
        }
    }

    private readonly record struct Symbol(int Page, int Offset, int Length, uint Hash);
}
