namespace Pharos.Remote.Sending;

/// <summary>The symbols of one request of version 2: those of the queue's texts that it needs, renumbered in the order in which it needs them. Not thread-safe.</summary>
internal sealed class RequestSymbols
{
    private const byte SymbolKey = 0x22;
    private const uint Spread = 0x9E37_79B1; // 2^32 by the golden ratio: neighbours get far apart

    private readonly ProtoBuffer _encoded = new();
    private int[] _ids = new int[1024];
    private int[] _numbers = new int[1024];
    private int _shift = 22;
    private int _known;
    private int _count;

    /// <summary>The fields of the message.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded.Written;

    /// <summary>Begins with the empty text alone, which the format wants first.</summary>
    public void Clear()
    {
        Array.Clear(_ids);
        _encoded.Clear();
        _encoded.PutHeader(SymbolKey, 0);
        _count = 1;
        _known = 0;
    }

    /// <summary>The number of one of the queue's texts in this request.</summary>
    public int NumberOf(int id, SymbolTable table)
    {
        if (id == 0)
        {
            return 0;
        }

        int slot = Find(id);
        if (_ids[slot] == id)
        {
            return _numbers[slot];
        }

        if (2 * ++_known > _ids.Length)
        {
            Grow();
            slot = Find(id);
        }

        ReadOnlySpan<byte> text = table.Get(id);
        _encoded.PutHeader(SymbolKey, text.Length);
        _encoded.Put(text);
        _ids[slot] = id;
        _numbers[slot] = _count;
        return _count++;
    }

    private int Find(int id)
    {
        int slot = (int)((uint)id * Spread >> _shift);
        while (_ids[slot] != 0 && _ids[slot] != id)
        {
            slot = (slot + 1) & (_ids.Length - 1);
        }

        return slot;
    }

    private void Grow()
    {
        (int[] ids, int[] numbers) = (_ids, _numbers);
        _ids = new int[2 * ids.Length];
        _numbers = new int[2 * ids.Length];
        _shift--;
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] != 0)
            {
                int slot = Find(ids[i]);
                _ids[slot] = ids[i];
                _numbers[slot] = numbers[i];
            }
        }
    }
}
