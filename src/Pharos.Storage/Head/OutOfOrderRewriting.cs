using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>Writes the log of out-of-order samples anew from what is in memory, and removes what stood in it before. Under the commit lock, or before anybody else sees the memory.</summary>
internal sealed unsafe class OutOfOrderRewriting
{
    private const int SamplesPerRecord = 5000;
    private readonly HeadMemory _memory;
    private readonly OutOfOrderLog _log;
    private readonly RecordBuffer _record = new();

    public OutOfOrderRewriting(HeadMemory memory, OutOfOrderLog log)
    {
        _memory = memory;
        _log = log;
    }

    /// <summary>Writes what upstream has deleted, then all samples, and removes the segments up to a number. Killed in between, the log has samples twice, which are one when read.</summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written, or forced to disk; it is as it was, or has samples twice.</exception>
    /// <exception cref="IOException">It cannot be shortened: the same.</exception>
    public void Run(int last)
    {
        WriteTombstones();
        foreach (OutOfOrderStore store in _memory.OutOfOrder.Stores)
        {
            WriteSamples(store);
        }

        _log.SyncUpTo(_log.BytesWritten);
        _log.RemoveUpTo(last);
        _log.HasDeletions = false;
    }

    /// <summary>Before the store closes: leaves no deleted sample in the log, since upstream forgets at its start what was deleted before the head's samples in order begin.</summary>
    /// <exception cref="StorageUnavailableException">As for <see cref="Run"/>.</exception>
    /// <exception cref="IOException">The same.</exception>
    public void RunIfDeleted()
    {
        if (_log.HasDeletions)
        {
            Run(_log.Cut());
        }
    }

    /// <summary>Writes what upstream has deleted, so that a later start knows that what comes after it in the log is not meant. To be done when a log begins.</summary>
    public void WriteTombstones()
    {
        if (!_memory.InheritedTombstones.IsEmpty)
        {
            _record.Clear();
            TombstonesRecord.Encode(_record, _memory.InheritedTombstones.All, isMarked: false);
            _log.Write(_record.Written);
        }
    }

    private void WriteSamples(OutOfOrderStore store)
    {
        var batch = new List<(uint Reference, long Time, ulong Value, NativeHistogram Histogram)>(SamplesPerRecord);
        var kind = WalRecordKind.Samples;
        var samples = new OutOfOrderSamples();
        for (uint i = 0; i < store.SeriesCount; i++)
        {
            samples.Clear();
            store.Read(store.Lines[i], long.MinValue, long.MaxValue, samples);
            for (int k = 0; k < samples.Count; k++)
            {
                NativeHistogram histogram = samples.HistogramAt(k);
                WalRecordKind next = histogram.IsNone ? WalRecordKind.Samples : HistogramRecords.KindOf(histogram);
                if (batch.Count == SamplesPerRecord || next != kind)
                {
                    Write(kind, batch);
                    kind = next;
                }

                batch.Add((store.Lines[i].Reference, samples.Times[k], samples.Values[k], histogram));
            }
        }

        Write(kind, batch);
    }

    private void Write(WalRecordKind kind, List<(uint Reference, long Time, ulong Value, NativeHistogram Histogram)> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var record = new SamplesRecord(_record, kind, batch.Count);
        foreach ((uint reference, long time, ulong value, NativeHistogram histogram) in batch)
        {
            record.Add(reference, time, value, histogram);
        }

        _log.Write(record.End());
        batch.Clear();
    }
}
