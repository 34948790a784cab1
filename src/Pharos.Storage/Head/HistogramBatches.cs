using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Storage.Native;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>What <see cref="HeadAppender"/> does with a batch that has native histograms, floats between them or not. The same two steps, the same rules.</summary>
internal sealed unsafe class HistogramBatches
{
    // An open chunk, its words counted by 16 bits; a sample may close one and begin one anew.
    private const long MaxOpenBytes = (ushort.MaxValue + 1L) * sizeof(ulong);

    private readonly HeadMemory _memory;

    public HistogramBatches(HeadMemory memory)
    {
        _memory = memory;
    }

    /// <summary>Bytes that closed chunks may need for the histograms of a batch.</summary>
    public static long MaxChunkBytes(SampleBatch batch)
    {
        long histograms = 0;
        foreach (NativeHistogram histogram in batch.Histograms)
        {
            histograms += histogram.IsNone ? 0 : 1;
        }

        // All but very large chunks are a few KiB.
        return histograms == 0 ? 0 : (histograms * 4096) + MaxOpenBytes;
    }

    /// <summary>Blocks that open chunks may need for the histograms of a batch.</summary>
    public static long MaxBlocks(SampleBatch batch)
    {
        long bytes = 0;
        foreach (NativeHistogram histogram in batch.Histograms)
        {
            bytes += histogram.IsNone ? 0 : 4096 + HistogramAppender.MaxBytes(histogram);
        }

        return (bytes + MaxOpenBytes) / (BlockPool.BlockBytes - sizeof(ulong));
    }

    /// <summary>Histograms that were stored, or there already.</summary>
    public static int CountAppended(SampleBatch batch)
    {
        int count = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            count += !batch.Histograms[i].IsNone && batch.Results[i] == AppendResult.Appended ? 1 : 0;
        }

