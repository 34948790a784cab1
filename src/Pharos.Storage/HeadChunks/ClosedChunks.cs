using System.Buffers.Binary;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Storage.Chunks;
using Pharos.Storage.Native;

namespace Pharos.Storage.HeadChunks;

/// <summary>
/// The closed chunks of the head: a small header each in native memory, and their bytes one after another in an address space that has exactly the content of upstream's files
/// of head chunks. One writer at a time (the commit lock); readers need no lock as long as the epoch keeps what they look at. docs/decisions/0045.
/// </summary>
/// <remarks>
/// File N lies in slot N modulo the number of slots, so a position is the place in the file and stays the same when memory is replaced by the mapped file.
/// Pointers: a position is given out only for a record that fits into its slot; behind the last slot lie 4 KiB that may be read.
/// </remarks>
internal sealed unsafe class ClosedChunks : IDisposable
{
    // A file that is at least so large goes on in another when the next range of time begins, so that it can go as a whole when that range goes.
    private const int WorthCutting = 1 << 20;

    private readonly NativeRegion _space;
    private readonly PagedArena _headers = new("closed chunks", 8L << 30);
    private readonly long[] _maxTimes;
    private readonly int _slots;
    private int _firstFile = 1;
    private int _file;
    private int _used = ChunkFileFormat.MaxFileBytes;
    private long _rangeEnd;

    public ClosedChunks(long wishedBytes)
    {
        _space = new NativeRegion(Math.Min(wishedBytes, ClosedChunk.MaxPosition), 2L * ChunkFileFormat.MaxFileBytes);
        _slots = (int)(_space.Size / ChunkFileFormat.MaxFileBytes);
        _maxTimes = new long[_slots];
    }

    /// <summary>Bytes of headers and of the files' content, whether in memory or mapped.</summary>
    public long HeldBytes => _headers.HeldBytes + ContentBytes;

    /// <summary>Bytes that chunks and headers surely can take still.</summary>
    public long RemainingBytes =>
        Math.Min(((long)(_slots - FileCount) * ChunkFileFormat.MaxFileBytes) + (ChunkFileFormat.MaxFileBytes - _used), _headers.RemainingBytes);

    private int FileCount => _file - _firstFile + 1;

    private long ContentBytes => FileCount == 0 ? 0 : ((long)(FileCount - 1) * ChunkFileFormat.MaxFileBytes) + _used;

    /// <summary>The header with this number.</summary>
    public ClosedChunk* At(uint unit) => (ClosedChunk*)_headers.At(unit);

    /// <summary>The first byte of a chunk (the count of its samples); <see cref="ChunkView.ReadAhead"/> bytes behind its end may be read.</summary>
    public byte* DataOf(ClosedChunk* chunk) => _space.Start + chunk->Position;

    /// <summary>What follows the count of the samples.</summary>
    public byte* BitsOf(ClosedChunk* chunk) => _space.Start + chunk->Position + ChunkView.MinLength;

    /// <summary>The whole chunk; valid as long as the caller's epoch.</summary>
    public ChunkView View(ClosedChunk* chunk) => new(chunk->Encoding, DataOf(chunk), chunk->Length, chunk->MinTime, chunk->MaxTime);

    /// <summary>
    /// Makes room for a chunk and returns its header's number. The caller writes the bytes at <paramref name="data"/> (up to 8 more may be touched) and then calls
    /// <see cref="Complete"/>; nothing else may be added in between.
    /// </summary>
    /// <param name="record">What the record says.</param>
    /// <param name="previous">The series' newest closed chunk, 0 without; it ends before this one begins.</param>
    /// <param name="data">Where the bytes go.</param>
    /// <exception cref="StorageUnavailableException">The address space is used up.</exception>
    public uint Add(in ChunkRecord record, uint previous, out byte* data)
    {
        byte* start = Reserve(record.Length + ChunkFileFormat.MaxFrameBytes, record.MinTime);
        data = WriteHeader(start, record);
        uint unit = _headers.Allocate(ClosedChunk.Bytes);
        ClosedChunk* chunk = At(unit);
        chunk->MinTime = record.MinTime;
        chunk->Duration = (uint)(record.MaxTime - record.MinTime);
        chunk->Previous = previous;
        chunk->Gap = previous == 0 ? 0 : ClosedChunk.PackGap(record.MinTime - At(previous)->MaxTime);
        chunk->Count = (ushort)record.Count;
        chunk->Encoding = record.Encoding;
        chunk->SetPlace(data - _space.Start, record.Length);
        _headers.NoteTime(unit, record.MaxTime);
        int slot = _file % _slots;
        _maxTimes[slot] = Math.Max(_maxTimes[slot], record.IsOutOfOrder ? long.MaxValue : record.MaxTime);
        return unit;
    }

