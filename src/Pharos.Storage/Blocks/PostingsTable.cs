using System.Globalization;
using System.Text;
using Pharos.Storage.Native;

namespace Pharos.Storage.Blocks;

/// <summary>
/// Where in a block's index the list of series of each label pair is. The table stays in the file; kept in memory is where every 32nd value of a name stands, 4 bytes each, and in
/// version 1, whose tables need not be sorted, where every value stands. Immutable, usable from any thread as long as the file is open.
/// Format: upstream's tsdb/docs/format/index.md, Postings Offset Table.
/// </summary>
internal sealed class PostingsTable
{
    private const int SortedStride = 32;
    private const ulong KeysOfEntry = 2;
    private readonly MappedFile _file;
    private readonly long _start;
    private readonly long _end;
    private readonly int _stride;
    private readonly Dictionary<string, LabelPostings> _names = new(StringComparer.Ordinal);
    private readonly uint[] _places;

    /// <summary>Reads the section once and compares its checksum.</summary>
    /// <param name="file">The index.</param>
    /// <param name="offset">Where the section is; 0: there is none.</param>
    /// <param name="isSorted">Whether entries come by name and value, as from version 2 on.</param>
    /// <exception cref="CorruptionException">The section is damaged.</exception>
    public PostingsTable(MappedFile file, long offset, bool isSorted)
    {
        _file = file;
        _stride = isSorted ? SortedStride : 1;
        if (offset == 0)
        {
            _places = [];
            return;
        }

        SectionReader reader = SectionReader.OpenSection(file, offset, verify: true);
        _start = reader.Offset;
        _end = _start + reader.Remaining;
        uint count = reader.ReadUInt32();
        var places = new List<uint>();
        if (isSorted)
        {
            ReadSorted(ref reader, count, places);
        }
        else
        {
            ReadUnsorted(ref reader, count, places);
        }

        _places = [.. places];
    }

    /// <summary>The label names, in no order; the empty one, under which all series are listed, is among them.</summary>
    public IReadOnlyCollection<string> Names => _names.Keys;

    /// <summary>Bytes of the table in memory, names aside.</summary>
    public long HeldBytes => (long)_places.Length * sizeof(uint);

    /// <summary>The values of a name.</summary>
    public bool TryGet(string name, out LabelPostings values) => _names.TryGetValue(name, out values);

    /// <summary>Finds the list of a value: its place in the file.</summary>
    public bool TryFind(LabelPostings values, ReadOnlySpan<byte> value, out long list)
    {
        ValueCursor cursor = Open(values, value);
        bool found = cursor.MoveNext() && cursor.Value.SequenceEqual(value);
        list = found ? cursor.List : 0;
        return found;
    }

