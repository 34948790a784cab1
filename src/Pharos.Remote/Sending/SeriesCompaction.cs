using System.Buffers.Binary;
using Pharos.Core.Hashing;

namespace Pharos.Remote.Sending;

/// <summary>Moves the series that are still used, their texts and their metadata to fresh memory. Used once.</summary>
internal sealed class SeriesCompaction
{
    private readonly ByteArena _oldArena;
    private readonly SymbolTable _oldSymbols;
    private readonly List<CachedMetadata> _oldMetadata;
    private readonly bool _areSymbols;
    private readonly int[] _movedMetadata;
    private readonly ProtoBuffer _moved = new();

    public SeriesCompaction(ByteArena arena, SymbolTable symbols, List<CachedMetadata> metadata, KeyedHasher hasher, bool areSymbols)
    {
        _oldArena = arena;
        _oldSymbols = symbols;
        _oldMetadata = metadata;
        _areSymbols = areSymbols;
        _movedMetadata = new int[metadata.Count];
        Symbols = new SymbolTable(hasher);
    }

    public ByteArena Arena { get; } = new();

    public SymbolTable Symbols { get; }

    public List<CachedMetadata> Metadata { get; } = [default];

    /// <summary>Moves what is used of a page of series; false when that is nothing.</summary>
    public bool Move(CachedSeries[] page)
    {
        bool any = false;
        for (int i = 0; i < page.Length; i++)
        {
            ref CachedSeries series = ref page[i];
            if (!series.IsUsed || series.State == CachedState.Missing)
            {
                series = default;
                continue;
            }

            series.IsUsed = false;
            any = true;
            if (series.State == CachedState.Kept)
            {
                Move(ref series);
            }
        }

        return any;
    }

    private void Move(ref CachedSeries series)
    {
        ReadOnlySpan<byte> labels = _oldArena.Get(series.Page, series.Offset, series.Length);
        (series.Page, series.Offset) = Arena.Add(_areSymbols ? Renumber(labels) : labels);
        if (series.Metadata == 0)
        {
            return;
        }

        ref int moved = ref _movedMetadata[series.Metadata];
        if (moved == 0)
        {
            CachedMetadata old = _oldMetadata[series.Metadata];
            moved = Metadata.Count;
            Metadata.Add(old with { Unit = Symbols.Intern(_oldSymbols.Get(old.Unit)), Help = Symbols.Intern(_oldSymbols.Get(old.Help)) });
        }

        series.Metadata = moved;
    }

    private ReadOnlySpan<byte> Renumber(ReadOnlySpan<byte> symbols)
    {
        _moved.Clear();
        Span<byte> number = stackalloc byte[sizeof(int)];
        for (; !symbols.IsEmpty; symbols = symbols[sizeof(int)..])
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, Symbols.Intern(_oldSymbols.Get(BinaryPrimitives.ReadInt32LittleEndian(symbols))));
            _moved.Put(number);
        }

        return _moved.Written;
    }
}
