using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Storage.Chunks;
using Pharos.Storage.Exemplars;
using Pharos.Storage.Files;
using Pharos.Storage.Head;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Metadata;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Snapshots;

/// <summary>
/// Writes what the head holds besides its closed chunks, in upstream's form, so that a start needs only the log after it. Beside writers and readers; one at a time.
/// docs/decisions/0046, docs/formats/chunk_snapshot.md.
/// </summary>
/// <remarks>
/// Series are copied one after another while others are written to, so the snapshot is of no single moment: each series has at least all that stands in the log before the snapshot's
/// place, and what it has beyond is refused as known when the log is read from there on.
/// </remarks>
internal sealed unsafe class HeadSnapshotWriter
{
    private const int SeriesAtOnce = 1024;
    private const int FlatBytes = 1040 + XorDecoder.ReadAhead;
    private const int ExemplarsPerRecord = 10_000;
    private const int SegmentBytes = 128 << 20;
    private readonly HeadMemory _memory;
    private readonly SeriesLog _log;
    private readonly ChunkFileWriter _chunkWriter;
    private readonly ExemplarStore _exemplars;
    private readonly SeriesMetadataStore _metadata;
    private readonly string _folder;
    private readonly string _walFolder;
    private readonly IStoreFiles _disk;
    private readonly RecordCompressor _compressor;
    private readonly RecordBuffer _record = new();
    private readonly byte[] _flat = GC.AllocateUninitializedArray<byte>(FlatBytes, pinned: true);

    public HeadSnapshotWriter(
        HeadMemory memory,
        SeriesLog log,
        ChunkFileWriter chunkWriter,
        ExemplarStore exemplars,
        SeriesMetadataStore metadata,
        string folder,
        string walFolder,
        IStoreFiles disk,
        WalCompression compression)
    {
        _memory = memory;
        _log = log;
        _chunkWriter = chunkWriter;
        _exemplars = exemplars;
        _metadata = metadata;
        _folder = folder;
        _walFolder = walFolder;
        _disk = disk;
        _compressor = new RecordCompressor(compression);
    }

    /// <summary>Bytes written to the log when the newest snapshot began.</summary>
    public long LogBytesBefore { get; private set; }

    /// <summary>Bytes of the newest snapshot, 0 without.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes a snapshot and removes older ones. False when there is nothing worth one, or the chunks that it leaves out could not be written.</summary>
    /// <exception cref="IOException">The disk refuses; there is no new snapshot.</exception>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    public bool Write()
    {
        if (_memory.Series.Count == 0)
        {
            return false;
        }

        SnapshotSeal seal = BeginSegment();
        (seal.LogLength, seal.LogChecksum) = SnapshotSeal.Look(WalSegments.Path(_walFolder, seal.Segment - 1));
        string target = SnapshotFolders.Path(_folder, seal.Segment);
        string temporary = target + SnapshotFolders.Temporary;
        _disk.DeleteFolder(temporary);
        _disk.CreateFolder(temporary);
        _disk.CreateFolder(SnapshotFolders.SealPath(temporary));
        Exception? failure = null;
        long bytes;
        using (var writer = new WalWriter(temporary, _disk, 0, SegmentBytes, (_, e) => failure = e))
        {
            WriteSeries(seal.LastReference, writer);
            WriteTombstones(writer);
            WriteExemplars(writer);
            writer.Commit();
            bytes = writer.BytesWritten;
        }

        // Chunks that were closed before their series was copied are in files from here on, to stay even when the power fails.
        if (!_chunkWriter.TryWriteToDisk(out int chunkFile, out int chunkFileEnd))
        {
            _disk.DeleteFolder(temporary);
            return false;
        }

        seal.ChunkFile = chunkFile;
        seal.ChunkFileEnd = chunkFileEnd;
        using (var writer = new WalWriter(SnapshotFolders.SealPath(temporary), _disk, 0, SegmentBytes, (_, e) => failure = e))
        {
            WriteSeal(seal, writer);
            bytes += writer.BytesWritten;
        }

        if (failure is not null)
        {
            throw new IOException($"{temporary} could not be forced to disk", failure);
        }

        _disk.Move(temporary, target);
        _disk.SyncFolder(_folder);
        SnapshotFolders.RemoveAllBut(_folder, target, _disk);
        Bytes = bytes;
        return true;
    }

    private SnapshotSeal BeginSegment()
    {
        lock (_memory.Commit)
        {
            SnapshotSeal seal = BeginSegmentWithSeries();
            foreach ((int segment, long time) in _log.NewestTimes)
            {
                seal.NewestTimes[segment] = time;
            }

            foreach ((ulong other, uint known) in _memory.OtherReferences)
            {
                if (_memory.Series.Lines[known].IsAlive)
                {
                    seal.OtherReferences[other] = known;
                }
            }

            return seal;
        }
    }

    // A series is noted for the log before it can be seen; with the index lock, none stands between the two: what the old segment names is copied.
    private SnapshotSeal BeginSegmentWithSeries()
    {
        _memory.Series.Index.EnterReadLock();
        try
        {
            _log.Write([], WalCompression.None, _memory.MaxTime);
            _log.NextSegment(_memory.MaxTime);
            LogBytesBefore = _log.Writer.BytesWritten;
            return new SnapshotSeal { Segment = _log.Writer.Segment, LastReference = _memory.Series.LastReference };
        }
        finally
        {
            _memory.Series.Index.ExitReadLock();
        }
    }