        return count;
    }

    /// <summary>Refuses what is surely refused, and encodes what may be stored; as upstream, a record of each kind, and others behind them when a series changes its kind.</summary>
    public bool Encode(SampleBatch batch, CommitScratch scratch)
    {
        bool anyUndecided = Judge(batch);
        for (int start = 0; anyUndecided && start < batch.Count;)
        {
            int end = EndOfGroup(batch, start, scratch.Kinds, out int kinds);
            EncodeFloats(batch, start, end, scratch);
            for (var kind = WalRecordKind.HistogramSamples; kind <= WalRecordKind.CustomBucketsFloatHistogramSamples; kind++)
            {
                if ((kinds & (1 << (int)kind)) != 0)
                {
                    EncodeHistograms(batch, start, end, kind, scratch);
                }
            }

            start = end;
        }

        return anyUndecided;
    }

    /// <summary>Appends what was not refused, and what is admitted out of order if any is, under the commit lock.</summary>
    public void Apply(SampleBatch batch, OutOfOrderAppender? late)
    {
        ReadOnlySpan<NativeHistogram> histograms = batch.Histograms;
        HotLine* lines = _memory.Series.Lines;
        _memory.Gate.EnterApply();
        try
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.Results[i] != HeadAppender.Undecided)
                {
                    continue;
                }

                HotLine* line = lines + batch.Series[i].Value;
                long time = batch.Timestamps[i];
                ulong value = BitConverter.DoubleToUInt64Bits(batch.Values[i]);
                if (!line->IsAlive)
                {
                    batch.Results[i] = AppendResult.UnknownSeries;
                }
                else if (time > line->Time)
                {
                    Append(line, time, value, histograms[i]);
                    batch.Results[i] = AppendResult.Appended;
                    _memory.MaxTime = Math.Max(_memory.MaxTime, time);
                    _memory.MinTime = Math.Min(_memory.MinTime, time);
                    _memory.LastAppended = (uint)Math.Max(_memory.LastAppended, batch.Series[i].Value);
                }
                else
                {
                    batch.Results[i] = time < line->Time ? AppendResult.OutOfOrder
                        : IsSame(line, value, histograms[i]) ? AppendResult.Appended
                        : AppendResult.DuplicateTimestamp;
                }
            }

            if (late is not null)
            {
                _memory.LastAppended = Math.Max(_memory.LastAppended, late.Insert(batch));
            }
        }
        finally
        {
            _memory.Gate.ExitApply();
        }
    }

    private void Append(HotLine* line, long time, ulong value, NativeHistogram histogram)
    {
        if (!histogram.IsNone)
        {
            _memory.Histograms.Append(line, time, histogram);
        }
        else if (line->State == SeriesState.Alive)
        {
            _memory.Xor.Append(line, time, value);
        }
        else
        {
            _memory.Histograms.AppendFloat(line, time, value);
        }
    }

    private bool IsSame(HotLine* line, ulong value, NativeHistogram histogram) => histogram.IsNone
        ? line->State == SeriesState.Alive && value == line->Value
        : _memory.Histograms.IsLast(line, histogram);

    private bool Judge(SampleBatch batch)
    {
        long least = _memory.AppendableMinTime(batch.Timestamps[0]);
        ulong last = _memory.Series.LastReference;
        HotLine* lines = _memory.Series.Lines;
        bool anyUndecided = false;
        for (int i = 0; i < batch.Count; i++)
        {
            ulong reference = batch.Series[i].Value;
            AppendResult result = HeadAppender.Undecided;
            if (reference - 1 >= last || !lines[reference].IsAlive)
            {
                result = AppendResult.UnknownSeries;
            }
            else if (batch.Timestamps[i] < least)
            {
                result = AppendResult.TooOld;
            }
            else if (batch.Timestamps[i] < Volatile.Read(ref lines[reference].Time))
            {
                result = AppendResult.OutOfOrder;
            }

            batch.Results[i] = result;
            anyUndecided |= result == HeadAppender.Undecided;
        }

        return anyUndecided;
    }

    // Records are replayed one after another: floats first, then histograms by kind. A sample that would come too early that way begins a new group.
    private static int EndOfGroup(SampleBatch batch, int start, Dictionary<ulong, WalRecordKind> known, out int kinds)
    {
        known.Clear();
        kinds = 0;
        for (int i = start; i < batch.Count; i++)
        {
            if (batch.Results[i] != HeadAppender.Undecided)
            {
                continue;
            }

            ulong reference = batch.Series[i].Value;
            NativeHistogram histogram = batch.Histograms[i];
            WalRecordKind kind = histogram.IsNone ? WalRecordKind.Samples : HistogramRecords.KindOf(histogram);
            if (known.TryGetValue(reference, out WalRecordKind before) && before != kind)
            {
                return i;
            }

            if (kind != WalRecordKind.Samples)
            {
                known[reference] = kind;
                kinds |= 1 << (int)kind;
            }
        }

        return batch.Count;
    }

    private void EncodeFloats(SampleBatch batch, int start, int end, CommitScratch scratch)
    {
        var encoder = new SamplesEncoder(scratch.Record, end - start);
        for (int i = start; i < end; i++)
        {
            if (IsNew(batch, i) && batch.Histograms[i].IsNone)
            {
                encoder.Add(batch.Series[i].Value, batch.Timestamps[i], BitConverter.DoubleToUInt64Bits(batch.Values[i]));
            }
        }

        if (encoder.HasSamples)
        {
            encoder.End();
        }

        scratch.EndPart();
    }

    private void EncodeHistograms(SampleBatch batch, int start, int end, WalRecordKind kind, CommitScratch scratch)
    {
        RecordBuffer record = scratch.Record;
        ulong firstReference = 0;
        long firstTime = 0;
        for (int i = start; i < end; i++)
        {
            NativeHistogram histogram = batch.Histograms[i];
            if (histogram.IsNone || HistogramRecords.KindOf(histogram) != kind || !IsNew(batch, i))
            {
                continue;
            }

            ulong reference = batch.Series[i].Value;
            long time = batch.Timestamps[i];
            if (record.Length == 0)
            {
                firstReference = reference;
                firstTime = time;
                HistogramRecords.Begin(record, kind, reference, time);
            }

            record.PutVarint((long)(reference - firstReference));
            record.PutVarint(time - firstTime);
            HistogramRecords.Put(record, histogram);
        }

        scratch.EndPart();
    }

    // What is at the newest time already is not logged again: it is refused, or there.
    private bool IsNew(SampleBatch batch, int index) =>
        batch.Results[index] == HeadAppender.Undecided && batch.Timestamps[index] > Volatile.Read(ref _memory.Series.Lines[batch.Series[index].Value].Time);
}
