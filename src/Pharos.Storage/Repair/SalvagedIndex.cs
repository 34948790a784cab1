using System.Buffers.Binary;
using Pharos.Storage.Blocks;
using Pharos.Storage.Native;

namespace Pharos.Storage.Repair;

/// <summary>
/// What can be read of a block's index without its tables: the symbols, which must be whole, and the series that are, each of which has a checksum. Of version 1, whose series
/// begin anywhere, only what the tables name. Not thread-safe.
/// </summary>
internal sealed unsafe class SalvagedIndex : IDisposable
{
    private const int HeaderBytes = 5;
    private const int ContentsBytes = 6 * sizeof(ulong);
    private const int Alignment = 16;

    // Labels are told from noise by the checksum; what has none of them is padding.
    private const int LeastEntryBytes = 3;
    private readonly MappedFile _file;

    /// <exception cref="CorruptionException">The symbols are damaged: what the series are called cannot be trusted.</exception>
    /// <exception cref="IOException">There is no index.</exception>
    public SalvagedIndex(string path)
    {
        _file = new MappedFile(path);
        try
        {
            ReadOnlySpan<byte> header = _file.Slice(0, (int)Math.Min(HeaderBytes, _file.Length));
            Version = header.Length == HeaderBytes && header[4] == 1 ? 1 : 2;
            Span<long> contents = stackalloc long[ContentsBytes / sizeof(ulong)];
            bool hasContents = TryReadContents(contents);
            long symbols = hasContents ? contents[0] : HeaderBytes;
            Symbols = new SymbolTable(_file, symbols, byOffset: Version == 1);
            long symbolsEnd = symbols + sizeof(uint) + BinaryPrimitives.ReadUInt32BigEndian(_file.Slice(symbols, sizeof(uint))) + sizeof(uint);
            Start = hasContents ? contents[1] : symbolsEnd;
            End = hasContents && contents[2] > contents[1] ? contents[2] : _file.Length;
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public int Version { get; }

    public SymbolTable Symbols { get; }

    private long Start { get; }

    private long End { get; }

    /// <summary>References of all series that have a whole entry, ascending.</summary>
    public List<uint> FindSeries()
    {
        var found = new List<uint>();
        if (Version == 1)
        {
            return found;
        }

        long offset = (Start + Alignment - 1) / Alignment * Alignment;
        while (offset < End)
        {
            if (TryOpen((uint)(offset / Alignment), out long end))
            {
                found.Add((uint)(offset / Alignment));
                offset = (end + Alignment - 1) / Alignment * Alignment;
            }
            else
            {
                offset += Alignment;
            }
        }

        return found;
    }

    /// <summary>The entry of a series that is whole.</summary>
    /// <exception cref="CorruptionException">It is damaged.</exception>
    public SeriesEntry Open(uint series) => new(SectionReader.OpenEntry(_file, Version == 1 ? series : (long)series * Alignment, verify: true));

    public void Dispose() => _file.Dispose();

    private bool TryReadContents(Span<long> contents)
    {
        long offset = _file.Length - ContentsBytes - sizeof(uint);
        if (offset < HeaderBytes)
        {
            return false;
        }

        try
        {
            SectionReader.Verify(_file, offset, ContentsBytes);
        }
        catch (CorruptionException)
        {
            return false;
        }

        var reader = new SectionReader(_file, offset, ContentsBytes);
        foreach (ref long place in contents)
        {
            place = (long)Math.Min(reader.ReadUInt64(), (ulong)offset);
        }

        return true;
    }

    // Whether a whole entry begins there, and where it ends, its checksum included. All of it is read: an entry that the checksum says is whole may still be none.
    private bool TryOpen(uint series, out long end)
    {
        end = 0;
        try
        {
            SectionReader body = SectionReader.OpenEntry(_file, (long)series * Alignment, verify: true);
            if (body.Remaining < LeastEntryBytes)
            {
                return false;
            }

            end = body.Offset + body.Remaining + sizeof(uint);
            var entry = new SeriesEntry(body);
            int labels = 0;
            while (entry.MoveNextLabel())
            {
                Symbols.Get(entry.Name);
                Symbols.Get(entry.Value);
                labels++;
            }

            while (entry.MoveNextChunk())
            {
                // Read through.
            }

            return labels > 0;
        }
        catch (CorruptionException)
        {
            return false;
        }
    }
}
