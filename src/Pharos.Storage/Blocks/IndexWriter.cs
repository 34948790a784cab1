using System.Globalization;
using System.Runtime.InteropServices;
using Pharos.Core.Hashing;
using Pharos.Storage.Files;
using Pharos.Storage.Head;
using Pharos.Storage.Index;

namespace Pharos.Storage.Blocks;

/// <summary>
/// Writes a block's <c>index</c>, version 2, byte for byte as upstream does: symbols, series, postings, offsets of postings, table of contents. First all symbols ascending, then
/// all series ascending by labels, then <see cref="Finish"/>. Format: upstream's tsdb/docs/format/index.md; label indexes are no longer written. For one thread.
/// </summary>
/// <remarks>Memory: the symbols with 20 to 30 bytes each beside their texts; per series nothing. Postings are made at the end, from the file (<see cref="PostingsSection"/>).</remarks>
internal sealed class IndexWriter : IDisposable
{
    /// <summary>The file's name in the block's folder.</summary>
    public const string FileName = "index";

    private const uint Magic = 0xBAAAD700;
    private const byte Version = 2;
    private const int SeriesAlignment = 16;
    private readonly IStoreFiles _files;
    private readonly SequentialFile _file;
    private readonly InternTable _symbols;
    private readonly EntryBuffer _entry = new();
    private readonly EntryBuffer _frame = new();
    private readonly Dictionary<uint, long> _uses = [];
    private readonly long _symbolsStart;
    private (uint Name, uint Value)[] _last = new (uint, uint)[32];
    private byte[] _lastLabels = [];
    private int _lastLabelsLength;
    private ulong _lastChunk;
    private long _seriesStart;
    private long _seriesCount;

    /// <param name="files">Makes the file.</param>
    /// <param name="path">Must not exist.</param>
    public IndexWriter(IStoreFiles files, string path)
    {
        _files = files;
        _file = new SequentialFile(files, path);
        _symbols = new InternTable("symbols of a block", KeyedHasher.CreateRandom(), 8L << 30);
        _file.WriteBigEndian(Magic);
        _file.Write([Version]);
        _symbolsStart = _file.Position;

        // Length and number, known at the end of the section.
        _file.WriteBigEndian(0);
        _file.WriteBigEndian(0);
    }

    /// <summary>Adds a symbol greater than those before.</summary>
    public void AddSymbol(ReadOnlySpan<byte> symbol)
    {
        if (_symbols.Count > 0 && symbol.SequenceCompareTo(_symbols.Get((uint)_symbols.Count)) <= 0)
        {
            throw new ArgumentException("symbols are to come in ascending order", nameof(symbol));
        }

        if (!_symbols.HasRoom(symbol.Length))
        {
            throw new BlockLimitException("the symbols of the block take more than 8 GiB");
        }

        // Nothing is released: the number of a symbol is its id less one.
        _symbols.Intern(symbol);
        _entry.Clear();
        _entry.PutField(symbol);
        _file.Write(_entry.Written);
    }

    /// <summary>Adds a series whose labels are greater than those before.</summary>
    /// <param name="labelBytes">In canonical form, see <see cref="LabelBytes"/>; all symbols were added.</param>
    /// <param name="chunks">Ascending, apart from each other, references ascending over all series.</param>
    public void AddSeries(ReadOnlySpan<byte> labelBytes, ReadOnlySpan<BlockChunk> chunks)
    {
        if (_seriesStart == 0)
        {
            EndSymbols();
        }

        CheckOrder(labelBytes, chunks);
        _file.Pad(SeriesAlignment);
        if (_file.Position / SeriesAlignment > uint.MaxValue)
        {
            throw new BlockLimitException("the index of the block is larger than 64 GiB");
        }

        _entry.Clear();
        PutLabels(labelBytes);
        PutChunks(chunks);
        _frame.Clear();
        _frame.PutUvarint((ulong)_entry.Length);
        _file.Write(_frame.Written);
        _file.Write(_entry.Written);
        _file.WriteBigEndian(Crc32C.Compute(_entry.Written));
        _seriesCount++;
    }

    /// <summary>Writes what follows the series and forces the file to disk.</summary>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    /// <exception cref="BlockLimitException">A section is larger than the format allows.</exception>
    public void Finish(CancellationToken cancellationToken)
    {
        if (_seriesStart == 0)
        {
            EndSymbols();
        }

        long seriesEnd = _file.Position;
        _file.Flush();
        using var postings = new PostingsSection(_files, _file, _symbols, _uses, _seriesStart, seriesEnd, _seriesCount);
        postings.Write(cancellationToken);
        long table = _file.Position;
        postings.WriteOffsets();
        WriteContents(seriesEnd, table);
        _file.Finish();
    }

    public void Dispose()
    {
        _file.Dispose();
        _symbols.Dispose();
    }

