using System.Globalization;
using Pharos.Storage.Native;

namespace Pharos.Storage.Blocks;

/// <summary>
/// The index of a block, mapped, versions 1 to 3. Symbols and postings offsets are read and checked when it is opened, series and lists of series each time. Usable from any thread.
/// Format: upstream's tsdb/docs/format/index.md; version 3 is read there as version 2 is.
/// </summary>
internal sealed class IndexReader : IDisposable
{
    /// <summary>The file's name in the block's folder.</summary>
    public const string Name = "index";

    private const uint Magic = 0xBAAAD700;
    private const int HeaderBytes = 5;
    private const int ContentsBytes = 6 * sizeof(ulong);
    private const int SeriesAlignment = 16;
    private readonly MappedFile _file;
    private readonly long _seriesEnd;

    /// <summary>Opens the file.</summary>
    /// <exception cref="CorruptionException">It is damaged, or of an unknown version.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public IndexReader(string path)
    {
        _file = new MappedFile(path);
        try
        {
            Version = ReadVersion(_file);
            Span<long> contents = stackalloc long[ContentsBytes / sizeof(ulong)];
            ReadContents(_file, contents);
            Symbols = new SymbolTable(_file, contents[0], byOffset: Version == 1);
            Postings = new PostingsTable(_file, contents[5], isSorted: Version != 1);
            _seriesEnd = _file.Length - ContentsBytes - sizeof(uint);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path => _file.Path;

    /// <summary>Version of the format.</summary>
    public int Version { get; }

    public SymbolTable Symbols { get; }

    public PostingsTable Postings { get; }

    /// <summary>Bytes on disk.</summary>
    public long Length => _file.Length;

    /// <summary>References of series are not above this.</summary>
    public uint LastReference => (uint)Math.Min(Version == 1 ? _seriesEnd : _seriesEnd / SeriesAlignment, uint.MaxValue);

    /// <summary>The entry of a series.</summary>
    /// <param name="series">A reference from the postings.</param>
    /// <param name="verify">Whether the checksum is compared.</param>
    /// <exception cref="CorruptionException">It is damaged.</exception>
    public SeriesEntry OpenSeries(uint series, bool verify = true)
    {
        long offset = Version == 1 ? series : (long)series * SeriesAlignment;
        return new SeriesEntry(SectionReader.OpenEntry(_file, offset, verify));
    }

    /// <summary>Takes what lies between two series out of memory, see <see cref="MappedFile.Unload"/>.</summary>
    public void Unload(uint from, uint to) => _file.Unload(Version == 1 ? from : (long)from * SeriesAlignment, Version == 1 ? to : (long)to * SeriesAlignment);

    /// <summary>All series, ascending, which is the order of their labels.</summary>
    /// <exception cref="CorruptionException">The list is damaged.</exception>
    public uint[] ReadAllSeries()
    {
        if (!Postings.TryGet("", out LabelPostings all) || !Postings.TryFind(all, default, out long list))
        {
            return [];
        }

        uint[] series = new uint[Postings.CountOf(list)];
        Postings.ReadList(list, series);
        return series;
    }

    /// <summary>Looks whether the file still is as long as it was.</summary>
    /// <exception cref="CorruptionException">It is shorter.</exception>
    public void ThrowIfShortened() => _file.ThrowIfShortened();

    public void Dispose() => _file.Dispose();

    private static int ReadVersion(MappedFile file)
    {
        var header = new SectionReader(file, 0, HeaderBytes);
        uint magic = header.ReadUInt32();
        if (magic != Magic)
        {
            throw new CorruptionException(file.Path, 0, string.Create(CultureInfo.InvariantCulture, $"an index begins with {Magic:x8}, found {magic:x8}"));
        }

        int version = header.ReadByte();
        return version is >= 1 and <= 3
            ? version
            : throw new CorruptionException(file.Path, HeaderBytes - 1, string.Create(CultureInfo.InvariantCulture, $"unknown index file version {version}, 1 to 3 are known"));
    }

    // Symbols, series, label indices, label offset table, postings, postings offset table; a checksum without a length.
    private static void ReadContents(MappedFile file, Span<long> contents)
    {
        long offset = file.Length - ContentsBytes - sizeof(uint);
        if (offset < HeaderBytes)
        {
            throw new CorruptionException(file.Path, file.Length, "the file is too short for a table of contents");
        }

        SectionReader.Verify(file, offset, ContentsBytes);
        var reader = new SectionReader(file, offset, ContentsBytes);
        foreach (ref long place in contents)
        {
            ulong value = reader.ReadUInt64();
            if (value > (ulong)offset)
            {
                throw reader.Damage(string.Create(CultureInfo.InvariantCulture, $"the table of contents points to {value}, the file has {file.Length} bytes"));
            }

            place = (long)value;
        }
    }
}
