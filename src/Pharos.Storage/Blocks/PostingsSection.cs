using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pharos.Core.Hashing;
using Pharos.Storage.Files;
using Pharos.Storage.Index;

namespace Pharos.Storage.Blocks;

/// <summary>
/// The lists of series per label pair, and the table of where they are. The series are read back from the file, for as many label names at once as memory is allowed for: about
/// 24 bytes a series in all, however many names there are.
/// </summary>
/// <remarks>Pointers: arrays of native memory, indexed by counts of entries that were counted when the series were written; a scan that finds more throws.</remarks>
internal sealed unsafe class PostingsSection : IDisposable
{
    private const int Alignment = 4;
    private const long LeastEntriesAtOnce = 1 << 20;
    private const int OutputReferences = 8192;
    private readonly IStoreFiles _files;
    private readonly SequentialFile _file;
    private readonly SequentialFile _offsets;
    private readonly InternTable _symbols;
    private readonly Dictionary<uint, long> _uses;
    private readonly long _seriesStart;
    private readonly long _seriesEnd;
    private readonly long _seriesCount;
    private readonly EntryBuffer _entry = new();
    private readonly byte[] _output = new byte[OutputReferences * sizeof(uint)];
    private byte[]? _scanBuffer;
    private ulong* _entries;
    private ulong* _sorted;
    private long _lists;

    /// <param name="files">Makes a temporary file.</param>
    /// <param name="file">The index file, which stands behind the series.</param>
    /// <param name="symbols">A symbol's number is its id less one.</param>
    /// <param name="uses">Per id of a label name how many series have it.</param>
    /// <param name="seriesStart">Where the series begin.</param>
    /// <param name="seriesEnd">Where they end.</param>
    /// <param name="seriesCount">How many they are.</param>
    public PostingsSection(
        IStoreFiles files, SequentialFile file, InternTable symbols, Dictionary<uint, long> uses, long seriesStart, long seriesEnd, long seriesCount)
    {
        _files = files;
        _file = file;
        _symbols = symbols;
        _uses = uses;
        _seriesStart = seriesStart;
        _seriesEnd = seriesEnd;
        _seriesCount = seriesCount;
        _offsets = new SequentialFile(files, file.Path + "_tmp_po", isTemporary: true);
    }

    /// <summary>Writes the lists: all series first, then by name and value.</summary>
    public void Write(CancellationToken cancellationToken)
    {
        WriteAll();
        uint[] names = [.. _uses.Keys];

        // Symbols are numbered in their order.
        Array.Sort(names);
        long atOnce = Math.Max(2 * _seriesCount, LeastEntriesAtOnce);
        for (int from = 0; from < names.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long entries = _uses[names[from]];
            int to = from + 1;
            while (to < names.Length && entries + _uses[names[to]] <= atOnce)
            {
                entries += _uses[names[to++]];
            }

            WriteNames(names.AsSpan(from, to - from), entries);
            from = to;
        }
    }

    /// <summary>Writes the table of the lists, which follows on them, and removes the temporary file.</summary>
    public void WriteOffsets()
    {
        _offsets.Flush();
        long length = sizeof(uint) + _offsets.Position;
        if (length > uint.MaxValue)
        {
            throw new BlockLimitException("the postings offset table of the block is larger than 4 GiB");
        }

        _file.WriteBigEndian((uint)length);
        _entry.Clear();
        _entry.PutBigEndian((uint)_lists);
        _file.Write(_entry.Written);
        uint checksum = Crc32C.Compute(_entry.Written);
        long end = _offsets.Position;
        for (long at = 0; at < end;)
        {
            int read = _offsets.ReadAt(at, _output.AsSpan(0, (int)Math.Min(_output.Length, end - at)));
            if (read == 0)
            {
                throw new IOException($"{_offsets.Path} is shorter than what was written to it");
            }

            checksum = Crc32C.Append(checksum, _output.AsSpan(0, read));
            _file.Write(_output.AsSpan(0, read));
            at += read;
        }

        _file.WriteBigEndian(checksum);
        _offsets.Dispose();
        _files.Delete(_offsets.Path);
    }

    public void Dispose()
    {
        FreeEntries();
        _offsets.Dispose();
    }

