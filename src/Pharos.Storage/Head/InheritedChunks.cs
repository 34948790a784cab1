using System.Globalization;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Files;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Native;

namespace Pharos.Storage.Head;

/// <summary>
/// Takes the files of head chunks that a folder has into the head, before the log is read, and gives each series its chunks when the log names it. Used once, before anybody else
/// sees the memory.
/// </summary>
internal sealed unsafe class InheritedChunks
{
    private readonly HeadMemory _memory;
    private readonly string _folder;
    private readonly IStoreFiles _disk;
    private readonly Action<TsdbMessage>? _log;
    private readonly Dictionary<uint, Chain> _chains = [];
    private readonly List<uint> _attached = [];
    private readonly SampleBuffer _last = new(256);
    private readonly long[] _notKept = new long[256];
    private uint _lastSeries;

    public InheritedChunks(HeadMemory memory, string folder, IStoreFiles disk, Action<TsdbMessage>? log)
    {
        _memory = memory;
        _folder = folder;
        _disk = disk;
        _log = log;
    }

    /// <summary>Whether something was cut off: its samples are in the log only.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Chunks that were found whole, of any series.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// Checks and maps the files. A record that is torn or damaged is cut off with all that follows it, with a word: the log has those samples too, upstream does the same.
    /// </summary>
    /// <exception cref="CorruptionException">A file is missing, or is none of head chunks in the known version.</exception>
    /// <exception cref="IOException">A file cannot be read, cut or mapped.</exception>
    public void Read(CancellationToken cancellationToken)
    {
        List<int> files = ChunkFiles.List(_folder);
        RemoveEmptyLast(files);
        for (int i = 0; i < files.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i > 0 && files[i] != files[i - 1] + 1)
            {
                throw new CorruptionException(ChunkFiles.Path(_folder, files[i - 1] + 1), 0, "the file is missing; without the folder of head chunks everything is read from the log");
            }

            if (!ReadFile(files[i]))
            {
                IsDamaged = true;
                for (int later = files.Count - 1; later > i; later--)
                {
                    _disk.Delete(ChunkFiles.Path(_folder, files[later]));
                }

                break;
            }
        }

