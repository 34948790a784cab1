using Pharos.Core.Contracts;
using Pharos.Storage.Files;

namespace Pharos.Storage.Wal;

/// <summary>
/// Rewrites the oldest part of the log without what is not needed any more, in upstream's form: a folder <c>checkpoint.N</c> with segments of its own that stands for the
/// segments up to N.
/// </summary>
internal sealed class Checkpoint
{
    private const int MetadataPerRecord = 10_000;

    private readonly string _folder;
    private readonly IStoreFiles _files;
    private readonly RecordBuffer _record = new();
    private readonly RecordBuffer _second = new();
    private readonly List<SeriesExemplar> _exemplars = [];
    private readonly List<SeriesMetadata> _metadata = [];
    private readonly Dictionary<ulong, SeriesMetadata> _lastMetadata = [];
    private readonly RecordCompressor _compressor;

    public Checkpoint(string folder, IStoreFiles files, WalCompression compression)
    {
        _folder = folder;
        _files = files;
        _compressor = new RecordCompressor(compression);
    }

    /// <summary>
    /// Writes the checkpoint of the segments up to <paramref name="last"/> and of the checkpoint before. Complete or not there at all. The segments are still there afterwards.
    /// </summary>
    /// <param name="sources">The segments of the checkpoint before, then those of the log, oldest first.</param>
    /// <param name="last">Number of the newest of them.</param>
    /// <param name="keepSeries">Whether a series reference is needed.</param>
    /// <param name="minTime">Samples older than this are left out.</param>
    /// <exception cref="CorruptionException">A source cannot be read.</exception>
    public void Write(IReadOnlyList<string> sources, int last, Func<ulong, bool> keepSeries, long minTime)
    {
        string target = WalSegments.CheckpointPath(_folder, last);
        string temporary = target + ".tmp";
        _files.DeleteFolder(temporary);
        _files.CreateFolder(temporary);
        Exception? syncFailure = null;
        using (var writer = new WalWriter(temporary, _files, 0, 128 << 20, (_, e) => syncFailure = e))
        {
            var reader = new LogReader(sources);
            _lastMetadata.Clear();
            reader.ReadAll(new RecordBatch(), batch => CopyBatch(batch, writer, keepSeries, minTime));
            WriteMetadata(writer);
            if (reader.Damage is { } damage)
            {
                throw new CorruptionException(damage.File, damage.Offset, damage.What);
            }
        }

        if (syncFailure is not null)
        {
            throw new IOException($"{temporary} could not be forced to disk", syncFailure);
        }

        _files.Move(temporary, target);
        _files.SyncFolder(_folder);
    }

    /// <summary>Removes the segments up to <paramref name="last"/> and the checkpoints before it; a file that cannot be removed is left for the next time.</summary>
    public void RemoveBefore(int last)
    {
        foreach (int index in WalSegments.List(_folder))
        {
            if (index <= last)
            {
                _files.Delete(WalSegments.Path(_folder, index));
            }
        }

        foreach (int index in WalSegments.ListCheckpoints(_folder))
        {
            if (index < last)
            {
                _files.DeleteFolder(WalSegments.CheckpointPath(_folder, index));
            }
        }
    }

    private RecordBatch CopyBatch(RecordBatch batch, WalWriter writer, Func<ulong, bool> keepSeries, long minTime)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            ReadOnlySpan<byte> record = batch.Get(i, out string file, out long offset);
            _record.Clear();
            switch (record.IsEmpty ? 0 : (WalRecordKind)record[0])
            {
                case WalRecordKind.Series:
                    CopySeries(record, keepSeries, file, offset);
                    break;
                case WalRecordKind.Samples:
                    CopySamples(record, keepSeries, minTime, file, offset);
                    break;
                case WalRecordKind.HistogramSamples:
                case WalRecordKind.FloatHistogramSamples:
                case WalRecordKind.CustomBucketsHistogramSamples:
                case WalRecordKind.CustomBucketsFloatHistogramSamples:
                    CopyHistograms(record, keepSeries, minTime, file, offset);
                    break;
                case WalRecordKind.SamplesWithStart:
                case WalRecordKind.HistogramSamplesWithStart:
                case WalRecordKind.FloatHistogramSamplesWithStart:
                    CopyWhole(record, keepSeries, minTime, file, offset);
                    break;
                case WalRecordKind.Exemplars:
                    CopyExemplars(record, keepSeries, minTime, file, offset);
                    break;
                case WalRecordKind.Metadata:
                    CollectMetadata(record, keepSeries, file, offset);
                    break;
                case WalRecordKind.Tombstones:
                    CopyTombstones(record, keepSeries, minTime, file, offset);
                    break;
                case WalRecordKind.MmapMarkers:
                    // They point into files that this store does not have.
                    break;
                default:
                    // What is not kept in memory yet is not lost on disk either.
                    _record.Put(record);
                    break;
            }

