using Pharos.Storage.Head;

namespace Pharos.Storage.Blocks;

/// <summary>
/// Makes canonical label bytes of the entries of one index. Series come in the order of their labels, most of which are those of the series before: the texts of the last
/// symbols are kept by position. Not thread-safe; valid as long as the index is open.
/// </summary>
internal sealed unsafe class LabelDecoder
{
    private const int Overhead = 18;
    private readonly SymbolTable _symbols;
    private Symbol[] _names = new Symbol[16];
    private Symbol[] _values = new Symbol[16];
    private byte[] _bytes = new byte[512];

    public LabelDecoder(SymbolTable symbols)
    {
        _symbols = symbols;
    }

    /// <summary>Reads the labels of an entry that was just opened; valid until the next call.</summary>
    /// <exception cref="CorruptionException">A symbol is referred to that there is not.</exception>
    public ReadOnlySpan<byte> Read(ref SeriesEntry entry)
    {
        int length = 0;
        for (int i = 0; entry.MoveNextLabel(); i++)
        {
            if (i == _names.Length)
            {
                Array.Resize(ref _names, i * 2);
                Array.Resize(ref _values, i * 2);
            }

            ReadOnlySpan<byte> name = Text(ref _names[i], entry.Name);
            ReadOnlySpan<byte> value = Text(ref _values[i], entry.Value);
            if (value.IsEmpty)
            {
                continue;
            }

            int needed = length + name.Length + value.Length + Overhead;
            if (needed > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
            }

            length = LabelBytes.Write(_bytes, length, name, value);
        }

        return _bytes.AsSpan(0, length);
    }

    // Pointers: texts lie in the mapped file, which stays where it is.
    private ReadOnlySpan<byte> Text(ref Symbol last, uint reference)
    {
        if (last.Text == null || last.Reference != reference)
        {
            ReadOnlySpan<byte> text = _symbols.Get(reference);
            fixed (byte* start = text)
            {
                last = new Symbol { Reference = reference, Text = start, Length = text.Length };
            }
        }

        return new ReadOnlySpan<byte>(last.Text, last.Length);
    }

    private struct Symbol
    {
        public uint Reference;
        public int Length;
        public byte* Text;
    }
}