        // A series that nobody knows any more must not give its chunks to a new one.
        _memory.Series.SkipTo(_lastSeries);
        _memory.ChunksInherited = _memory.Chunks.Added;
    }

    /// <summary>Gives a series that the log has named, and that has no sample yet, its chunks. The samples that they hold are older than what it takes then.</summary>
    public void Attach(uint reference)
    {
        if (!_chains.Remove(reference, out Chain chain))
        {
            return;
        }

        HotLine* line = _memory.Series.Lines + reference;
        line->Closed = chain.Newest;
        line->Time = _memory.Chunks.At(chain.Newest)->MaxTime;
        line->FirstTime = long.MaxValue;
        NoteChain(reference, chain);
        _attached.Add(reference);
    }

    /// <summary>Gives a series chunks that lie under another number of it, when they follow on what it has; else the log's samples serve.</summary>
    public void AttachOther(ulong reference, uint known)
    {
        HotLine* line = _memory.Series.Lines + known;
        if (reference > uint.MaxValue || !_chains.Remove((uint)reference, out Chain chain) || line->Time >= chain.MinTime)
        {
            return;
        }

        if (line->State == SeriesState.HoldsHistograms)
        {
            _memory.Histograms.CloseOpen(line);
        }
        else
        {
            _memory.Xor.CloseOpen(line);
        }

        ClosedChunk* oldest = _memory.Chunks.At(chain.Newest);
        while (oldest->Previous != 0)
        {
            oldest = _memory.Chunks.At(oldest->Previous);
        }

        if (line->Closed != 0)
        {
            oldest->Previous = line->Closed;
            oldest->Gap = ClosedChunk.PackGap(oldest->MinTime - _memory.Chunks.At(line->Closed)->MaxTime);
        }

        line->Closed = chain.Newest;
        line->Time = _memory.Chunks.At(chain.Newest)->MaxTime;
        line->FirstTime = long.MaxValue;
        NoteChain(known, chain);
        _attached.Add(known);
    }

    /// <summary>After the log: sets the newest value of series that have no sample after their chunks, and says what was left out.</summary>
    public void Finish()
    {
        foreach (uint reference in _attached)
        {
            HotLine* line = _memory.Series.Lines + reference;
            if (line->Count == 0)
            {
                line->Value = BitConverter.DoubleToUInt64Bits(LastOf(_memory.Chunks.At(line->Closed)));
            }
        }

        for (int encoding = 0; encoding < _notKept.Length; encoding++)
        {
            if (_notKept[encoding] > 0)
            {
                Say(TsdbSeverity.Warning, $"{_notKept[encoding]} chunks of encoding {(ChunkEncoding)encoding} are not kept in memory; they stay in their files until these go");
            }
        }

        if (_chains.Count > 0)
        {
            Say(TsdbSeverity.Information, $"head chunks of {_chains.Count} series that the write-ahead log does not describe any more were left out");
        }

        _chains.Clear();
        _attached.Clear();
    }

    // A file of which not even the first bytes arrived, or only as zeros: it was made when the process or the machine ended.
    private void RemoveEmptyLast(List<int> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        string path = ChunkFiles.Path(_folder, files[^1]);
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        using (FileStream file = File.OpenRead(path))
        {
            int read = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            if (read == magic.Length && magic.IndexOfAnyExcept((byte)0) >= 0 && file.Length >= ChunkFileFormat.FileHeaderBytes)
            {
                return;
            }
        }

        _disk.Delete(path);
        files.RemoveAt(files.Count - 1);
        Say(TsdbSeverity.Warning, $"{path} removed: it was just begun and holds nothing");
    }

    // False at damage.
    private bool ReadFile(int number)
    {
        using var reader = new ChunkFileReader(ChunkFiles.Path(_folder, number));
        if (!Mmap.CanMap(reader.Handle, NativeRegion.PageSize))
        {
            throw new IOException($"{_folder}: the file system cannot map files");
        }

        _memory.Chunks.BeginAdopting(number);
        string? damage = null;
        int end = reader.End;
        while (damage is null && reader.TryRead(out ChunkRecord record, out int offset))
        {
            damage = Take(record, offset);
            end = damage is null ? reader.End : end;
        }

        damage ??= reader.Damage;
        if (damage is not null)
        {
            // Before it is mapped: a mapped file is never cut.
            Cut(reader, number, end, damage);
        }

        _memory.Chunks.EndAdopting(reader.Handle, end);
        return damage is null;
    }

    // Says what is wrong with a record, or nothing.
    private string? Take(in ChunkRecord record, int offset)
    {
        if (record.Series == 0 || record.Series >= _memory.Series.Capacity || record.Count == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"a chunk of {record.Count} samples of series {record.Series}, which cannot be");
        }

        Count++;
        _lastSeries = Math.Max(_lastSeries, record.Series);
        if (record.Encoding is < ChunkEncoding.Xor or > ChunkEncoding.FloatHistogramWithStart || record.IsOutOfOrder)
        {
            // The log of samples out of order has those as well.
            _notKept[(int)record.Encoding] += record.IsOutOfOrder ? 0 : 1;
            _memory.Chunks.NoteTime(record);
            return null;
        }

        if (record.MaxTime < _memory.MinValidTime)
        {
            return null;
        }

        if (!_chains.TryGetValue(record.Series, out Chain chain))
        {
            _chains.Add(record.Series, new Chain(_memory.Chunks.Adopt(record, 0, offset), record.MinTime, ChunkDecoder.HasMoreThanNumbers(record.Encoding)));
            return null;
        }

        long before = _memory.Chunks.At(chain.Newest)->MaxTime;
        if (before >= record.MinTime)
        {
            return string.Create(CultureInfo.InvariantCulture, $"a chunk of series {record.Series} from {record.MinTime} on, the one before goes to {before}");
        }

        _chains[record.Series] = chain with
        {
            Newest = _memory.Chunks.Adopt(record, chain.Newest, offset),
            HasMoreThanNumbers = chain.HasMoreThanNumbers || ChunkDecoder.HasMoreThanNumbers(record.Encoding),
        };
        return null;
    }

    private void Cut(ChunkFileReader reader, int number, int end, string damage)
    {
        string path = ChunkFiles.Path(_folder, number);
        using (IStoreFile file = _disk.Open(path))
        {
            file.SetLength(end);
            file.Sync();
        }

        Say(TsdbSeverity.Warning, $"{path}: {damage}; {reader.Length - end} bytes from offset {end} on cut off, and the files after it removed: their samples are read from the log");
    }

    private double LastOf(ClosedChunk* chunk)
    {
        _last.Clear();

        // One that does not decode says so to whoever reads it.
        return ChunkDecoder.TryAppend(_memory.Chunks.View(chunk), chunk->MaxTime, long.MaxValue, _last, out _) && _last.Count > 0 ? _last.Values[^1] : double.NaN;
    }

    private void NoteChain(uint reference, in Chain chain)
    {
        if (chain.HasMoreThanNumbers)
        {
            _memory.HistogramStates.Note(reference);
        }

        _memory.MinTime = Math.Min(_memory.MinTime, Math.Max(chain.MinTime, _memory.MinValidTime));
        _memory.MaxTime = Math.Max(_memory.MaxTime, _memory.Chunks.At(chain.Newest)->MaxTime);
    }

    private void Say(TsdbSeverity severity, FormattableString text) => _log?.Invoke(new TsdbMessage(severity, text.ToString(CultureInfo.InvariantCulture)));

    private readonly record struct Chain(uint Newest, long MinTime, bool HasMoreThanNumbers);
}