            if (_record.Length > 0)
            {
                AddCompressed(writer);
            }
        }

        writer.Commit();
        batch.Clear();
        return batch;
    }

    private void CopySeries(ReadOnlySpan<byte> record, Func<ulong, bool> keep, string file, long offset)
    {
        var reader = new RecordReader(record[1..]);
        _record.Put((byte)WalRecordKind.Series);
        while (!reader.AtEnd)
        {
            ulong reference = reader.ReadBigEndian();
            ulong labels = reader.ReadUvarint();
            _second.Clear();
            _second.PutBigEndian(reference);
            _second.PutUvarint(labels);
            for (ulong n = 0; n < 2 * labels && !reader.Failed; n++)
            {
                ReadOnlySpan<byte> text = reader.ReadField();
                _second.PutUvarint((ulong)text.Length);
                _second.Put(text);
            }

            if (!reader.Failed && keep(reference))
            {
                _record.Put(_second.Written);
            }
        }

        End(reader.Failed, file, offset, WalRecordKind.Series);
    }

    private void CopySamples(ReadOnlySpan<byte> record, Func<ulong, bool> keep, long minTime, string file, long offset)
    {
        var reader = new RecordReader(record[1..]);
        ulong firstReference = reader.ReadBigEndian();
        long firstTime = (long)reader.ReadBigEndian();
        var encoder = new SamplesEncoder(_record, record.Length / 10);
        while (!reader.AtEnd)
        {
            ulong reference = firstReference + (ulong)reader.ReadVarint();
            long time = firstTime + reader.ReadVarint();
            ulong value = reader.ReadBigEndian();
            if (!reader.Failed && time >= minTime && keep(reference))
            {
                encoder.Add(reference, time, value);
            }
        }

        encoder.End();
        End(reader.Failed, file, offset, WalRecordKind.Samples);
    }

    private void CopyHistograms(ReadOnlySpan<byte> record, Func<ulong, bool> keep, long minTime, string file, long offset)
    {
        var samples = new RecordSamples(record);
        ulong firstReference = 0;
        long firstTime = 0;
        while (samples.MoveNext())
        {
            if (samples.Histogram.IsNone || samples.Time < minTime || !keep(samples.Reference))
            {
                continue;
            }

            if (_record.Length == 0)
            {
                firstReference = samples.Reference;
                firstTime = samples.Time;
                HistogramRecords.Begin(_record, (WalRecordKind)record[0], firstReference, firstTime);
            }

            _record.PutVarint((long)(samples.Reference - firstReference));
            _record.PutVarint(samples.Time - firstTime);
            HistogramRecords.Put(_record, samples.Histogram);
        }

        End(samples.Failed, file, offset, (WalRecordKind)record[0]);
    }

    // Each sample is told relative to the one before, start included: kept with all others as long as one is needed.
    private void CopyWhole(ReadOnlySpan<byte> record, Func<ulong, bool> keep, long minTime, string file, long offset)
    {
        var samples = new RecordSamples(record);
        bool isNeeded = false;
        while (samples.MoveNext())
        {
            isNeeded |= samples.Time >= minTime && keep(samples.Reference);
        }

        if (isNeeded)
        {
            _record.Put(record);
        }

        End(samples.Failed, file, offset, (WalRecordKind)record[0]);
    }

    private void CopyExemplars(ReadOnlySpan<byte> record, Func<ulong, bool> keep, long minTime, string file, long offset)
    {
        _exemplars.Clear();
        bool read = ExemplarRecord.TryDecode(record, _exemplars);
        End(!read, file, offset, WalRecordKind.Exemplars);
        _exemplars.RemoveAll(exemplar => exemplar.Exemplar.Timestamp < minTime || !keep(exemplar.Series.Value));
        if (_exemplars.Count > 0)
        {
            ExemplarRecord.Encode(_exemplars.ToArray(), _record);
        }
    }

    // Of each series the last, which goes behind everything else.
    private void CollectMetadata(ReadOnlySpan<byte> record, Func<ulong, bool> keep, string file, long offset)
    {
        _metadata.Clear();
        bool read = MetadataRecord.TryDecode(record, _metadata);
        End(!read, file, offset, WalRecordKind.Metadata);
        foreach (SeriesMetadata metadata in _metadata)
        {
            if (keep(metadata.Series.Value))
            {
                _lastMetadata[metadata.Series.Value] = metadata;
            }
        }
    }

    private void WriteMetadata(WalWriter writer)
    {
        foreach (SeriesMetadata[] some in _lastMetadata.Values.Chunk(MetadataPerRecord))
        {
            _record.Clear();
            MetadataRecord.Encode(some, _record);
            AddCompressed(writer);
        }

        writer.Commit();
        _lastMetadata.Clear();
    }

    private void CopyTombstones(ReadOnlySpan<byte> record, Func<ulong, bool> keep, long minTime, string file, long offset)
    {
        var reader = new RecordReader(record[1..]);
        _record.Put((byte)WalRecordKind.Tombstones);
        bool isMarked = false;
        bool isFirst = true;
        while (!reader.AtEnd && TombstonesRecord.TryRead(ref reader, out ulong reference, out long from, out long to))
        {
            isMarked |= isFirst && TombstonesRecord.IsMark(from, to);
            isFirst = false;
            if (to < minTime || !keep(reference))
            {
                continue;
            }

            if (isMarked && _record.Length == 1)
            {
                TombstonesRecord.AddMark(_record, reference);
            }

            TombstonesRecord.Add(_record, reference, from, to);
        }

        End(reader.Failed, file, offset, WalRecordKind.Tombstones);
    }

    private void End(bool failed, string file, long offset, WalRecordKind kind)
    {
        if (failed)
        {
            throw new CorruptionException(file, offset, $"a record of {kind} ends inside a field");
        }

        if (_record.Length == 1)
        {
            _record.Clear();
        }
    }

    private void AddCompressed(WalWriter writer)
    {
        ReadOnlySpan<byte> bytes = _compressor.Compress(_record.Written, out WalCompression used);
        writer.Add(bytes, used);
    }
}
