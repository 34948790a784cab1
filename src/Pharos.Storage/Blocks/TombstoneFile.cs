using System.Buffers.Binary;
using System.Globalization;
using Pharos.Core.Hashing;
using Pharos.Storage.Files;
using Pharos.Storage.Native;

namespace Pharos.Storage.Blocks;

/// <summary>Reads and writes the file <c>tombstones</c> of a block. Format: upstream's tsdb/tombstones; its document names a footer that the program has never written.</summary>
internal static class TombstoneFile
{
    /// <summary>The file's name in the block's folder.</summary>
    public const string Name = "tombstones";

    private const uint Magic = 0x0130BA30;
    private const byte Version = 1;
    private const int HeaderBytes = 5;
    private const int MaxStoneBytes = 30;

    /// <summary>Reads the file of a block's folder; without one nothing is deleted.</summary>
    /// <param name="blockFolder">The folder.</param>
    /// <param name="length">Bytes on disk.</param>
    /// <exception cref="CorruptionException">The file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TombstoneSet Read(string blockFolder, out long length)
    {
        string path = Path.Combine(blockFolder, Name);
        length = 0;
        if (!File.Exists(path))
        {
            return TombstoneSet.Empty;
        }

        using var file = new MappedFile(path);
        length = file.Length;
        var reader = new SectionReader(file, 0, file.Length);
        uint magic = reader.ReadUInt32();
        if (magic != Magic)
        {
            throw new CorruptionException(path, 0, string.Create(CultureInfo.InvariantCulture, $"tombstones begin with {Magic:x8}, found {magic:x8}"));
        }

        byte version = reader.ReadByte();
        if (version != Version)
        {
            throw new CorruptionException(path, HeaderBytes - 1, string.Create(CultureInfo.InvariantCulture, $"unknown version {version} of tombstones, 1 is known"));
        }

        long bytes = reader.Remaining - sizeof(uint);
        if (bytes < 0)
        {
            throw reader.Damage("the checksum is missing");
        }

        SectionReader.Verify(file, HeaderBytes, bytes);
        reader = new SectionReader(file, HeaderBytes, bytes);
        var stones = new List<(ulong Series, DeletedInterval Interval)>();
        while (!reader.AtEnd)
        {
            stones.Add((reader.ReadUvarint(), new DeletedInterval(reader.ReadVarint(), reader.ReadVarint())));
        }

        return TombstoneSet.Of(stones);
    }

    /// <summary>Writes the file, whole or not at all, and forces it to disk. Returns its length in bytes.</summary>
    /// <exception cref="IOException">It cannot be written; the file is as before.</exception>
    public static long Write(IStoreFiles files, string blockFolder, TombstoneSet tombstones)
    {
        byte[] bytes = new byte[HeaderBytes + ((long)MaxStoneBytes * tombstones.Count) + sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Magic);
        bytes[HeaderBytes - 1] = Version;
        int at = HeaderBytes;
        foreach (ulong series in tombstones.Series)
        {
            foreach (DeletedInterval interval in tombstones.Get(series))
            {
                at = WriteUvarint(bytes, at, series);
                at = WriteVarint(bytes, at, interval.MinTime);
                at = WriteVarint(bytes, at, interval.MaxTime);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), Crc32C.Compute(bytes.AsSpan(HeaderBytes, at - HeaderBytes)));
        at += sizeof(uint);
        string path = Path.Combine(blockFolder, Name);
        string temporary = path + ".tmp";
        files.Delete(temporary);
        using (IStoreFile file = files.Create(temporary))
        {
            file.Write(bytes.AsSpan(0, at), 0);
            file.Sync();
        }

        files.Move(temporary, path);
        files.SyncFolder(blockFolder);
        return at;
    }

    private static int WriteVarint(byte[] bytes, int at, long value) => WriteUvarint(bytes, at, (ulong)(value << 1) ^ (ulong)(value >> 63));

    private static int WriteUvarint(byte[] bytes, int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes[at++] = (byte)(value | 0x80);
        }

        bytes[at++] = (byte)value;
        return at;
    }
}
