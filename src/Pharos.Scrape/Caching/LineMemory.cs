using System.Buffers;
using System.Runtime.InteropServices;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Caching;

/// <summary>
/// The lines of a target's last scrape in their order, so that the next one can be compared with them. Where a scrape differs, the lines from there
/// on are traced and put in place of the old ones at its end; a scrape that fails leaves the memory as it was. Not thread-safe.
/// </summary>
internal sealed class LineMemory
{
    private readonly List<KnownLine> _lines = [];
    private readonly List<KnownBlock> _blocks = [];
    private readonly List<FamilyMetadata> _families = [];
    private readonly List<FamilyMetadata> _tailFamilies = [];
    private byte[] _bytes = [];
    private int _bytesLength;
    private byte[] _tail = [];
    private Traced[]? _trace;
    private int _traceLength;
    private List<FamilyMetadata>? _traceFamilies;
    private int _kept;

    /// <summary>How many lines are remembered.</summary>
    public int Count => _lines.Count;

    /// <summary>Whether this scrape was found to differ from the last.</summary>
    public bool IsChanging => _trace is not null;

    /// <summary>The lines of the last scrape.</summary>
    public ReadOnlySpan<KnownLine> Lines => CollectionsMarshal.AsSpan(_lines); // the list does not change while a scrape compares

    /// <summary>The bytes between the sample before and this line's; often none.</summary>
    public ReadOnlySpan<byte> Before(KnownLine line) =>
        line.Block < 0 ? [] : _bytes.AsSpan(_blocks[line.Block].Start, _blocks[line.Block].Length);

    /// <summary>Says that a block stood here again; the type that holds behind it.</summary>
    public MetricType Touch(int block, int scrape)
    {
        KnownBlock known = _blocks[block];
        for (int i = 0; i < known.FamilyCount; i++)
        {
            _families[known.FirstFamily + i].LastSeen = scrape;
        }

        return known.Type;
    }

    /// <summary>The unit that holds behind a block.</summary>
    public byte[] UnitBehind(int block) => _blocks[block].Unit;

    /// <summary>Whether the body ends behind its last sample as the last one did.</summary>
    public bool IsTail(ReadOnlySpan<byte> rest, int scrape)
    {
        if (_tail.Length == 0 || !rest.SequenceEqual(_tail))
        {
            return false;
        }

        foreach (FamilyMetadata family in _tailFamilies)
        {
            family.LastSeen = scrape;
        }

        return true;
    }

    /// <summary>From here on the scrape is traced. <paramref name="line"/> is the first that differs; those before stay.</summary>
    public void BeginChange(int line)
    {
        _kept = line;
        _trace = ArrayPool<Traced>.Shared.Rent(Math.Max(64, _lines.Count - line));
        _traceLength = 0;
        _traceFamilies = [];
    }

    /// <summary>Traces a line that is as it was, <paramref name="start"/> being where its block begins in the body.</summary>
    public void Trace(KnownLine line, int start)
    {
        int first = _traceFamilies!.Count;
        KnownBlock block = line.Block < 0 ? default : _blocks[line.Block];
        for (int i = 0; i < block.FamilyCount; i++)
        {
            _traceFamilies.Add(_families[block.FirstFamily + i]);
        }

        Add(new Traced(line.Series, start, block.Length, block.Type, block.Unit, first));
    }

    /// <summary>Traces a line that was read anew.</summary>
    public void Trace(int series, int start, int blockLength, MetricType type, byte[] unit, List<FamilyMetadata> families)
    {
        int first = _traceFamilies!.Count;
        _traceFamilies.AddRange(families);
        Add(new Traced(series, start, blockLength, type, unit, first));
    }

    /// <summary>Remembers what stands behind the last sample.</summary>
    public void SetTail(ReadOnlySpan<byte> rest, List<FamilyMetadata> families)
    {
        _tail = rest.ToArray();
        _tailFamilies.Clear();
        _tailFamilies.AddRange(families);
    }

    /// <summary>Puts the traced lines in place of the old ones, and tells the table where each series stands.</summary>
    public void Commit(ReadOnlySpan<byte> body, SeriesTable table)
    {
        TruncateTo(_kept);
        ReadOnlySpan<FamilyMetadata> families = CollectionsMarshal.AsSpan(_traceFamilies!);
        for (int i = 0; i < _traceLength; i++)
        {
            Traced traced = _trace![i];
            int lastFamily = i + 1 < _traceLength ? _trace[i + 1].FirstFamily : families.Length;
            int block = -1;
            if (traced.BlockLength > 0)
            {
                block = _blocks.Count;
                AddBlock(body.Slice(traced.Start, traced.BlockLength), traced, families[traced.FirstFamily..lastFamily]);
            }

            table[traced.Series].Line = _lines.Count;
            _lines.Add(new KnownLine(traced.Series, block));
        }

        Abandon();
    }

    /// <summary>Forgets what was traced.</summary>
    public void Abandon()
    {
        if (_trace is { } trace)
        {
            _trace = null;
            _traceFamilies = null;
            ArrayPool<Traced>.Shared.Return(trace);
        }
    }

    /// <summary>Follows series that got other indices; lines of series that went are forgotten, and all behind them.</summary>
    public void Renumber(int[] moved)
    {
        for (int i = 0; i < _lines.Count; i++)
        {
            int series = moved[_lines[i].Series];
            if (series < 0)
            {
                TruncateTo(i);
                return;
            }

            _lines[i] = _lines[i] with { Series = series };
        }
    }

    private void Add(Traced traced)
    {
        if (_traceLength == _trace!.Length)
        {
            Traced[] larger = ArrayPool<Traced>.Shared.Rent(_trace.Length * 2);
            _trace.AsSpan(0, _traceLength).CopyTo(larger);
            ArrayPool<Traced>.Shared.Return(_trace);
            _trace = larger;
        }

        _trace[_traceLength++] = traced;
    }

    private void AddBlock(ReadOnlySpan<byte> text, Traced traced, ReadOnlySpan<FamilyMetadata> families)
    {
        if (_bytesLength + text.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _bytesLength + text.Length));
        }

        text.CopyTo(_bytes.AsSpan(_bytesLength));
        _blocks.Add(new KnownBlock(_bytesLength, text.Length, traced.Type, traced.Unit, _families.Count, families.Length));
        _bytesLength += text.Length;
        foreach (FamilyMetadata family in families)
        {
            _families.Add(family);
        }
    }

    private void TruncateTo(int lines)
    {
        int blocks = 0;
        for (int i = lines - 1; i >= 0 && blocks == 0; i--)
        {
            blocks = _lines[i].Block + 1;
        }

        if (blocks < _blocks.Count)
        {
            _bytesLength = _blocks[blocks].Start;
            _families.RemoveRange(_blocks[blocks].FirstFamily, _families.Count - _blocks[blocks].FirstFamily);
            _blocks.RemoveRange(blocks, _blocks.Count - blocks);
        }

        _lines.RemoveRange(lines, _lines.Count - lines);
    }

    private readonly record struct Traced(int Series, int Start, int BlockLength, MetricType Type, byte[] Unit, int FirstFamily);
}
