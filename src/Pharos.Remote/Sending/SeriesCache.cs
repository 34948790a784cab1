using System.Buffers.Binary;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <summary>
/// What a queue sends as the labels of each series, made once and found by reference. A cache: what is not used is forgotten and made again from the store, or from the
/// log where the store has forgotten it too. Used by one thread at a time.
/// </summary>
/// <remarks>Memory: 32 bytes a reference and the labels as they are sent (version 2: 8 bytes a label, and each text once); at most twice what is in use.</remarks>
internal sealed class SeriesCache
{
    private const int PageEntries = 1024;
    private const ulong MaxReference = 1UL << 31; // the store refuses greater ones
    private const long LeastCompaction = 4 << 20;

    private readonly ISampleLog _log;
    private readonly SeriesShaping _shaping;
    private readonly KeyedHasher _hasher = KeyedHasher.CreateRandom();
    private readonly Dictionary<CachedMetadata, int> _metadataIds = [];
    private readonly List<CachedMetadata> _metadata = [default];
    private readonly LabelsBuilder _builder = new();
    private readonly ProtoBuffer _encoded = new();
    private CachedSeries[]?[] _pages = [];
    private CachedSeries _nothing;
    private ByteArena _arena = new();
    private byte[] _labelBytes = [];
    private int _scannedSegment = -1;
    private long _compactAt = LeastCompaction;

    public SeriesCache(ISampleLog log, SeriesShaping shaping)
    {
        _log = log;
        _shaping = shaping;
        Symbols = new SymbolTable(_hasher);
    }

    /// <summary>Of version 2. Another one after a compaction.</summary>
    public SymbolTable Symbols { get; private set; }

    /// <summary>Bytes held for labels and texts.</summary>
    public long HeldBytes => _arena.HeldBytes + Symbols.HeldBytes;

    /// <summary>Whether half of it may be forgotten.</summary>
    public bool WantsCompaction => HeldBytes >= _compactAt;

    /// <summary>The series of a reference, made where it is not known. Valid until the next call.</summary>
    /// <param name="series">The reference.</param>
    /// <param name="position">Where in the log it was met.</param>
    public ref CachedSeries Get(SeriesRef series, LogPosition position)
    {
        ref CachedSeries entry = ref EntryOf(series);
        if (entry.State == CachedState.Unknown)
        {
            Load(series, position);
            entry = ref EntryOf(series);
        }

        entry.IsUsed = true;
        return ref entry;
    }

    /// <summary>What is sent as its labels; valid until a series is made.</summary>
    public ReadOnlySpan<byte> LabelsOf(in CachedSeries series) => _arena.Get(series.Page, series.Offset, series.Length);

    public CachedMetadata MetadataOf(in CachedSeries series) => _metadata[series.Metadata];

    /// <summary>Takes a description of a series that was met in the log.</summary>
    public void Add(SeriesRef series, ReadOnlySpan<byte> labelBytes)
    {
        ref CachedSeries entry = ref EntryOf(series);
        if (entry.State is CachedState.Unknown or CachedState.Missing && series.Value is > 0 and < MaxReference)
        {
            Make(ref entry, series, labelBytes);
        }
    }

    /// <summary>Takes metadata that was met in the log.</summary>
    public void SetMetadata(in SeriesMetadata metadata)
    {
        ref CachedSeries entry = ref EntryOf(metadata.Series);
        if (entry.State == CachedState.Kept && _shaping.IsVersion2)
        {
            CachedMetadata before = MetadataOf(entry);
            entry.Metadata = _shaping.TypeAndUnitLabels
                ? IdOf(before with { Help = Intern(metadata.Help) })
                : IdOf(new CachedMetadata(metadata.Type, Intern(metadata.Unit), Intern(metadata.Help)));
        }
    }

    /// <summary>Forgets what was not used since the last time. Numbers of texts and places of labels are others afterwards: no batch may be open.</summary>
    public void Compact()
    {
        var compaction = new SeriesCompaction(_arena, Symbols, _metadata, _hasher, _shaping.IsVersion2);
        for (int i = 0; i < _pages.Length; i++)
        {
            if (_pages[i] is { } page && !compaction.Move(page))
            {
                _pages[i] = null;
            }
        }

        (_arena, Symbols) = (compaction.Arena, compaction.Symbols);
        _metadata.Clear();
        _metadata.AddRange(compaction.Metadata);
        _metadataIds.Clear();
        for (int i = 1; i < _metadata.Count; i++)
        {
            _metadataIds[_metadata[i]] = i;
        }

        _compactAt = Math.Max(LeastCompaction, 2 * HeldBytes);
    }

