using System.Collections.Concurrent;
using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>
/// Fills the head from the log: one thread reads and decompresses ahead, the caller's applies. Used once, before anybody else sees the memory.
/// </summary>
internal sealed unsafe partial class HeadReplay
{
    private const int BatchesAhead = 6;
    private readonly HeadMemory _memory;
    private readonly InheritedChunks _inherited;
    private readonly Action _afterBatch;
    private readonly Dictionary<ulong, uint> _otherReferences = [];
    private readonly Dictionary<string, long> _newestTimes = [];
    private readonly long[] _notKept = new long[256];
    private readonly HashSet<ulong> _unknown = [];
    private readonly List<SeriesExemplar> _exemplars = [];
    private readonly List<SeriesMetadata> _metadata = [];
    private readonly List<Tombstone> _tombstones = [];
    private readonly List<Tombstone> _inheritedTombstones = [];
    private long _unknownSamples;
    private long _newestInLog = long.MinValue;
    private long _histogramsNotKept;
    private byte[] _labelBytes = new byte[1024];

    /// <param name="memory">Empty, but for the chunks that were inherited.</param>
    /// <param name="inherited">Gives series their chunks.</param>
    /// <param name="afterBatch">Called every now and then by the thread that applies.</param>
    public HeadReplay(HeadMemory memory, InheritedChunks inherited, Action afterBatch)
    {
        _memory = memory;
        _inherited = inherited;
        _afterBatch = afterBatch;
    }

    /// <summary>Takes the exemplars of a record, of series that are there.</summary>
    public Action<List<SeriesExemplar>>? TakeExemplars { get; init; }

    /// <summary>Takes what is said about a series that is there.</summary>
    public Action<SeriesMetadata>? TakeMetadata { get; init; }

    /// <summary>Samples taken in.</summary>
    public long Samples { get; private set; }

    /// <summary>What stopped the reading; null when everything was read.</summary>
    public WalDamage? Damage { get; private set; }

    /// <summary>Segments that were not reached because of the damage.</summary>
    public IReadOnlyList<string> Unread { get; private set; } = [];

    /// <summary>Second numbers of series that the log knows by another; their records are needed as long as samples under them are.</summary>
    public IReadOnlyDictionary<ulong, uint> OtherReferences => _otherReferences;

    /// <summary>Per segment, by path: the newest time after it was applied.</summary>
    public IReadOnlyDictionary<string, long> NewestTimes => _newestTimes;

    /// <summary>Records of kinds that are not kept yet.</summary>
    public long RecordsNotKept => _notKept.Sum();

    /// <summary>Reads the segments, oldest first, up to the first damage.</summary>
    /// <exception cref="DataFolderException">A record is compressed with Zstandard and the host has no libzstd.</exception>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public void Run(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        using var full = new BlockingCollection<RecordBatch>(BatchesAhead);
        using var empty = new BlockingCollection<RecordBatch>();
        for (int i = 0; i < BatchesAhead; i++)
        {
            empty.Add(new RecordBatch(), CancellationToken.None);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reader = new LogReader(paths);
        Exception? failure = null;
        Thread thread = StartReading(reader, empty, full, e => failure = e, stop.Token);
        try
        {
            foreach (RecordBatch batch in full.GetConsumingEnumerable(cancellationToken))
            {
                Apply(batch);
                _afterBatch();
                batch.Clear();
                empty.Add(batch, CancellationToken.None);
            }
        }
        catch (CorruptionException e)
        {
            // The bytes are those that were written, but mean nothing: what follows is not to be trusted either.
            Damage = new WalDamage(e.File, e.Offset, e.Offset, e.What, AtEnd: false);
            Unread = [.. paths.SkipWhile(path => !string.Equals(path, e.File, StringComparison.Ordinal)).Skip(1)];
            SetTombstones();
            return;
        }
        finally
        {
            stop.Cancel();
            thread.Join();
        }

        SetTombstones();
        Damage = reader.Damage;
        Unread = reader.Unread;
        if (failure is not null)
        {
            throw failure is DataFolderException ? failure : new IOException($"the write-ahead log cannot be read: {failure.Message}", failure);
        }
    }

