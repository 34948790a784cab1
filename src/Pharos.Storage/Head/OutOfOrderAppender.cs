using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>
/// Looks again at the samples of a batch that are too old for their series, and takes those within the window: upstream's rules (tsdb/head_append.go). Members that are not
/// said to be for any thread need the commit lock.
/// </summary>
internal sealed unsafe class OutOfOrderAppender
{
    // In SampleBatch.Results between judging and inserting.
    private const AppendResult Admitted = (AppendResult)(byte.MaxValue - 1);

    private readonly HeadMemory _memory;
    private readonly OutOfOrderLog _log;
    private readonly HeadCounters _counters;
    private readonly RecordBuffer _record = new();
    private readonly RecordCompressor _compressor;
    private long _windowMs;

    public OutOfOrderAppender(HeadMemory memory, OutOfOrderLog log, HeadCounters counters, WalCompression compression)
    {
        _memory = memory;
        _log = log;
        _counters = counters;
        _compressor = new RecordCompressor(compression);
    }

    /// <summary>How far behind the newest sample of the head one may come, milliseconds; 0: no sample is taken out of order. For any thread.</summary>
    public long WindowMs
    {
        get => Volatile.Read(ref _windowMs);
        set => Volatile.Write(ref _windowMs, Math.Max(0, value));
    }

    /// <summary>Bytes written to the log, for <see cref="SyncUpTo"/>.</summary>
    public long BytesWritten => _log.BytesWritten;

    /// <summary>Whether a sample was refused as older than others. For any thread.</summary>
    public static bool AnyRefused(ReadOnlySpan<AppendResult> results) =>
        MemoryMarshal.Cast<AppendResult, byte>(results).IndexOfAny((byte)AppendResult.OutOfOrder, (byte)AppendResult.TooOld) >= 0;

    /// <summary>The records of what was admitted last.</summary>
    public RecordParts Records { get; } = new();

    /// <summary>
    /// Judges the samples that were refused as older than others. True when the window admits any: <see cref="Log"/> writes them to the log of such samples, then
    /// <see cref="Insert"/> stores them.
    /// </summary>
    /// <param name="batch">With a result for each sample that was refused.</param>
    /// <param name="newest">Newest time of the head before the batch.</param>
    /// <param name="lost">Whether only those are meant that were overtaken by others since the batch was judged first.</param>
    /// <exception cref="StorageUnavailableException">Memory is used up.</exception>
    public bool Judge(SampleBatch batch, long newest, bool lost)
    {
        long least = newest < long.MinValue + WindowMs ? long.MinValue : newest - WindowMs;
        ReadOnlySpan<SeriesRef> series = batch.Series;
        ReadOnlySpan<long> times = batch.Timestamps;
        Span<AppendResult> results = batch.Results;
        HotLine* lines = _memory.Series.Lines;
        int admitted = 0;
        int kinds = 0;
        long histogramBytes = 0;
        for (int i = 0; i < series.Length; i++)
        {
            if (results[i] != AppendResult.OutOfOrder && (lost || results[i] != AppendResult.TooOld))
            {
                continue;
            }

            _counters.OutOfOrderDeltas.Observe(newest - times[i]);
            if (!lines[series[i].Value].IsAlive)
            {
                results[i] = AppendResult.UnknownSeries;
            }
            else if (times[i] < least)
            {
                results[i] = AppendResult.TooOld;
            }
            else
            {
                results[i] = Admitted;
                admitted++;
                WalRecordKind kind = KindOf(batch, i);
                kinds |= 1 << (int)kind;
                histogramBytes += kind == WalRecordKind.Samples ? 0 : HistogramAppender.MaxBytes(batch.Histograms[i]);
            }
        }

        if (admitted == 0)
        {
            return false;
        }

        if (!_memory.OutOfOrder.Open().HasRoom(admitted, histogramBytes))
        {
            throw new StorageUnavailableException("the address space for out-of-order samples is used up");
        }

        Encode(batch, kinds);
        return true;
    }

    /// <summary>Writes what was admitted to the log, all or nothing.</summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    public void Log()
    {
        if (!_log.Exists)
        {
            new OutOfOrderRewriting(_memory, _log).WriteTombstones();
        }

        _log.Write(Records);
    }

    /// <summary>Takes what <see cref="Log"/> wrote last out of the log again, when the rest of the batch cannot be stored.</summary>
    public void TakeBack() => _log.TakeBack();

    /// <summary>Returns when the log is on disk up to a value of <see cref="BytesWritten"/>. For any thread.</summary>
    /// <exception cref="StorageUnavailableException">The disk refuses.</exception>
    public void SyncUpTo(long bytesWritten) => _log.SyncUpTo(bytesWritten);

    /// <summary>Stores what was admitted. Inside the gate. Returns the greatest reference.</summary>
    public uint Insert(SampleBatch batch)
    {
        OutOfOrderStore store = _memory.OutOfOrder.Open();
        ReadOnlySpan<SeriesRef> series = batch.Series;
        Span<AppendResult> results = batch.Results;
        uint last = 0;
        for (int i = 0; i < series.Length; i++)
        {
            if (results[i] == Admitted)
            {
                // A time that is there already stays as it is, without a word, as upstream has it.
                results[i] = AppendResult.Appended;
                var reference = (uint)series[i].Value;
                if (KindOf(batch, i) == WalRecordKind.Samples)
                {
                    _counters.OutOfOrderAppended += store.Add(reference, batch.Timestamps[i], BitConverter.DoubleToUInt64Bits(batch.Values[i])) ? 1 : 0;
                }
                else
                {
                    _counters.OutOfOrderHistogramsAppended += store.Add(reference, batch.Timestamps[i], batch.Histograms[i]) ? 1 : 0;
                }

                last = Math.Max(last, (uint)series[i].Value);
            }
        }

        return last;
    }

    private static WalRecordKind KindOf(SampleBatch batch, int index) =>
        batch.HasHistograms && !batch.Histograms[index].IsNone ? HistogramRecords.KindOf(batch.Histograms[index]) : WalRecordKind.Samples;

    // A record of each kind.
    private void Encode(SampleBatch batch, int kinds)
    {
        Records.Clear();
        for (var kind = WalRecordKind.Samples; kind <= WalRecordKind.CustomBucketsFloatHistogramSamples; kind++)
        {
            if ((kinds & (1 << (int)kind)) == 0)
            {
                continue;
            }

            var record = new SamplesRecord(_record, kind, batch.Count);
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.Results[i] == Admitted && KindOf(batch, i) == kind)
                {
                    record.Add(batch.Series[i].Value, batch.Timestamps[i], BitConverter.DoubleToUInt64Bits(batch.Values[i]), batch.HasHistograms ? batch.Histograms[i] : default);
                }
            }

            Records.Add(record.End(), _compressor);
        }

        _record.Trim(4 << 20);
    }
}