    private ref CachedSeries EntryOf(SeriesRef series)
    {
        ulong page = series.Value / PageEntries;
        if (page < (ulong)_pages.Length && _pages[page] is { } entries)
        {
            return ref entries[series.Value % PageEntries];
        }

        if (series.Value >= MaxReference)
        {
            _nothing = new CachedSeries { State = CachedState.Missing };
            return ref _nothing;
        }

        if (page >= (ulong)_pages.Length)
        {
            Array.Resize(ref _pages, (int)Math.Max(page + 1, (ulong)_pages.Length * 2));
        }

        _pages[page] = new CachedSeries[PageEntries];
        return ref _pages[page]![series.Value % PageEntries];
    }

    private void Load(SeriesRef series, LogPosition position)
    {
        int length = _log.FindLabels(series, ref _labelBytes);
        if (length < 0 && _scannedSegment != position.Segment)
        {
            // The store dropped it while the queue was behind: the log still describes what it has samples of. Once a segment, for all such series.
            _scannedSegment = position.Segment;
            _log.ReadSeries(position, AddAll, CancellationToken.None);
        }

        ref CachedSeries entry = ref EntryOf(series);
        if (length >= 0)
        {
            Make(ref entry, series, _labelBytes.AsSpan(0, length));
        }
        else if (entry.State == CachedState.Unknown)
        {
            entry.State = CachedState.Missing;
        }
    }

    private void AddAll(LoggedRecord record)
    {
        for (int i = 0; i < record.SeriesCount; i++)
        {
            Add(record.GetSeries(i, out ReadOnlySpan<byte> labelBytes), labelBytes);
        }
    }

    private void Make(ref CachedSeries entry, SeriesRef series, ReadOnlySpan<byte> labelBytes)
    {
        if (!_shaping.ChangesLabels)
        {
            Keep(ref entry, series, labelBytes);
            return;
        }

        _builder.Reset();
        LabelEncoding.Read(labelBytes, _builder);
        foreach (Label label in _shaping.ExternalLabels.AsSpan())
        {
            if (!_builder.Contains(label.Name))
            {
                _builder.Set(label.Name, label.Value);
            }
        }

        if (!Relabeler.Process(_builder, _shaping.RelabelConfigs))
        {
            entry.State = CachedState.Dropped;
            return;
        }

        var changed = new ProtoBuffer();
        LabelEncoding.Write(_builder.ToLabels(), changed);
        Keep(ref entry, series, changed.Written);
    }

    private void Keep(ref CachedSeries entry, SeriesRef series, ReadOnlySpan<byte> labelBytes)
    {
        ReadOnlySpan<byte> sent = _shaping.IsVersion2 ? Symbolize(labelBytes) : labelBytes;
        (entry.Page, entry.Offset) = _arena.Add(sent);
        entry.Length = sent.Length;
        entry.State = CachedState.Kept;
        if (_shaping.IsVersion2)
        {
            entry.Metadata = _shaping.TypeAndUnitLabels ? IdOf(FromLabels(labelBytes)) : 0;
            if (_log.FindMetadata(series, out SeriesMetadata metadata))
            {
                SetMetadata(metadata);
            }
        }
    }

    private ReadOnlySpan<byte> Symbolize(ReadOnlySpan<byte> labelBytes)
    {
        _encoded.Clear();
        Span<byte> number = stackalloc byte[sizeof(int)];
        while (!labelBytes.IsEmpty)
        {
            LabelEncoding.Take(ref labelBytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            BinaryPrimitives.WriteInt32LittleEndian(number, Symbols.Intern(name));
            _encoded.Put(number);
            BinaryPrimitives.WriteInt32LittleEndian(number, Symbols.Intern(value));
            _encoded.Put(number);
        }

        return _encoded.Written;
    }

    // Where types and units are labels, these are what is sent as metadata too.
    private CachedMetadata FromLabels(ReadOnlySpan<byte> labelBytes)
    {
        MetricType type = MetricType.Unknown;
        int unit = 0;
        while (!labelBytes.IsEmpty)
        {
            LabelEncoding.Take(ref labelBytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            if (name.SequenceEqual("__unit__"u8))
            {
                unit = Symbols.Intern(value);
            }
            else if (name.SequenceEqual("__type__"u8))
            {
                string text = Encoding.UTF8.GetString(value);
                type = Array.Find(Enum.GetValues<MetricType>(), candidate => candidate.ToText() == text);
            }
        }

        return new CachedMetadata(type, unit, 0);
    }

    private int Intern(string text) => text.Length == 0 ? 0 : Symbols.Intern(Encoding.UTF8.GetBytes(text));

    private int IdOf(CachedMetadata metadata)
    {
        if (metadata == default)
        {
            return 0;
        }

        if (!_metadataIds.TryGetValue(metadata, out int id))
        {
            id = _metadata.Count;
            _metadata.Add(metadata);
            _metadataIds.Add(metadata, id);
        }

        return id;
    }
}