    /// <summary>Adds a chunk that lies elsewhere, copying it.</summary>
    public uint Add(uint series, uint previous, in ChunkView chunk, bool isOutOfOrder = false)
    {
        var record = new ChunkRecord(series, chunk.MinTime, chunk.MaxTime, chunk.Encoding, chunk.Count, chunk.Length, isOutOfOrder);
        uint unit = Add(record, previous, out byte* data);
        chunk.Bytes.CopyTo(new Span<byte>(data, chunk.Length));
        Complete(unit);
        return unit;
    }

    /// <summary>Ends the record that was added last.</summary>
    public void Complete(uint unit)
    {
        ClosedChunk* chunk = At(unit);
        byte* slot = SlotStart(_file);
        byte* end = DataOf(chunk) + chunk->Length;
        uint checksum = Crc32C.Compute(new ReadOnlySpan<byte>(slot + _used, (int)(end - slot) - _used));
        BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(end, ChunkFileFormat.ChecksumBytes), checksum);
        _used = (int)(end - slot) + ChunkFileFormat.ChecksumBytes;
    }

    /// <summary>Takes what ends before the time out of use; it stays readable until <see cref="Free"/>.</summary>
    /// <param name="time">Milliseconds.</param>
    /// <param name="taken">What was taken, if anything.</param>
    /// <returns>How many chunks that were.</returns>
    public long TakeBefore(long time, out TakenChunks taken)
    {
        var pages = new List<int>();
        var files = new List<int>();
        long chunks = _headers.TakePagesBefore(time, pages);
        for (int file = _firstFile; file <= _file && _maxTimes[file % _slots] < time; file++)
        {
            files.Add(file);
            if (file == _file)
            {
                _used = ChunkFileFormat.MaxFileBytes;
            }
        }

        taken = new TakenChunks(pages, files);
        return chunks;
    }

    /// <summary>Frees what was taken, when nobody can read it any more.</summary>
    public void Free(TakenChunks taken)
    {
        foreach (int page in taken.HeaderPages)
        {
            _headers.FreePage(page);
        }

        foreach (int file in taken.Files)
        {
            // A truncation after this one may have listed it once more.
            if (file == _firstFile)
            {
                _space.Release((long)(file % _slots) * ChunkFileFormat.MaxFileBytes, ChunkFileFormat.MaxFileBytes);
                _firstFile++;
            }
        }
    }

    public void Dispose()
    {
        _space.ReleaseAll();
        _headers.Dispose();
    }

    private byte* SlotStart(int file) => _space.Start + ((long)(file % _slots) * ChunkFileFormat.MaxFileBytes);

    private byte* Reserve(int bytes, long time)
    {
        bool isNextRange = time >= _rangeEnd && _used > WorthCutting && FileCount < _slots / 2;
        if (_used + bytes > ChunkFileFormat.MaxFileBytes || isNextRange)
        {
            if (FileCount == _slots)
            {
                throw new StorageUnavailableException("the address space for closed chunks is used up");
            }

            _file++;
            _rangeEnd = ChunkRange.End(time);
            _maxTimes[_file % _slots] = long.MinValue;
            ChunkFileFormat.WriteFileHeader(new Span<byte>(SlotStart(_file), ChunkFileFormat.FileHeaderBytes));
            _used = ChunkFileFormat.FileHeaderBytes;
        }

        return SlotStart(_file) + _used;
    }

    // Returns where the chunk begins.
    private static byte* WriteHeader(byte* start, in ChunkRecord record)
    {
        var room = new Span<byte>(start, ChunkFileFormat.RecordHeaderBytes + ChunkFileFormat.MaxLengthBytes);
        BinaryPrimitives.WriteUInt64BigEndian(room, record.Series);
        BinaryPrimitives.WriteInt64BigEndian(room[8..], record.MinTime);
        BinaryPrimitives.WriteInt64BigEndian(room[16..], record.MaxTime);
        room[24] = (byte)((byte)record.Encoding | (record.IsOutOfOrder ? ChunkFileFormat.OutOfOrder : 0));
        int at = ChunkFileFormat.RecordHeaderBytes;
        uint rest = (uint)record.Length;
        for (; rest >= 0x80; rest >>= 7)
        {
            room[at++] = (byte)(rest | 0x80);
        }

        room[at++] = (byte)rest;
        return start + at;
    }
}
