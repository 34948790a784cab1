using System.Globalization;
using Pharos.Storage.Native;

namespace Pharos.Storage.Blocks;

/// <summary>
/// The texts of a block's labels, ascending as bytes. Only where every 32nd begins is kept in memory, 4 bytes each. Immutable, usable from any thread as long as the file is open.
/// Format: upstream's tsdb/docs/format/index.md.
/// </summary>
internal sealed class SymbolTable
{
    private const int Stride = 32;
    private readonly MappedFile _file;
    private readonly bool _byOffset;
    private readonly long _start;
    private readonly long _end;
    private readonly uint[] _samples;

    /// <summary>Reads the section once and compares its checksum.</summary>
    /// <param name="file">The index.</param>
    /// <param name="offset">Where the section is; 0: there are no symbols.</param>
    /// <param name="byOffset">Whether references are places in the file, as in version 1, and not numbers.</param>
    /// <exception cref="CorruptionException">The section is damaged.</exception>
    public SymbolTable(MappedFile file, long offset, bool byOffset)
    {
        _file = file;
        _byOffset = byOffset;
        if (offset == 0)
        {
            _samples = [];
            return;
        }

        SectionReader reader = SectionReader.OpenSection(file, offset, verify: true);
        _start = reader.Offset;
        _end = _start + reader.Remaining;
        uint count = reader.ReadUInt32();
        if (count > reader.Remaining)
        {
            throw reader.Damage(string.Create(CultureInfo.InvariantCulture, $"{count} symbols in {reader.Remaining} bytes"));
        }

        Count = count;
        _samples = new uint[(count + Stride - 1) / Stride];
        ReadOnlySpan<byte> last = default;
        for (uint i = 0; i < count; i++)
        {
            if (i % Stride == 0)
            {
                _samples[i / Stride] = (uint)(reader.Offset - _start);
            }

            ReadOnlySpan<byte> symbol = reader.ReadText();
            if (i > 0 && last.SequenceCompareTo(symbol) >= 0)
            {
                throw reader.Damage("the symbols are not ascending");
            }

            last = symbol;
        }
    }

    /// <summary>How many there are.</summary>
    public uint Count { get; }

    /// <summary>Bytes of the table in memory.</summary>
    public long HeldBytes => (long)_samples.Length * sizeof(uint);

    /// <summary>The text of a reference; valid as long as the file is open.</summary>
    /// <exception cref="CorruptionException">The reference names nothing.</exception>
    public ReadOnlySpan<byte> Get(uint reference)
    {
        SectionReader reader;
        if (_byOffset)
        {
            if (reference < _start + sizeof(uint) || reference >= _end)
            {
                throw new CorruptionException(_file.Path, reference, "a symbol is referred to outside of the symbol table");
            }

            reader = new SectionReader(_file, reference, _end - reference);
            return reader.ReadText();
        }

        if (reference >= Count)
        {
            throw new CorruptionException(_file.Path, _start, string.Create(CultureInfo.InvariantCulture, $"symbol {reference} is referred to, there are {Count}"));
        }

        reader = At((int)(reference / Stride));
        for (uint i = reference % Stride; i > 0; i--)
        {
            reader.ReadText();
        }

        return reader.ReadText();
    }

    /// <summary>Finds the reference of a text.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out uint reference)
    {
        reference = 0;
        int low = 0;
        int high = _samples.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            SectionReader sample = At(middle);
            if (sample.ReadText().SequenceCompareTo(text) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low == 0)
        {
            return false;
        }

        SectionReader reader = At(low - 1);
        uint number = (uint)(low - 1) * Stride;
        for (uint end = Math.Min(Count, number + Stride); number < end; number++)
        {
            long place = reader.Offset;
            int order = reader.ReadText().SequenceCompareTo(text);
            if (order >= 0)
            {
                reference = _byOffset ? (uint)place : number;
                return order == 0;
            }
        }

        return false;
    }

    /// <summary>A walk over all texts.</summary>
    public ISymbolCursor OpenCursor() => new Cursor(this);

    private SectionReader At(int sample) => new(_file, _start + _samples[sample], _end - _start - _samples[sample]);

    private sealed class Cursor(SymbolTable table) : ISymbolCursor
    {
        private long _next = table._start + sizeof(uint);
        private uint _left = table.Count;
        private long _text;
        private int _length;

        public ReadOnlySpan<byte> Current => table._file.Slice(_text, _length);

        public bool MoveNext()
        {
            if (_left == 0)
            {
                return false;
            }

            _left--;
            var reader = new SectionReader(table._file, _next, table._end - _next);
            _length = reader.ReadText().Length;
            _next = reader.Offset;
            _text = _next - _length;
            return true;
        }

        public void Dispose() => _left = 0;
    }
}