    private void CheckOrder(ReadOnlySpan<byte> labelBytes, ReadOnlySpan<BlockChunk> chunks)
    {
        if (_seriesCount > 0 && LabelOrder.Compare(labelBytes, _lastLabels.AsSpan(0, _lastLabelsLength)) <= 0)
        {
            throw new ArgumentException("series are to come in the order of their labels", nameof(labelBytes));
        }

        if (_lastLabels.Length < labelBytes.Length)
        {
            _lastLabels = new byte[labelBytes.Length * 2];
        }

        labelBytes.CopyTo(_lastLabels);
        _lastLabelsLength = labelBytes.Length;
        for (int i = 0; i < chunks.Length; i++)
        {
            ref readonly BlockChunk chunk = ref chunks[i];
            if (chunk.Reference < _lastChunk || chunk.MaxTime < chunk.MinTime || (i > 0 && chunk.MinTime <= chunks[i - 1].MaxTime))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"chunk {i} of a series, {chunk}, does not follow on what is before it"), nameof(chunks));
            }

            _lastChunk = chunk.Reference;
        }
    }

    // A series mostly has the names of the series before it, and many of its values: compare with those before looking anything up.
    private void PutLabels(ReadOnlySpan<byte> labelBytes)
    {
        int count = LabelBytes.Count(labelBytes);
        if (_last.Length < count)
        {
            Array.Resize(ref _last, 2 * count);
        }

        _entry.PutUvarint((ulong)count);
        for (int i = 0; i < count; i++)
        {
            LabelBytes.Read(ref labelBytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            ref (uint Name, uint Value) last = ref _last[i];
            last.Name = Find(last.Name, name);
            last.Value = Find(last.Value, value);
            _entry.PutUvarint(last.Name - 1);
            _entry.PutUvarint(last.Value - 1);
            CollectionsMarshal.GetValueRefOrAddDefault(_uses, last.Name, out _)++;
        }
    }

    private uint Find(uint likely, ReadOnlySpan<byte> text)
    {
        if (likely != 0 && _symbols.Get(likely).SequenceEqual(text))
        {
            return likely;
        }

        return _symbols.TryFind(text, out uint id) ? id : throw new ArgumentException("a label of the series is not among the symbols", nameof(text));
    }

    private void PutChunks(ReadOnlySpan<BlockChunk> chunks)
    {
        _entry.PutUvarint((ulong)chunks.Length);
        if (chunks.IsEmpty)
        {
            return;
        }

        BlockChunk before = chunks[0];
        _entry.PutVarint(before.MinTime);
        _entry.PutUvarint((ulong)(before.MaxTime - before.MinTime));
        _entry.PutUvarint(before.Reference);
        foreach (BlockChunk chunk in chunks[1..])
        {
            _entry.PutUvarint((ulong)(chunk.MinTime - before.MaxTime));
            _entry.PutUvarint((ulong)(chunk.MaxTime - chunk.MinTime));
            _entry.PutVarint((long)(chunk.Reference - before.Reference));
            before = chunk;
        }
    }

    private void EndSymbols()
    {
        long end = _file.Position;
        long length = end - _symbolsStart - sizeof(uint);
        if (length > uint.MaxValue)
        {
            throw new BlockLimitException("the symbol table of the block is larger than 4 GiB");
        }

        _file.WriteAt(_symbolsStart, (uint)length);
        _file.WriteAt(_symbolsStart + sizeof(uint), (uint)_symbols.Count);
        _file.WriteBigEndian(ChecksumOf(_symbolsStart + sizeof(uint), end));
        _seriesStart = _file.Position;
    }

    // Read back, since the number of symbols stands before them and is known last.
    private uint ChecksumOf(long from, long to)
    {
        byte[] buffer = new byte[64 << 10];
        uint checksum = 0;
        while (from < to)
        {
            int read = _file.ReadAt(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - from)));
            if (read == 0)
            {
                throw new IOException($"{_file.Path} is shorter than what was written to it");
            }

            checksum = Crc32C.Append(checksum, buffer.AsSpan(0, read));
            from += read;
        }

        return checksum;
    }

    // Label indexes and their table are empty: where they would begin is told all the same, as upstream does.
    private void WriteContents(long seriesEnd, long table)
    {
        _entry.Clear();
        _entry.PutBigEndian((ulong)_symbolsStart);
        _entry.PutBigEndian((ulong)_seriesStart);
        _entry.PutBigEndian((ulong)seriesEnd);
        _entry.PutBigEndian((ulong)table);
        _entry.PutBigEndian((ulong)seriesEnd);
        _entry.PutBigEndian((ulong)table);
        _file.Write(_entry.Written);
        _file.WriteBigEndian(Crc32C.Compute(_entry.Written));
    }
}