    /// <summary>A walk over the values of a name, ascending as bytes, from the first on that is not below <paramref name="from"/>.</summary>
    public ValueCursor Open(LabelPostings values, ReadOnlySpan<byte> from = default)
    {
        var cursor = new ValueCursor(this, values);
        if (from.IsEmpty)
        {
            return cursor;
        }

        int samples = (values.Count + _stride - 1) / _stride;
        int low = 0;
        int high = samples;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            ReadEntry(_places[values.First + middle], out ReadOnlySpan<byte> sample, out _);
            if (sample.SequenceCompareTo(from) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        cursor.SkipTo(Math.Max(0, low - 1) * _stride, from);
        return cursor;
    }

    /// <summary>Reads the series of a list, ascending, into the places, of which there are <see cref="CountOf"/>.</summary>
    /// <exception cref="CorruptionException">The list is damaged.</exception>
    public void ReadList(long list, Span<uint> series)
    {
        SectionReader reader = SectionReader.OpenSection(_file, list, verify: true);
        reader.ReadUInt32();
        uint last = 0;
        for (int i = 0; i < series.Length; i++)
        {
            uint reference = reader.ReadUInt32();
            if (i > 0 && reference <= last)
            {
                throw reader.Damage("the series of a list are not ascending");
            }

            last = reference;
            series[i] = reference;
        }
    }

    /// <summary>How many series a list has.</summary>
    /// <exception cref="CorruptionException">It is not as long as it says.</exception>
    public int CountOf(long list)
    {
        SectionReader reader = SectionReader.OpenSection(_file, list, verify: false);
        uint count = reader.ReadUInt32();
        return reader.Remaining == (long)count * sizeof(uint) && count <= Array.MaxLength
            ? (int)count
            : throw reader.Damage(string.Create(CultureInfo.InvariantCulture, $"{reader.Remaining} bytes of {count} series"));
    }

    // Returns where the entry ends.
    private long ReadEntry(uint place, out ReadOnlySpan<byte> value, out long list)
    {
        var reader = new SectionReader(_file, _start + place, _end - _start - place);
        ReadKeys(ref reader, out _, out value);
        list = ReadPlace(ref reader);
        return reader.Offset;
    }

    private static void ReadKeys(scoped ref SectionReader reader, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ulong keys = reader.ReadUvarint();
        if (keys != KeysOfEntry)
        {
            throw reader.Damage(string.Create(CultureInfo.InvariantCulture, $"an entry of the postings offset table has {keys} keys and not 2"));
        }

        name = reader.ReadText();
        value = reader.ReadText();
    }

    private static long ReadPlace(scoped ref SectionReader reader)
    {
        ulong place = reader.ReadUvarint();
        return place <= long.MaxValue ? (long)place : throw reader.Damage("a list of series beyond the file");
    }

    private void ReadSorted(ref SectionReader reader, uint count, List<uint> places)
    {
        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> value = default;
        int first = 0;
        int values = 0;
        for (uint i = 0; i < count; i++)
        {
            uint place = (uint)(reader.Offset - _start);
            ReadKeys(ref reader, out ReadOnlySpan<byte> nextName, out ReadOnlySpan<byte> nextValue);
            ReadPlace(ref reader);
            int order = values == 0 ? -1 : name.SequenceCompareTo(nextName);
            if (order > 0 || (order == 0 && value.SequenceCompareTo(nextValue) >= 0))
            {
                throw reader.Damage("the postings offset table is not sorted");
            }

            if (order < 0 && values > 0)
            {
                AddName(ref reader, name, first, values);
                values = 0;
            }

            if (values == 0)
            {
                first = places.Count;
            }

            if (values++ % SortedStride == 0)
            {
                places.Add(place);
            }

            name = nextName;
            value = nextValue;
        }

        if (values > 0)
        {
            AddName(ref reader, name, first, values);
        }
    }

    private void ReadUnsorted(ref SectionReader reader, uint count, List<uint> places)
    {
        for (uint i = 0; i < count; i++)
        {
            places.Add((uint)(reader.Offset - _start));
            ReadKeys(ref reader, out _, out _);
            ReadPlace(ref reader);
        }

        places.Sort(Compare);
        for (int first = 0; first < places.Count;)
        {
            ReadOnlySpan<byte> name = NameAt(places[first]);
            int end = first + 1;
            while (end < places.Count && NameAt(places[end]).SequenceEqual(name))
            {
                end++;
            }

            AddName(ref reader, name, first, end - first);
            first = end;
        }
    }

    private int Compare(uint left, uint right)
    {
        int order = NameAt(left).SequenceCompareTo(NameAt(right));
        if (order != 0)
        {
            return order;
        }

        ReadEntry(left, out ReadOnlySpan<byte> leftValue, out _);
        ReadEntry(right, out ReadOnlySpan<byte> rightValue, out _);
        return leftValue.SequenceCompareTo(rightValue);
    }

    private ReadOnlySpan<byte> NameAt(uint place)
    {
        var reader = new SectionReader(_file, _start + place, _end - _start - place);
        ReadKeys(ref reader, out ReadOnlySpan<byte> name, out _);
        return name;
    }

    private void AddName(scoped ref SectionReader reader, ReadOnlySpan<byte> name, int first, int count)
    {
        if (!_names.TryAdd(Encoding.UTF8.GetString(name), new LabelPostings(first, count)))
        {
            throw reader.Damage($"the label name \"{Encoding.UTF8.GetString(name)}\" occurs twice in the postings offset table");
        }
    }

    /// <summary>A walk over values and their lists. What it shows is valid as long as the file is open.</summary>
    internal ref struct ValueCursor
    {
        private readonly PostingsTable _table;
        private readonly LabelPostings _values;
        private int _next;
        private uint _place;

        public ValueCursor(PostingsTable table, LabelPostings values)
        {
            _table = table;
            _values = values;
        }

        public ReadOnlySpan<byte> Value { get; private set; }

        /// <summary>Where the series of the value are listed.</summary>
        public long List { get; private set; }

        public bool MoveNext()
        {
            if (_next >= _values.Count)
            {
                return false;
            }

            if (_next % _table._stride == 0)
            {
                _place = _table._places[_values.First + (_next / _table._stride)];
            }

            long end = _table.ReadEntry(_place, out ReadOnlySpan<byte> value, out long list);
            _place = (uint)(end - _table._start);
            Value = value;
            List = list;
            _next++;
            return true;
        }

        // Stands before the first value from the number on, a multiple of the stride, that is not below the text.
        internal void SkipTo(int number, ReadOnlySpan<byte> from)
        {
            _next = number;
            while (_next < _values.Count)
            {
                ValueCursor before = this;
                MoveNext();
                if (Value.SequenceCompareTo(from) >= 0)
                {
                    this = before;
                    return;
                }
            }
        }
    }
}
