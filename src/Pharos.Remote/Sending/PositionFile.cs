using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;

namespace Pharos.Remote.Sending;

/// <summary>
/// The file that remembers how far the shards of a queue are (docs/formats/remote-write-position.md). Two places are written in turn, each with a checksum, so that one is
/// always whole; nothing is forced to disk. One caller at a time.
/// </summary>
internal sealed class PositionFile : IDisposable
{
    private const uint Magic = 0x5057_5250; // PRWP
    private const uint Version = 1;
    private const int HeadBytes = 20;
    private const int ShardBytes = 33;
    private const int ChecksumBytes = 4;
    private const int SlotUnit = 4096;
    private const int MaxShards = 100_000;

    private readonly SafeFileHandle _handle;
    private readonly byte[] _slot;
    private ulong _sequence;

    private PositionFile(SafeFileHandle handle, int slotBytes, ulong sequence)
    {
        _handle = handle;
        _slot = new byte[slotBytes];
        _sequence = sequence;
    }

    /// <summary>Reads what a file remembers; null when there is none or nothing whole in it.</summary>
    public static ShardPosition[]? Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        int half = bytes.Length / 2;
        ShardPosition[]? first = ReadSlot(bytes.AsSpan(0, half), out ulong firstSequence);
        ShardPosition[]? second = ReadSlot(bytes.AsSpan(half), out ulong secondSequence);
        return second is not null && (first is null || secondSequence > firstSequence) ? second : first;
    }

    /// <summary>Makes the file anew, remembering what is given, with room for so many shards.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static PositionFile Create(string path, int maxShards, ReadOnlySpan<ShardPosition> positions)
    {
        int needed = HeadBytes + (Math.Max(maxShards, positions.Length) * ShardBytes) + ChecksumBytes;
        int slotBytes = (needed + SlotUnit - 1) / SlotUnit * SlotUnit;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + ".tmp";
        SafeFileHandle handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, FileOptions.None);
        var file = new PositionFile(handle, slotBytes, 0);
        try
        {
            RandomAccess.SetLength(handle, 2L * slotBytes);
            if (positions.Length > 0)
            {
                file.Write(positions);
            }

            File.Move(temporary, path, overwrite: true);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">It cannot be written; what it remembered before is still there.</exception>
    public void Write(ReadOnlySpan<ShardPosition> positions)
    {
        Span<byte> slot = _slot;
        BinaryPrimitives.WriteUInt32LittleEndian(slot, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[4..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[8..], ++_sequence);
        BinaryPrimitives.WriteInt32LittleEndian(slot[16..], positions.Length);
        int at = HeadBytes;
        foreach (ShardPosition position in positions)
        {
            WriteMark(slot[at..], position.Done);
            slot[at + 16] = position.InFlight is null ? (byte)0 : (byte)1;
            WriteMark(slot[(at + 17)..], position.InFlight ?? default);
            at += ShardBytes;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(slot[at..], Crc32C.Compute(slot[..at]));
        RandomAccess.Write(_handle, slot[..(at + ChecksumBytes)], (long)(_sequence % 2) * _slot.Length);
    }

    public void Dispose() => _handle.Dispose();

    private static ShardPosition[]? ReadSlot(ReadOnlySpan<byte> slot, out ulong sequence)
    {
        sequence = 0;
        if (slot.Length < HeadBytes + ChecksumBytes || BinaryPrimitives.ReadUInt32LittleEndian(slot) != Magic || BinaryPrimitives.ReadUInt32LittleEndian(slot[4..]) != Version)
        {
            return null;
        }

        int shards = BinaryPrimitives.ReadInt32LittleEndian(slot[16..]);
        int end = HeadBytes + (shards is > 0 and <= MaxShards ? shards * ShardBytes : slot.Length);
        if (end + ChecksumBytes > slot.Length || BinaryPrimitives.ReadUInt32LittleEndian(slot[end..]) != Crc32C.Compute(slot[..end]))
        {
            return null;
        }

        sequence = BinaryPrimitives.ReadUInt64LittleEndian(slot[8..]);
        var positions = new ShardPosition[shards];
        for (int i = 0; i < shards; i++)
        {
            ReadOnlySpan<byte> bytes = slot.Slice(HeadBytes + (i * ShardBytes), ShardBytes);
            positions[i] = new ShardPosition(ReadMark(bytes), bytes[16] == 0 ? null : ReadMark(bytes[17..]));
        }

        return positions;
    }

    private static void WriteMark(Span<byte> bytes, LogMark mark)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, mark.Record.Segment);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[4..], mark.Record.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], mark.Index);
    }

    private static LogMark ReadMark(ReadOnlySpan<byte> bytes) => new(
        new LogPosition(BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[4..])),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]));
}