    private void WriteAll()
    {
        uint checksum = BeginList([], [], _seriesCount);
        int waiting = 0;
        SeriesScan scan = Scan();
        while (scan.MoveNext())
        {
            PutReference(scan.Reference, ref waiting, ref checksum);
        }

        EndList(waiting, checksum);
        _scanBuffer = scan.Buffer;
    }

    private void WriteNames(ReadOnlySpan<uint> names, long entries)
    {
        FreeEntries();
        _entries = (ulong*)NativeMemory.Alloc((nuint)entries, sizeof(ulong));
        long largest = 0;
        var places = new Dictionary<uint, Room>();
        long at = 0;
        foreach (uint name in names)
        {
            places.Add(name - 1, new Room { Next = at, End = at + _uses[name] });
            at += _uses[name];
            largest = Math.Max(largest, _uses[name]);
        }

        _sorted = (ulong*)NativeMemory.Alloc((nuint)largest, sizeof(ulong));
        Collect(places);
        at = 0;
        foreach (uint name in names)
        {
            long count = _uses[name];
            WriteName(name, _entries + at, count);
            at += count;
        }
    }

    // Per label of one of the names: the value's number above, the series below.
    private void Collect(Dictionary<uint, Room> places)
    {
        SeriesScan scan = Scan();
        while (scan.MoveNext())
        {
            while (scan.TryReadLabel(out uint name, out uint value))
            {
                ref Room room = ref CollectionsMarshal.GetValueRefOrNullRef(places, name);
                if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref room))
                {
                    continue;
                }

                if (room.Next == room.End)
                {
                    throw new IOException($"{_file.Path} holds more labels than were written to it");
                }

                _entries[room.Next++] = ((ulong)value << 32) | scan.Reference;
            }
        }

        _scanBuffer = scan.Buffer;
    }

    private void WriteName(uint name, ulong* entries, long count)
    {
        ulong* sorted = ValueSort.Sort(entries, _sorted, count, (uint)_symbols.Count);
        for (long from = 0; from < count;)
        {
            uint value = (uint)(sorted[from] >> 32);
            long to = from + 1;
            while (to < count && (uint)(sorted[to] >> 32) == value)
            {
                to++;
            }

            uint checksum = BeginList(_symbols.Get(name), _symbols.Get(value + 1), to - from);
            int waiting = 0;
            for (long i = from; i < to; i++)
            {
                PutReference((uint)sorted[i], ref waiting, ref checksum);
            }

            EndList(waiting, checksum);
            from = to;
        }
    }

    // Length, count; the checksum is of all that follows the length.
    private uint BeginList(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, long count)
    {
        _file.Pad(Alignment);
        _entry.Clear();
        _entry.PutUvarint(2);
        _entry.PutField(name);
        _entry.PutField(value);
        _entry.PutUvarint((ulong)_file.Position);
        _offsets.Write(_entry.Written);
        _lists++;
        long length = sizeof(uint) + (count * sizeof(uint));
        if (length > uint.MaxValue)
        {
            throw new BlockLimitException("a list of series of the block is larger than 4 GiB");
        }

        _file.WriteBigEndian((uint)length);
        _entry.Clear();
        _entry.PutBigEndian((uint)count);
        _file.Write(_entry.Written);
        return Crc32C.Compute(_entry.Written);
    }

    private void PutReference(uint reference, ref int waiting, ref uint checksum)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_output.AsSpan(waiting), reference);
        waiting += sizeof(uint);
        if (waiting == _output.Length)
        {
            checksum = Crc32C.Append(checksum, _output);
            _file.Write(_output);
            waiting = 0;
        }
    }

    private void EndList(int waiting, uint checksum)
    {
        ReadOnlySpan<byte> rest = _output.AsSpan(0, waiting);
        _file.Write(rest);
        _file.WriteBigEndian(Crc32C.Append(checksum, rest));
    }

    private SeriesScan Scan() => new(_file, _seriesStart, _seriesEnd, _scanBuffer);

    private void FreeEntries()
    {
        NativeMemory.Free(_entries);
        NativeMemory.Free(_sorted);
        _entries = null;
        _sorted = null;
    }

    // Where the entries of a name go next, and where its room ends.
    private struct Room
    {
        public long Next;
        public long End;
    }
}
