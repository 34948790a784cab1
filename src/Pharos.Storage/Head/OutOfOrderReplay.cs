using System.Globalization;
using Pharos.Core.Histograms;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>Fills the out-of-order part of the head from its log, after the head's own log was read. Used once, before anybody else sees the memory.</summary>
/// <remarks>
/// Deletions of this store stand in both logs; in this one they take what stands before them. Those of upstream stand in the head's log alone, which does not say what of this
/// log came before them: they take all of it, once; then this log is written anew and begins with them. Markers of chunks that upstream wrote to <c>chunks_head</c> are passed
/// over: the log has their samples until blocks have them.
/// </remarks>
internal sealed class OutOfOrderReplay
{
    private readonly HeadMemory _memory;
    private readonly HeadReplay _head;
    private readonly List<Tombstone> _known = [];
    private readonly HashSet<ulong> _unknown = [];
    private long _unknownSamples;
    private long _histogramsNotKept;
    private long _notKept;

    public OutOfOrderReplay(HeadMemory memory, HeadReplay head)
    {
        _memory = memory;
        _head = head;
    }

    /// <summary>Samples taken in.</summary>
    public long Samples { get; private set; }

    /// <summary>What stopped the reading; null when everything was read.</summary>
    public WalDamage? Damage { get; private set; }

    /// <summary>Segments that were not reached because of the damage.</summary>
    public IReadOnlyList<string> Unread { get; private set; } = [];

    /// <summary>Whether the log has samples that were deleted afterwards.</summary>
    public bool HasDeletions { get; private set; }

    /// <summary>Whether the log says something that is not true any more once this store has it, so that it has to be written anew: see <see cref="OutOfOrderOpener"/>.</summary>
    public bool MustRewrite { get; private set; }

    /// <summary>Reads the segments, oldest first, up to the first damage.</summary>
    /// <exception cref="DataFolderException">A record is compressed in a way that is not supported.</exception>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public void Run(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var reader = new LogReader(paths);
        try
        {
            reader.ReadAll(new RecordBatch(), batch =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                Apply(batch);
                batch.Clear();
                return batch;
            });
            Damage = reader.Damage;
            Unread = reader.Unread;
        }
        catch (CorruptionException e)
        {
            Damage = new WalDamage(e.File, e.Offset, e.Offset, e.What, AtEnd: false);
            Unread = [.. paths.SkipWhile(path => !string.Equals(path, e.File, StringComparison.Ordinal)).Skip(1)];
        }

        List<Tombstone> ofUpstream = _memory.InheritedTombstones.Except(HeadTombstones.Of(_known));
        MustRewrite |= ofUpstream.Count > 0;
        foreach (Tombstone stone in ofUpstream)
        {
            _memory.OutOfOrder.Delete(stone.Reference, stone.MinTime, stone.MaxTime);
        }
    }

    /// <summary>What an operator should know of what was left out.</summary>
    public IEnumerable<string> Warnings()
    {
        if (_unknownSamples > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{_unknownSamples} samples in the log of out-of-order samples name {_unknown.Count} series that the write-ahead log does not describe; they were left out");
        }

        if (_histogramsNotKept > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{_histogramsNotKept} histograms in the log of out-of-order samples mean nothing or have more than {NativeHistogram.MaxParts} parts; they were left out");
        }

        if (_notKept > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{_notKept} records in the log of out-of-order samples are of kinds that are not known; they were left out");
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
                case WalRecordKind.Tombstones:
                    ApplyTombstones(record[1..], file, offset);
                    break;
                case WalRecordKind.MmapMarkers:
                    MustRewrite = true;
                    break;
                case WalRecordKind kind when RecordSamples.Has(kind):
                    ApplySamples(record, file, offset);
                    break;
                default:
                    _notKept++;
                    break;
            }
        }
    }

    private void ApplySamples(ReadOnlySpan<byte> record, string file, long offset)
    {
        var samples = new RecordSamples(record);
        bool areHistograms = RecordSamples.AreHistograms((WalRecordKind)record[0]);
        OutOfOrderStore store = _memory.OutOfOrder.Open();
        while (samples.MoveNext())
        {
            uint series = Resolve(samples.Reference);
            long bytes = areHistograms && !samples.Histogram.IsNone ? HistogramAppender.MaxBytes(samples.Histogram) : 0;
            if (series == 0)
            {
                _unknownSamples++;
                _unknown.Add(samples.Reference);
            }
            else if (areHistograms && (samples.Histogram.IsNone || samples.Histogram.Parts > NativeHistogram.MaxParts))
            {
                _histogramsNotKept++;
            }
            else if (!store.HasRoom(1, bytes))
            {
                throw new DataFolderException($"{file}: the address space for out-of-order samples is used up (ulimit -v, vm.overcommit_memory)");
            }
            else if (areHistograms ? store.Add(series, samples.Time, samples.Histogram) : store.Add(series, samples.Time, samples.Value))
            {
                Samples++;
            }
        }

        if (samples.Failed)
        {
            throw new CorruptionException(file, offset, "a record of samples ends inside a field");
        }
    }

    private void ApplyTombstones(ReadOnlySpan<byte> record, string file, long offset)
    {
        var reader = new RecordReader(record);
        while (!reader.AtEnd)
        {
            if (!TombstonesRecord.TryRead(ref reader, out ulong reference, out long minTime, out long maxTime))
            {
                throw new CorruptionException(file, offset, "a record of tombstones ends inside a field");
            }

            uint series = Resolve(reference);
            if (series != 0)
            {
                _known.Add(new Tombstone(series, minTime, maxTime));
                HasDeletions |= _memory.OutOfOrder.Delete(series, minTime, maxTime) > 0;
            }
        }
    }

    // 0 for a reference that names no series. It is given to no other: its samples may stay in the log for long.
    private uint Resolve(ulong reference)
    {
        uint series = _head.Resolve(reference);
        if (series == 0 && reference < _memory.Series.Capacity)
        {
            _memory.Series.SkipTo((uint)reference);
        }

        return series;
    }
}
