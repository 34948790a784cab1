using System.Runtime.InteropServices;
using System.Text;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Storage.Index;
using Pharos.Storage.Native;

namespace Pharos.Storage.Head;

/// <summary>
/// The series of the head: their lines, labels, hash table and postings, all outside the collected heap and all indexed by reference. A reference is the series' number in the
/// write-ahead log, so that nothing is translated between the two; it is never used twice.
/// </summary>
/// <remarks>
/// <see cref="Index"/> guards symbols, shapes, labels being made and postings: taken for writing to add or drop series, for reading to select. Lookup by hash takes no lock.
/// What a reader holds (labels, symbols) stays until its epoch has passed. Pointers: arrays over reserved regions, indexed by references up to <see cref="Capacity"/>.
/// </remarks>
internal sealed unsafe class SeriesStore : IDisposable
{
    private const long WishedSeries = 1L << 31;
    private const uint LinesPerPage = 4096 / HotLine.Bytes;
    private readonly NativeRegion _lineRegion;
    private readonly NativeRegion _labelRegion;
    private readonly NativeRegion _lowHashRegion;
    private readonly PagedArena _labelArena;
    private readonly PostingsPool _postings;
    private readonly Dictionary<uint, LabelIndex> _labelIndexes = [];
    private readonly uint* _labels;
    private readonly uint* _lowHashes;
    private IndexedLabel[] _last = new IndexedLabel[32];
    private uint _lastReference;

    public SeriesStore(KeyedHasher hasher)
    {
        Hasher = hasher;
        _lineRegion = new NativeRegion(WishedSeries * HotLine.Bytes, 64L << 20);
        _labelRegion = new NativeRegion(WishedSeries * sizeof(uint), 4L << 20);
        _lowHashRegion = new NativeRegion(WishedSeries * sizeof(uint), 4L << 20);
        Capacity = (uint)Math.Min(_lineRegion.Size / HotLine.Bytes, Math.Min(_labelRegion.Size, _lowHashRegion.Size) / sizeof(uint));
        Lines = (HotLine*)_lineRegion.Start;
        _labels = (uint*)_labelRegion.Start;
        _lowHashes = (uint*)_lowHashRegion.Start;
        _labelArena = new PagedArena("labels", 16L << 30);
        _postings = new PostingsPool(16L << 30);
        Symbols = new InternTable("symbols", hasher, 16L << 30);
        Shapes = new InternTable("label shapes", hasher, 4L << 30);
        Table = new SeriesTable(Lines, _lowHashes);
    }

    public KeyedHasher Hasher { get; }

    public HotLine* Lines { get; }

    /// <summary>References are below this.</summary>
    public uint Capacity { get; }

    public InternTable Symbols { get; }

    /// <summary>Lists of name ids; series of one shape have the same label names.</summary>
    public InternTable Shapes { get; }

    public SeriesTable Table { get; }

    public ReaderWriterLockSlim Index { get; } = new(LockRecursionPolicy.SupportsRecursion);

    /// <summary>The greatest reference given out.</summary>
    public uint LastReference => Volatile.Read(ref _lastReference);

    /// <summary>Series alive.</summary>
    public int Count => Table.Count;

    /// <summary>Distinct pairs of name and value. Under the index lock.</summary>
    public IReadOnlyDictionary<uint, LabelIndex> LabelIndexes => _labelIndexes;

    /// <summary>Whether the store surely has room for one more series with so many bytes of labels.</summary>
    public bool HasRoom(long bytes) =>
        _lastReference + 1 < Capacity && _labelArena.RemainingBytes > bytes + (1 << 20) && Symbols.HasRoom(2 * bytes) && Shapes.HasRoom(bytes);

