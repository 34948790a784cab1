namespace Pharos.Remote.Receiving.Version2;

/// <summary>Where the symbols of a request are in its message. Reused; of one request at a time.</summary>
internal sealed class SymbolIndex
{
    private readonly List<(int Offset, int Length)> _symbols = [];

    public int Count => _symbols.Count;

    public void Clear() => _symbols.Clear();

    public void Add(int offset, int length) => _symbols.Add((offset, length));

    /// <summary>The bytes of a symbol that there is.</summary>
    public ReadOnlySpan<byte> Get(ReadOnlySpan<byte> message, uint reference)
    {
        (int offset, int length) = _symbols[(int)reference];
        return message.Slice(offset, length);
    }

    public bool Has(uint reference) => reference < (uint)_symbols.Count;
}