    private void WriteSeries(uint last, WalWriter writer)
    {
        HotLine* lines = _memory.Snapshots.Rent(SeriesAtOnce, out int capacity);
        var references = new uint[SeriesAtOnce];
        long epoch = _memory.Epochs.Enter();
        try
        {
            for (uint from = 1; from <= last; from += SeriesAtOnce)
            {
                int count = CopyLines(from, Math.Min(last, from + SeriesAtOnce - 1), lines, references);
                for (int i = 0; i < count; i++)
                {
                    _record.Clear();
                    EncodeSeries(references[i], lines[i]);
                    Add(writer);
                }

                writer.Commit();
            }
        }
        finally
        {
            _memory.Epochs.Leave(epoch);
            _memory.Snapshots.Return(lines, capacity);
        }
    }

    private int CopyLines(uint from, uint to, HotLine* lines, uint[] references)
    {
        int count = 0;
        _memory.Gate.EnterRead();
        for (uint reference = from; reference <= to; reference++)
        {
            HotLine* line = _memory.Series.Lines + reference;
            if (line->IsAlive)
            {
                references[count] = reference;
                lines[count++] = *line;
            }
        }

        _memory.Gate.ExitRead();
        return count;
    }

    private void EncodeSeries(uint reference, in HotLine line)
    {
        SeriesStore store = _memory.Series;
        _record.Put((byte)SnapshotKind.Series);
        _record.PutBigEndian(reference);
        ReadOnlySpan<uint> names = store.NamesOf(store.ShapeOf(reference));
        ReadOnlySpan<uint> values = store.ValuesOf(reference);
        _record.PutUvarint((ulong)names.Length);
        for (int i = 0; i < names.Length; i++)
        {
            PutField(store.Symbols.Get(names[i]));
            PutField(store.Symbols.Get(values[i]));
        }

        _record.PutBigEndian(0); // upstream once had the chunk range here
        if (line.Count == 0)
        {
            _record.PutUvarint(0);
            return;
        }

        _record.PutUvarint(1);
        _record.PutBigEndian((ulong)line.FirstTime);
        _record.PutBigEndian((ulong)line.Time);
        _record.Put((byte)line.OpenEncoding);
        if (line.State == SeriesState.HoldsHistograms)
        {
            PutHistograms(line);
            return;
        }

        int length;
        fixed (byte* flat = _flat)
        {
            length = XorAppender.Flatten(line, _memory.Blocks, flat);
        }

        _record.PutUvarint((ulong)(ChunkView.MinLength + length));
        BinaryPrimitives.WriteUInt16BigEndian(_record.Reserve(ChunkView.MinLength), line.Count);
        _record.Advance(ChunkView.MinLength);
        _record.Put(_flat.AsSpan(0, length));

        // Upstream once had the last four samples here; of three it reads nothing any more.
        for (int i = 0; i < 7; i++)
        {
            _record.PutBigEndian(0);
        }

        _record.PutBigEndian(line.Value);
    }

    // The chunk, and its last histogram once more.
    private void PutHistograms(in HotLine line)
    {
        byte[] room = ArrayPool<byte>.Shared.Rent(line.ChunkBytes + sizeof(ulong));
        ReadOnlySpan<byte> chunk = HistogramAppender.Flatten(line, _memory.Blocks, room);
        PutField(chunk);
        var reader = new HistogramChunkReader(chunk, line.OpenEncoding);
        try
        {
            for (int i = 0; i < line.Count; i++)
            {
                if (!reader.MoveNext())
                {
                    throw new StorageUnavailableException($"an open chunk of histograms does not decode: {reader.Error}");
                }
            }

            HistogramRecords.Put(_record, reader.ToNative());
        }
        finally
        {
            reader.Dispose();
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private void WriteTombstones(WalWriter writer)
    {
        var stones = new RecordBuffer();
        stones.Put(1);
        foreach (Tombstone stone in _memory.Tombstones.All)
        {
            stones.PutUvarint(stone.Reference);
            stones.PutVarint(stone.MinTime);
            stones.PutVarint(stone.MaxTime);
        }

        _record.Clear();
        _record.Put((byte)SnapshotKind.Tombstones);
        PutField(stones.Written);
        Add(writer);
    }

    private void WriteExemplars(WalWriter writer)
    {
        Span<SeriesExemplar> all = CollectionsMarshal.AsSpan(_exemplars.CopyAll()); // nobody else has the list
        for (int from = 0; from < all.Length; from += ExemplarsPerRecord)
        {
            _record.Clear();
            _record.Put((byte)SnapshotKind.Exemplars);
            ExemplarRecord.EncodeEntries(all.Slice(from, Math.Min(ExemplarsPerRecord, all.Length - from)), _record);
            Add(writer);
        }
    }

    private void WriteSeal(SnapshotSeal seal, WalWriter writer)
    {
        _record.Clear();
        seal.Encode(_record);
        Add(writer);
        Span<SeriesMetadata> all = CollectionsMarshal.AsSpan(_metadata.CopyAll()); // nobody else has the list
        for (int from = 0; from < all.Length; from += SeriesAtOnce)
        {
            _record.Clear();
            MetadataRecord.Encode(all.Slice(from, Math.Min(SeriesAtOnce, all.Length - from)), _record);
            Add(writer);
        }

        writer.Commit();
    }

    private void Add(WalWriter writer)
    {
        ReadOnlySpan<byte> bytes = _compressor.Compress(_record.Written, out WalCompression used);
        writer.Add(bytes, used);
    }

    private void PutField(ReadOnlySpan<byte> bytes)
    {
        _record.PutUvarint((ulong)bytes.Length);
        _record.Put(bytes);
    }
}