    // Fills empty batches on a thread of its own, ahead of the caller; what it fails with is kept for the caller to throw.
    private static Thread StartReading(
        LogReader reader, BlockingCollection<RecordBatch> empty, BlockingCollection<RecordBatch> full, Action<Exception> fail, CancellationToken stop)
    {
        var thread = new Thread(() =>
        {
            try
            {
                reader.ReadAll(empty.Take(stop), batch =>
                {
                    full.Add(batch, stop);
                    return empty.Take(stop);
                });
            }
            catch (Exception e)
            {
                fail(e);
            }

            full.CompleteAdding();
        })
        {
            IsBackground = true,
            Name = "wal-read",
        };
        thread.Start();
        return thread;
    }

    /// <summary>The series that a reference of the log names, by its second number too; 0: none.</summary>
    public uint Resolve(ulong reference)
    {
        if (reference - 1 < _memory.Series.LastReference && _memory.Series.Lines[reference].IsAlive)
        {
            return (uint)reference;
        }

        return _otherReferences.GetValueOrDefault(reference);
    }

    /// <summary>What an operator should know of what was left out.</summary>
    public IEnumerable<string> Warnings()
    {
        for (int kind = 0; kind < _notKept.Length; kind++)
        {
            if (_notKept[kind] > 0)
            {
                string name = Enum.IsDefined((WalRecordKind)kind) ? ((WalRecordKind)kind).ToString() : "number " + kind.ToString(CultureInfo.InvariantCulture);
                yield return string.Create(CultureInfo.InvariantCulture, $"{_notKept[kind]} records of kind {name} in the write-ahead log are not kept in memory yet; they stay in the log");
            }
        }

        if (_histogramsNotKept > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{_histogramsNotKept} histograms in the write-ahead log have a schema that means nothing, or more than {NativeHistogram.MaxParts} buckets; they were left out");
        }

        if (_unknownSamples > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{_unknownSamples} samples in the write-ahead log name {_unknown.Count} series that the log does not describe; they were left out");
        }
    }