    /// <summary>Makes a series. Under the index lock, for writing; the hash is in no other series.</summary>
    /// <param name="reference">At least 1, never given out before, below <see cref="Capacity"/>.</param>
    /// <param name="labelBytes">Canonical.</param>
    /// <param name="hash">Of the label bytes.</param>
    public void Add(uint reference, ReadOnlySpan<byte> labelBytes, Hash128 hash)
    {
        int count = 0;
        while (labelBytes.Length > 0)
        {
            LabelBytes.Read(ref labelBytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            if (count == _last.Length)
            {
                Array.Resize(ref _last, count * 2);
            }

            AddLabel(ref _last[count++], reference, name, value);
        }

        AddShape(reference, _last.AsSpan(0, count));
        _lowHashes[reference] = (uint)hash.Low;
        HotLine* line = Lines + reference;
        line->Time = long.MinValue;
        line->Identity = hash.High;
        line->State = SeriesState.Alive;
        SkipTo(reference);
        Table.Add(hash, reference);
    }

    /// <summary>Gives no reference up to this one out any more.</summary>
    public void SkipTo(uint reference)
    {
        if (reference > _lastReference)
        {
            Volatile.Write(ref _lastReference, reference);
        }
    }

    /// <summary>What tells the series from all others, by the hash of its label bytes; for a reference in use.</summary>
    public SeriesIdentity IdentityOf(uint reference) => new(Lines[reference].Identity, _lowHashes[reference]);

    /// <summary>The shape of a series; 0 for a reference without labels.</summary>
    public uint ShapeOf(uint reference)
    {
        uint unit = _labels[reference];
        return unit == 0 ? 0 : *(uint*)_labelArena.At(unit);
    }

    /// <summary>The value ids of a series in the order of its shape's names; valid as long as the series.</summary>
    public ReadOnlySpan<uint> ValuesOf(uint reference)
    {
        uint unit = _labels[reference];
        if (unit == 0)
        {
            return [];
        }

        var item = (uint*)_labelArena.At(unit);
        return new ReadOnlySpan<uint>(item + 1, NamesOf(*item).Length);
    }

    /// <summary>The id of a series' value at a place of its shape.</summary>
    public uint ValueAt(uint reference, int position) => ((uint*)_labelArena.At(_labels[reference]))[position + 1];

    /// <summary>The name ids of a shape, in the order of the names.</summary>
    public ReadOnlySpan<uint> NamesOf(uint shape) => MemoryMarshal.Cast<byte, uint>(Shapes.Get(shape));

    /// <summary>The id of a series' value of a label; 0 when it has none.</summary>
    public uint ValueOf(uint reference, uint name)
    {
        uint shape = ShapeOf(reference);
        int at = shape == 0 ? -1 : NamesOf(shape).IndexOf(name);
        return at < 0 ? 0 : ValuesOf(reference)[at];
    }

    /// <summary>A symbol as text.</summary>
    public string Text(uint symbol) => symbol == 0 ? "" : Encoding.UTF8.GetString(Symbols.Get(symbol));

    /// <summary>The labels of a series as an object.</summary>
    public Labels LabelsOf(uint reference)
    {
        uint shape = ShapeOf(reference);
        if (shape == 0)
        {
            return Labels.Empty;
        }

        ReadOnlySpan<uint> names = NamesOf(shape);
        ReadOnlySpan<uint> values = ValuesOf(reference);
        var labels = new Label[names.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = new Label(Text(names[i]), Text(values[i]));
        }

        return Labels.Of(labels);
    }

    /// <summary>Takes series out of table and postings; their labels stay for those who read them. Under the index lock, for writing; the lines say dropped already.</summary>
    public void Remove(HashSet<uint> dropped)
    {
        var pairs = new HashSet<(uint Name, uint Value)>();
        foreach (uint reference in dropped)
        {
            ReadOnlySpan<uint> names = NamesOf(ShapeOf(reference));
            ReadOnlySpan<uint> values = ValuesOf(reference);
            for (int i = 0; i < names.Length; i++)
            {
                pairs.Add((names[i], values[i]));
            }
        }

        foreach ((uint name, uint value) in pairs)
        {
            LabelIndex index = _labelIndexes[name];
            index.Remove(value, dropped);
            if (index.ValueCount == 0)
            {
                _labelIndexes.Remove(name);
            }
        }

        // What the next new series is compared with may be gone.
        Array.Clear(_last);
        Table.Clean(Table.Count - dropped.Count);
    }

    /// <summary>Gives the labels and lines of dropped series back, when nobody can read them any more. Under the index lock, for writing.</summary>
    public void Free(IEnumerable<uint> dropped)
    {
        Array.Clear(_last);
        uint lastPage = uint.MaxValue;
        foreach (uint reference in dropped)
        {
            uint shape = ShapeOf(reference);
            ReadOnlySpan<uint> names = NamesOf(shape);
            ReadOnlySpan<uint> values = ValuesOf(reference);
            for (int i = 0; i < names.Length; i++)
            {
                Symbols.Release(names[i]);
                Symbols.Release(values[i]);
            }

            _labelArena.Free(_labels[reference], (values.Length + 1) * sizeof(uint));
            _labels[reference] = 0;
            Shapes.Release(shape);
            if (reference / LinesPerPage != lastPage)
            {
                lastPage = reference / LinesPerPage;
                ReleaseLines(lastPage * LinesPerPage);
            }
        }
    }

    /// <summary>Adds what is held, by kind.</summary>
    public void CountMemory(Dictionary<string, long> bytes)
    {
        bytes["series"] = LastReference * (long)(HotLine.Bytes + (2 * sizeof(uint)));
        bytes["series_table"] = Table.HeldBytes;
        bytes["labels"] = _labelArena.HeldBytes;
        bytes["symbols"] = Symbols.HeldBytes + Shapes.HeldBytes;
        long indexes = 0;
        Index.EnterReadLock();
        foreach (LabelIndex index in _labelIndexes.Values)
        {
            indexes += index.HeldBytes;
        }

        bytes["postings"] = _postings.HeldBytes + indexes;
        Index.ExitReadLock();
    }

    public void Dispose()
    {
        _lineRegion.ReleaseAll();
        _labelRegion.ReleaseAll();
        _lowHashRegion.ReleaseAll();
        _labelArena.Dispose();
        _postings.Dispose();
        Symbols.Dispose();
        Shapes.Dispose();
        Table.Dispose();
    }

    // A page of lines that are all dropped gives its memory back and reads as never used, which means the same to all who ask.
    private void ReleaseLines(uint first)
    {
        if (first + LinesPerPage > _lastReference)
        {
            return;
        }

        for (uint i = 0; i < LinesPerPage; i++)
        {
            if (Lines[first + i].IsAlive)
            {
                return;
            }
        }

        _lineRegion.Release((long)first * HotLine.Bytes, LinesPerPage * HotLine.Bytes);
    }

    // A series mostly has the names of the series before it, and many of its values: compare with those before looking anything up.
    private void AddLabel(ref IndexedLabel last, uint reference, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (last.Name != 0 && Symbols.Get(last.Name).SequenceEqual(name))
        {
            Symbols.AddUser(last.Name);
        }
        else
        {
            last.Value = 0;
            last.Name = Symbols.Intern(name);
            if (!_labelIndexes.TryGetValue(last.Name, out last.Index))
            {
                last.Index = new LabelIndex(_postings);
                _labelIndexes.Add(last.Name, last.Index);
            }
        }

        if (last.Value != 0 && Symbols.Get(last.Value).SequenceEqual(value))
        {
            Symbols.AddUser(last.Value);
        }
        else
        {
            last.Value = Symbols.Intern(value);
        }

        last.Index!.Add(last.Value, reference);
    }

    private void AddShape(uint reference, ReadOnlySpan<IndexedLabel> labels)
    {
        uint unit = _labelArena.Allocate((labels.Length + 1) * sizeof(uint));
        var item = (uint*)_labelArena.At(unit);
        Span<uint> names = labels.Length <= 64 ? stackalloc uint[64] : new uint[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            names[i] = labels[i].Name;
            item[i + 1] = labels[i].Value;
        }

        *item = Shapes.Intern(MemoryMarshal.AsBytes(names[..labels.Length]));
        Volatile.Write(ref _labels[reference], unit);
    }

    private struct IndexedLabel
    {
        public uint Name;
        public uint Value;
        public LabelIndex? Index;
    }
}
