using System.Globalization;
using Pharos.Storage.Chunks;
using Pharos.Storage.Native;

namespace Pharos.Storage.Blocks;

/// <summary>
/// The chunks of a block, in mapped segments. The checksum of a chunk is compared each time it is read: that takes no time that could be measured (docs/decisions/0027-block-files-are-mapped.md).
/// Usable from any thread. Format: upstream's tsdb/docs/format/chunks.md.
/// </summary>
internal sealed unsafe class ChunkSegments : IDisposable
{
    /// <summary>The name of the segments' folder in that of the block.</summary>
    public const string FolderName = "chunks";

    private const uint Magic = 0x85BD40DD;
    private const byte Version = 1;
    private const int HeaderBytes = 8;
    private readonly MappedFile[] _segments;

    /// <summary>Opens all segments, which are files with a number as name, in the order of their names.</summary>
    /// <exception cref="CorruptionException">One does not begin as a segment does.</exception>
    /// <exception cref="IOException">One cannot be opened.</exception>
    public ChunkSegments(string folder)
    {
        var paths = new List<string>();
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            if (ulong.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                paths.Add(path);
            }
        }

        paths.Sort(StringComparer.Ordinal);
        _segments = new MappedFile[paths.Count];
        Folder = folder;
        try
        {
            for (int i = 0; i < _segments.Length; i++)
            {
                _segments[i] = new MappedFile(paths[i]);
                Length += _segments[i].Length;
                CheckHeader(_segments[i]);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Folder { get; }

    /// <summary>Bytes on disk.</summary>
    public long Length { get; }

    /// <summary>Reads a chunk. What it points at is valid until this is disposed, <see cref="ChunkView.ReadAhead"/> bytes more included.</summary>
    /// <param name="reference">Its place, see <see cref="SeriesEntry.Chunk"/>.</param>
    /// <param name="minTime">Time of its first sample, as the index says.</param>
    /// <param name="maxTime">Time of its last sample, as the index says.</param>
    /// <exception cref="CorruptionException">There is no whole chunk.</exception>
    public ChunkView Read(ulong reference, long minTime, long maxTime)
    {
        SectionReader reader = Open(reference, out int length);
        SectionReader.Verify(FileOf(reference), reader.Offset, length);
        var encoding = (ChunkEncoding)reader.ReadByte();
        return new ChunkView(encoding, reader.Pointer, length - 1, minTime, maxTime);
    }

    /// <summary>The encoding of a chunk, as far as it can be told without reading the chunk.</summary>
    /// <exception cref="CorruptionException">There is no chunk.</exception>
    public ChunkEncoding EncodingOf(ulong reference)
    {
        SectionReader reader = Open(reference, out _);
        return (ChunkEncoding)reader.ReadByte();
    }

    /// <summary>The file that a chunk is in.</summary>
    public string PathOf(ulong reference) => FileOf(reference).Path;

    /// <summary>Makes so many bytes from a chunk on readable at once, see <see cref="MappedFile.Load"/>.</summary>
    public void Load(ulong from, long bytes) => FileOf(from).Load((uint)from, (uint)from + bytes);

    /// <summary>Takes what lies between two chunks out of memory, see <see cref="MappedFile.Unload"/>.</summary>
    /// <param name="from">A chunk's place.</param>
    /// <param name="to">That of a later chunk.</param>
    public void Unload(ulong from, ulong to)
    {
        bool isSameSegment = from >> 32 == to >> 32;
        FileOf(from).Unload((uint)from, isSameSegment ? (uint)to : long.MaxValue);
    }

    /// <summary>Looks whether the files still are as long as they were.</summary>
    /// <exception cref="CorruptionException">One is shorter.</exception>
    public void ThrowIfShortened()
    {
        foreach (MappedFile segment in _segments)
        {
            segment.ThrowIfShortened();
        }
    }

    public void Dispose()
    {
        foreach (MappedFile? segment in _segments)
        {
            segment?.Dispose();
        }
    }

    // Encoding and data, which take so many bytes; the checksum follows.
    private SectionReader Open(ulong reference, out int length)
    {
        MappedFile file = FileOf(reference);
        uint offset = (uint)reference;
        var head = new SectionReader(file, offset, Math.Max(0, Math.Min(10, file.Length - offset)));
        ulong data = head.ReadUvarint();
        if (data < ChunkView.MinLength || data > int.MaxValue - 1)
        {
            throw head.Damage(string.Create(CultureInfo.InvariantCulture, $"a chunk of {data} bytes"));
        }

        length = (int)data + 1;
        return new SectionReader(file, head.Offset, (long)length + sizeof(uint));
    }

    private MappedFile FileOf(ulong reference)
    {
        ulong segment = reference >> 32;
        return segment < (ulong)_segments.Length
            ? _segments[segment]
            : throw new CorruptionException(Folder, 0, string.Create(CultureInfo.InvariantCulture, $"a chunk is referred to in segment {segment + 1}, there are {_segments.Length}"));
    }

    private static void CheckHeader(MappedFile file)
    {
        var header = new SectionReader(file, 0, HeaderBytes);
        uint magic = header.ReadUInt32();
        if (magic != Magic)
        {
            throw new CorruptionException(file.Path, 0, string.Create(CultureInfo.InvariantCulture, $"a segment of chunks begins with {Magic:x8}, found {magic:x8}"));
        }

        byte version = header.ReadByte();
        if (version != Version)
        {
            throw new CorruptionException(file.Path, sizeof(uint), string.Create(CultureInfo.InvariantCulture, $"unknown version {version} of a segment of chunks, 1 is known"));
        }
    }
}