    private void Apply(RecordBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            ReadOnlySpan<byte> record = batch.Get(i, out string file, out long offset);
            if (record.IsEmpty)
            {
                continue;
            }

            switch ((WalRecordKind)record[0])
            {
                case WalRecordKind.Series:
                    ApplySeries(record[1..], file, offset);
                    break;
                case WalRecordKind.Samples:
                    ApplySamples(record[1..], file, offset);
                    break;
                case WalRecordKind.SamplesWithStart:
                case WalRecordKind.HistogramSamples:
                case WalRecordKind.FloatHistogramSamples:
                case WalRecordKind.CustomBucketsHistogramSamples:
                case WalRecordKind.CustomBucketsFloatHistogramSamples:
                case WalRecordKind.HistogramSamplesWithStart:
                case WalRecordKind.FloatHistogramSamplesWithStart:
                    ApplyOtherSamples(record, file, offset);
                    break;
                case WalRecordKind.Exemplars:
                    ApplyExemplars(record, file, offset);
                    break;
                case WalRecordKind.Metadata:
                    ApplyMetadata(record, file, offset);
                    break;
                case WalRecordKind.Tombstones:
                    ApplyTombstones(record[1..], file, offset);
                    break;
                case WalRecordKind.MmapMarkers:
                    // Where upstream's chunk files stand; without those files nothing follows from them.
                    break;
                default:
                    _notKept[record[0]]++;
                    break;
            }

            _newestTimes[file] = _newestInLog;
        }
    }

    private void ApplySeries(ReadOnlySpan<byte> record, string file, long offset)
    {
        var reader = new RecordReader(record);
        while (!reader.AtEnd)
        {
            ReadSeries(ref reader, file, offset);
        }
    }

    // Returns the number that the record gives.
    private ulong ReadSeries(ref RecordReader reader, string file, long offset)
    {
        ulong reference = reader.ReadBigEndian();
        ulong count = reader.ReadUvarint();
        int length = 0;
        ReadOnlySpan<byte> before = [];
        for (ulong n = 0; n < count && !reader.Failed; n++)
        {
            ReadOnlySpan<byte> name = reader.ReadField();
            ReadOnlySpan<byte> value = reader.ReadField();
            if (n > 0 && before.SequenceCompareTo(name) >= 0)
            {
                throw new CorruptionException(file, offset, "a series has label names that are not in order");
            }

            Reserve(length, name.Length + value.Length + 18);
            length = LabelBytes.Write(_labelBytes, length, name, value);
            before = name;
        }

        if (reader.Failed)
        {
            throw new CorruptionException(file, offset, "a record of series ends inside a field");
        }

        if (length > 0)
        {
            AddSeries(reference, _labelBytes.AsSpan(0, length), file, offset);
        }

        return reference;
    }

    private void AddSeries(ulong reference, ReadOnlySpan<byte> labelBytes, string file, long offset)
    {
        SeriesStore store = _memory.Series;
        Hash128 hash = store.Hasher.Hash(labelBytes);
        uint known = store.Table.Find(hash);
        if (reference < store.Capacity)
        {
            store.SkipTo((uint)reference);
        }

        if (known == 0)
        {
            if (reference == 0 || reference >= store.Capacity || !store.HasRoom(labelBytes.Length))
            {
                throw new CorruptionException(file, offset, string.Create(CultureInfo.InvariantCulture, $"series reference {reference} is out of range, 1 to {store.Capacity - 1} are possible"));
            }

            if (store.Lines[reference].State == SeriesState.Unused)
            {
                store.Add((uint)reference, labelBytes, hash);
                _inherited.Attach((uint)reference);
                return;
            }

            // The same number for another series: upstream would not write that either.
            throw new CorruptionException(file, offset, string.Create(CultureInfo.InvariantCulture, $"series reference {reference} is given to two series"));
        }

        if (known != reference)
        {
            // A series that was dropped and came back has records under both numbers.
            _otherReferences[reference] = known;
            _inherited.AttachOther(reference, known);
        }
    }

    private void ApplySamples(ReadOnlySpan<byte> record, string file, long offset)
    {
        var reader = new RecordReader(record);
        ulong firstReference = reader.ReadBigEndian();
        long firstTime = (long)reader.ReadBigEndian();
        if (reader.Failed)
        {
            throw new CorruptionException(file, offset, "a record of samples ends inside its head");
        }

        ulong last = _memory.Series.LastReference;
        HotLine* lines = _memory.Series.Lines;
        long newest = _memory.MaxTime;
        long oldest = _memory.MinTime;
        long least = _memory.MinValidTime;
        long newestInLog = _newestInLog;
        while (!reader.AtEnd)
        {
            ulong reference = firstReference + (ulong)reader.ReadVarint();
            long time = firstTime + reader.ReadVarint();
            ulong value = reader.ReadBigEndian();
            if (reader.Failed)
            {
                throw new CorruptionException(file, offset, "a record of samples ends inside a field");
            }

            newestInLog = Math.Max(newestInLog, time);
            if (reference - 1 >= last || lines[reference].State != SeriesState.Alive)
            {
                reference = ResolveSample(reference);
                if (reference == 0 || AppendToHistograms(reference, time, value))
                {
                    newest = Math.Max(newest, _memory.MaxTime);
                    oldest = Math.Min(oldest, _memory.MinTime);
                    continue;
                }
            }

            // What was refused when it came is refused again, by the same rule; what inherited chunks hold is older than the line's time.
            HotLine* line = lines + reference;
            if (time > line->Time && time >= least)
            {
                _memory.Xor.Append(line, time, value);
                Samples++;
                newest = Math.Max(newest, time);
                oldest = Math.Min(oldest, time);
            }
        }

        _memory.MaxTime = newest;
        _memory.MinTime = oldest;
        _newestInLog = newestInLog;
    }

    // Histograms, and numbers with start timestamps, which are not kept: upstream does not by default either.
    private void ApplyOtherSamples(ReadOnlySpan<byte> record, string file, long offset)
    {
        var samples = new RecordSamples(record);
        bool areHistograms = RecordSamples.AreHistograms((WalRecordKind)record[0]);
        while (samples.MoveNext())
        {
            ulong reference = ResolveSample(samples.Reference);
            if (reference == 0)
            {
                continue;
            }

            HotLine* line = _memory.Series.Lines + reference;
            if (!areHistograms)
            {
                if (!AppendToHistograms(reference, samples.Time, samples.Value) && IsNew(line, samples.Time))
                {
                    _memory.Xor.Append(line, samples.Time, samples.Value);
                    NoteSample(samples.Time);
                }
            }
            else if (samples.Histogram.IsNone || samples.Histogram.Parts > NativeHistogram.MaxParts)
            {
                _histogramsNotKept++;
            }
            else if (IsNew(line, samples.Time))
            {
                _memory.Histograms.Append(line, samples.Time, samples.Histogram);
                NoteSample(samples.Time);
            }
        }

        if (samples.Failed)
        {
            throw new CorruptionException(file, offset, "a record of samples ends inside a field");
        }
    }

    // False where the series does not hold histograms: then it is an ordinary number.
    private bool AppendToHistograms(ulong reference, long time, ulong value)
    {
        HotLine* line = _memory.Series.Lines + reference;
        if (line->State != SeriesState.HoldsHistograms)
        {
            return false;
        }

        if (IsNew(line, time))
        {
            _memory.Histograms.AppendFloat(line, time, value);
            NoteSample(time);
        }

        return true;
    }

    // What was refused when it came is refused again, by the same rule; what is older than the end of the blocks is in them.
    private bool IsNew(HotLine* line, long time) => time > line->Time && time >= _memory.MinValidTime;

    private void NoteSample(long time)
    {
        Samples++;
        _memory.MaxTime = Math.Max(_memory.MaxTime, time);
        _memory.MinTime = Math.Min(_memory.MinTime, time);
    }

    // The reference that the series has now; 0 where the log does not describe it.
    private ulong ResolveSample(ulong reference)
    {
        uint series = Resolve(reference);
        if (series != 0)
        {
            return series;
        }

        _unknownSamples++;
        _unknown.Add(reference);
        return 0;
    }

    private void ApplyExemplars(ReadOnlySpan<byte> record, string file, long offset)
    {
        _exemplars.Clear();
        if (!ExemplarRecord.TryDecode(record, _exemplars))
        {
            throw new CorruptionException(file, offset, "a record of exemplars ends inside a field");
        }

        for (int i = 0; i < _exemplars.Count; i++)
        {
            _exemplars[i] = _exemplars[i] with { Series = new SeriesRef(Resolve(_exemplars[i].Series.Value)) };
        }

        TakeExemplars?.Invoke(_exemplars);
    }

    private void ApplyMetadata(ReadOnlySpan<byte> record, string file, long offset)
    {
        _metadata.Clear();
        if (!MetadataRecord.TryDecode(record, _metadata))
        {
            throw new CorruptionException(file, offset, "a record of metadata ends inside a field");
        }

        foreach (SeriesMetadata metadata in _metadata)
        {
            var series = new SeriesRef(Resolve(metadata.Series.Value));
            if (!series.IsNone)
            {
                TakeMetadata?.Invoke(metadata with { Series = series });
            }
        }
    }

    private void ApplyTombstones(ReadOnlySpan<byte> record, string file, long offset)
    {
        var reader = new RecordReader(record);
        bool isOwn = false;
        for (bool isFirst = true; !reader.AtEnd; isFirst = false)
        {
            if (!TombstonesRecord.TryRead(ref reader, out ulong reference, out long minTime, out long maxTime))
            {
                throw new CorruptionException(file, offset, "a record of tombstones ends inside a field");
            }

            isOwn |= isFirst && TombstonesRecord.IsMark(minTime, maxTime);
            uint series = Resolve(reference);
            if (series != 0 && maxTime >= _memory.MinValidTime && !TombstonesRecord.IsMark(minTime, maxTime))
            {
                (isOwn ? _tombstones : _inheritedTombstones).Add(new Tombstone(series, minTime, maxTime));
            }
        }
    }

    private void SetTombstones()
    {
        _memory.InheritedTombstones = HeadTombstones.Of(_inheritedTombstones);
        _memory.Tombstones = _memory.InheritedTombstones.With(_tombstones);
    }

    private void Reserve(int used, int more)
    {
        if (_labelBytes.Length - used < more)
        {
            Array.Resize(ref _labelBytes, Math.Max(used + more, 2 * _labelBytes.Length));
        }
    }
}
