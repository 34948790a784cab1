using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
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
    private readonly Slot[] _files;
    private readonly int _slots;
    private int _firstFile = 1;
    private int _file;
    private bool _isCut = true;
    private long _rangeEnd;

    public ClosedChunks(long wishedBytes)
    {
        _space = new NativeRegion(Math.Min(wishedBytes, ClosedChunk.MaxPosition), 2L * ChunkFileFormat.MaxFileBytes);
        _slots = (int)(_space.Size / ChunkFileFormat.MaxFileBytes);
        _files = new Slot[_slots];
    }

    /// <summary>Bytes of headers, and of chunks that are not mapped files.</summary>
    public long HeldBytes => _headers.HeldBytes + UnmappedBytes;

    /// <summary>Bytes of chunks that are not mapped files yet.</summary>
    public long UnmappedBytes => ContentBytes - MappedBytes;

    /// <summary>Bytes of mapped files, which the kernel drops and reads again as it likes.</summary>
    public long MappedBytes { get; private set; }

    /// <summary>Chunks that were added or adopted.</summary>
    public long Added { get; private set; }

    /// <summary>The oldest file that is in use; greater than <see cref="LastFile"/> when there is none.</summary>
    public int FirstFile => _firstFile;

    /// <summary>The newest file, 0 at first.</summary>
    public int LastFile => _file;

    /// <summary>Bytes that chunks and headers surely can take still.</summary>
    public long RemainingBytes =>
        Math.Min(((long)(_slots - FileCount) * ChunkFileFormat.MaxFileBytes) + (_isCut ? 0 : ChunkFileFormat.MaxFileBytes - Current.Used), _headers.RemainingBytes);

    private int FileCount => _file - _firstFile + 1;

    private ref Slot Current => ref _files[_file % _slots];

    private long ContentBytes { get; set; }

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
        NoteTime(record);
        return AddHeader(record, previous, data - _space.Start);
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
        ref Slot file = ref Current;
        int used = (int)(end - slot);
        uint checksum = Crc32C.Compute(new ReadOnlySpan<byte>(slot + file.Used, used - file.Used));
        BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(end, ChunkFileFormat.ChecksumBytes), checksum);
        used += ChunkFileFormat.ChecksumBytes;
        ContentBytes += used - file.Used;
        file.Used = used;
    }

    /// <summary>Takes what ends before the time out of use; it stays readable until they are freed.</summary>
    /// <param name="time">Milliseconds.</param>
    /// <param name="taken">What was taken, if anything.</param>
    /// <returns>How many chunks that were.</returns>
    public long TakeBefore(long time, out TakenChunks taken)
    {
        var pages = new List<int>();
        var files = new List<int>();
        long chunks = _headers.TakePagesBefore(time, pages);
        for (int file = _firstFile; file <= _file && _files[file % _slots].MaxTime < time; file++)
        {
            files.Add(file);
            if (file == _file)
            {
                _isCut = true;
            }
        }

        taken = new TakenChunks(pages, files);
        return chunks;
    }

    /// <summary>Frees header pages that were taken, when nobody can read them any more.</summary>
    public void FreeHeaders(TakenChunks taken)
    {
        foreach (int page in taken.HeaderPages)
        {
            _headers.FreePage(page);
        }
    }

    /// <summary>
    /// Frees the oldest file, when nobody can read it any more and it is not on disk any more. False when the kernel refuses, or another is the oldest: two truncations may
    /// have listed it.
    /// </summary>
    public bool TryFree(int file)
    {
        if (file != _firstFile || !_space.TryReset(OffsetOf(file), ChunkFileFormat.MaxFileBytes))
        {
            return false;
        }

        ref Slot slot = ref _files[file % _slots];
        ContentBytes -= slot.Used;
        MappedBytes -= slot.Mapped;
        slot = default;
        _firstFile++;
        return true;
    }

    /// <summary>Begins to take in a file that exists. Files come in order, before anything is added.</summary>
    /// <param name="number">One more than that of the file before.</param>
    /// <exception cref="StorageUnavailableException">There are too many files for the address space.</exception>
    public void BeginAdopting(int number)
    {
        if (_file == 0)
        {
            _firstFile = number;
        }

        _file = number;
        if (FileCount > _slots)
        {
            throw new StorageUnavailableException($"more than {_slots} files of head chunks");
        }

        Current = new Slot { MaxTime = long.MinValue };
        _isCut = false;
        _rangeEnd = 0;
    }

    /// <summary>Adds a chunk that lies in the file that is being adopted.</summary>
    public uint Adopt(in ChunkRecord record, uint previous, int dataOffset)
    {
        NoteTime(record);
        return AddHeader(record, previous, OffsetOf(_file) + dataOffset);
    }

    /// <summary>Notes for how long the newest file is needed.</summary>
    public void NoteTime(in ChunkRecord record)
    {
        ref Slot slot = ref Current;
        slot.MaxTime = Math.Max(slot.MaxTime, record.MaxTime);
    }

    /// <summary>Maps the file that is being adopted; what is not a whole page is read.</summary>
    /// <param name="handle">The file; it can be mapped.</param>
    /// <param name="end">Where its records end; the file is at least so long, and never becomes shorter.</param>
    /// <exception cref="IOException">The file cannot be read or mapped.</exception>
    public void EndAdopting(SafeFileHandle handle, int end)
    {
        Current.Used = end;
        ContentBytes += end;
        if (!Map(_file, handle, end))
        {
            throw new IOException("the system refuses to map a file (vm.max_map_count)");
        }

        for (int at = Current.Mapped; at < end;)
        {
            int read = RandomAccess.Read(handle, new Span<byte>(SlotStart(_file) + at, end - at), at);
            if (read == 0)
            {
                throw new IOException($"file {_file} of head chunks became shorter");
            }

            at += read;
        }
    }

    /// <summary>Whether nothing will be added to the file any more. Under the commit lock.</summary>
    public bool IsFinished(int file) => file < _file || _isCut;

    /// <summary>Where the file's records end. Under the commit lock; what lies before it does not change any more.</summary>
    public int EndOf(int file) => _files[file % _slots].Used;

    /// <summary>Content of a file, up to its end.</summary>
    public ReadOnlySpan<byte> Content(int file, int offset, int length) => new(SlotStart(file) + offset, length);

    /// <summary>
    /// Puts the file over the memory that has its content, as far as whole pages go. Beside writers and readers; one caller at a time. False when the kernel refuses: then
    /// the memory stays.
    /// </summary>
    public bool Map(int file, SafeFileHandle handle, int end)
    {
        ref Slot slot = ref _files[file % _slots];
        int to = end & -NativeRegion.PageSize;
        int bytes = to - slot.Mapped;
        if (bytes <= 0)
        {
            return true;
        }

        if (!_space.MapFile(OffsetOf(file) + slot.Mapped, bytes, handle, slot.Mapped))
        {
            return false;
        }

        slot.Mapped = to;
        MappedBytes += bytes;
        return true;
    }

    /// <summary>Makes what lies between two places readable at once, as far as it is a mapped file: for who reads all of it.</summary>
    public void Load(long from, long to)
    {
        to = MappedEnd(from, to);
        _space.Populate(from, to - from);
    }

    /// <summary>
    /// Takes what lies between two places of a file out of this process' memory, as far as it is mapped: it comes back, mostly from the kernel's own copy, to who reads it again.
    /// </summary>
    public void Unload(long from, long to)
    {
        // Never memory that is not of a file: it would be empty afterwards.
        to = MappedEnd(from, to);
        _space.Release(from, to - from);
    }

    public void Dispose()
    {
        _space.TryReset(0, _space.Size);
        _headers.Dispose();
    }

    // Not beyond the mapped part of the file that the first place lies in.
    private long MappedEnd(long from, long to)
    {
        long slot = from / ChunkFileFormat.MaxFileBytes;
        return Math.Min(to, (slot * ChunkFileFormat.MaxFileBytes) + Volatile.Read(ref _files[slot].Mapped));
    }

    private long OffsetOf(int file) => (long)(file % _slots) * ChunkFileFormat.MaxFileBytes;

    private byte* SlotStart(int file) => _space.Start + OffsetOf(file);

    private byte* Reserve(int bytes, long time)
    {
        bool isNextRange = !_isCut && time >= _rangeEnd && Current.Used > WorthCutting && FileCount < _slots / 2;
        if (_isCut || isNextRange || Current.Used + bytes > ChunkFileFormat.MaxFileBytes)
        {
            if (FileCount == _slots)
            {
                throw new StorageUnavailableException("the address space for closed chunks is used up");
            }

            _file++;
            _isCut = false;
            _rangeEnd = ChunkRange.End(time);
            ChunkFileFormat.WriteFileHeader(new Span<byte>(SlotStart(_file), ChunkFileFormat.FileHeaderBytes));
            Current = new Slot { Used = ChunkFileFormat.FileHeaderBytes, MaxTime = long.MinValue };
            ContentBytes += ChunkFileFormat.FileHeaderBytes;
        }

        return SlotStart(_file) + Current.Used;
    }

    private uint AddHeader(in ChunkRecord record, uint previous, long position)
    {
        uint unit = _headers.Allocate(ClosedChunk.Bytes);
        ClosedChunk* chunk = At(unit);
        chunk->MinTime = record.MinTime;
        chunk->Duration = (uint)(record.MaxTime - record.MinTime);
        chunk->Previous = previous;
        chunk->Gap = previous == 0 ? 0 : ClosedChunk.PackGap(record.MinTime - At(previous)->MaxTime);
        chunk->Count = (ushort)record.Count;
        chunk->Encoding = record.Encoding;
        chunk->SetPlace(position, record.Length);
        _headers.NoteTime(unit, record.MaxTime);
        Added++;
        return unit;
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

    private struct Slot
    {
        // Bytes of header and whole records.
        public int Used;

        // Bytes from the start that are the mapped file.
        public int Mapped;

        // Newest time of its chunks.
        public long MaxTime;
    }
}
