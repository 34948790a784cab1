using System.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>
/// Takes samples into the head. Everything that can be done beside other writers is (looking up, encoding and compressing the log record); the commit lock is held for framing,
/// one write, and the appends. Usable from any thread. Benchmark: <c>AppendBenchmarks</c>.
/// </summary>
internal sealed unsafe class HeadAppender : ISeriesAppender
{
    /// <summary>In <see cref="SampleBatch.Results"/> between the two steps of a batch: to be decided when it is applied.</summary>
    public const AppendResult Undecided = (AppendResult)byte.MaxValue;

    // What a sample may take in memory at most: a closed chunk.
    private const int MaxSampleMemory = 1200;

    private readonly HeadMemory _memory;
    private readonly HistogramBatches _histograms;
    private readonly SeriesLog _log;
    private readonly OutOfOrderAppender _outOfOrder;
    private readonly HeadCounters _counters;
    private readonly WalCompression _compression;
    private readonly bool _syncsCommits;
    private readonly long _seriesLimit;
    private readonly Lock _scratchLock = new();
    private readonly Stack<CommitScratch> _scratches = new();

    public HeadAppender(HeadMemory memory, SeriesLog log, OutOfOrderAppender outOfOrder, HeadCounters counters, WalCompression compression, bool syncsCommits, long seriesLimit)
    {
        _memory = memory;
        _histograms = new HistogramBatches(memory);
        _log = log;
        _outOfOrder = outOfOrder;
        _counters = counters;
        _compression = compression;
        _syncsCommits = syncsCommits;
        _seriesLimit = seriesLimit > 0 ? seriesLimit : long.MaxValue;
    }

    public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series)
    {
        Hash128 hash = _memory.Series.Hasher.Hash(labelBytes);
        uint found = _memory.Series.Table.Find(hash);
        if (found == 0)
        {
            found = _memory.Aliases.Find(hash);
        }

        series = new SeriesRef(found);
        return found != 0;
    }

    public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default)
    {
        if (labels.Count == 0)
        {
            throw new ArgumentException("a series needs at least one label", nameof(labels));
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(LabelBytes.MaxLength(labels));
        try
        {
            ReadOnlySpan<byte> canonical = buffer.AsSpan(0, LabelBytes.Encode(labels, buffer));
            Hash128 hash = _memory.Series.Hasher.Hash(canonical);
            uint series = _memory.Series.Table.Find(hash);
            if (series == 0)
            {
                series = Create(canonical, hash);
            }

            if (wireBytes.Length > 0 && !wireBytes.SequenceEqual(canonical))
            {
                _memory.Aliases.Add(_memory.Series.Hasher.Hash(wireBytes), series, _memory.Series.Count);
            }

            return new SeriesRef(series);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public AppendSummary Append(SampleBatch batch)
    {
        if (batch.Count == 0)
        {
            return default;
        }

        CommitScratch scratch = Rent();
        try
        {
            bool takesLate = _outOfOrder.WindowMs > 0;
            long minValidTime = _memory.MinValidTime;
            bool anyUndecided = batch.HasHistograms ? _histograms.Encode(batch, scratch) : Encode(batch, scratch.Record);
            bool anyLate = takesLate && OutOfOrderAppender.AnyRefused(batch.Results);
            if (anyUndecided || anyLate)
            {
                ReadOnlySpan<byte> record = scratch.Compress(out WalCompression compression);
                long written;
                long lateWritten;
                lock (_memory.Commit)
                {
                    CheckMemory(batch);
                    if (_memory.MinValidTime > minValidTime)
                    {
                        RefuseClosed(batch);
                        anyLate = takesLate && OutOfOrderAppender.AnyRefused(batch.Results);
                    }

                    Commit(batch, record, compression, scratch.Parts, takesLate, anyLate);
                    written = _log.Writer.BytesWritten;
                    lateWritten = _outOfOrder.BytesWritten;
                    _memory.ReclaimChains();
                }

                if (_syncsCommits)
                {
                    _log.SyncUpTo(written);
                    _outOfOrder.SyncUpTo(lateWritten);
                }
            }

            return Summarize(batch, takesLate);
        }
        finally
        {
            Return(scratch);
        }
    }

    private uint Create(ReadOnlySpan<byte> canonical, Hash128 hash)
    {
        SeriesStore store = _memory.Series;
        if (_log.IsFull)
        {
            lock (_memory.Commit)
            {
                _log.Write([], WalCompression.None, _memory.MaxTime);
            }
        }

        store.Index.EnterWriteLock();
        try
        {
            uint series = store.Table.Find(hash);
            if (series != 0)
            {
                return series;
            }

            if (store.Count >= _seriesLimit)
            {
                throw new SeriesLimitException(_seriesLimit);
            }

            if (!store.HasRoom(canonical.Length))
            {
                throw new SeriesLimitException(store.Count);
            }

            series = store.LastReference + 1;
            _log.AddSeries(series, canonical);
            store.Add(series, canonical, hash);
            _counters.SeriesCreated++;
            return series;
        }
        finally
        {
            store.Index.ExitWriteLock();
        }
    }

    // Refuses what is surely refused, and encodes what may be stored. Runs beside other writers: a series' newest time only grows, so that what is too old now stays so.
    private bool Encode(SampleBatch batch, RecordBuffer record)
    {
        ReadOnlySpan<SeriesRef> series = batch.Series;
        ReadOnlySpan<long> timestamps = batch.Timestamps;
        ReadOnlySpan<double> values = batch.Values;
        Span<AppendResult> results = batch.Results;
        long least = _memory.AppendableMinTime(timestamps[0]);
        ulong last = _memory.Series.LastReference;
        HotLine* lines = _memory.Series.Lines;
        var encoder = new SamplesEncoder(record, series.Length);
        bool anyUndecided = false;
        for (int i = 0; i < series.Length; i++)
        {
            ulong reference = series[i].Value;
            if (reference - 1 >= last || !lines[reference].IsAlive)
            {
                results[i] = AppendResult.UnknownSeries;
                continue;
            }

            long time = timestamps[i];
            long newest = Volatile.Read(ref lines[reference].Time);
            if (time < least)
            {
                results[i] = AppendResult.TooOld;
                continue;
            }

            if (time < newest)
            {
                results[i] = AppendResult.OutOfOrder;
                continue;
            }

            results[i] = Undecided;
            anyUndecided = true;
            if (time > newest)
            {
                encoder.Add(reference, time, BitConverter.DoubleToUInt64Bits(values[i]));
            }
        }

        if (encoder.HasSamples)
        {
            encoder.End();
        }

        return anyUndecided;
    }

    // A range that is being written to a block, or was dropped, was closed since the batch was judged: what the block shows must stay all there is.
    private void RefuseClosed(SampleBatch batch)
    {
        ReadOnlySpan<long> timestamps = batch.Timestamps;
        Span<AppendResult> results = batch.Results;
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i] == Undecided && timestamps[i] < _memory.MinValidTime)
            {
                results[i] = AppendResult.TooOld;
            }
        }
    }

    // Samples out of order go to both logs, as upstream has it, and before the others, so that a log that fails refuses the batch as a whole; new series go before all.
    private void Commit(SampleBatch batch, ReadOnlySpan<byte> record, WalCompression compression, RecordParts parts, bool takesLate, bool anyLate)
    {
        long newest = _memory.MaxTime == long.MinValue ? batch.Timestamps[0] : _memory.MaxTime;
        anyLate = anyLate && _outOfOrder.Judge(batch, newest, lost: false);
        if (anyLate)
        {
            _log.Write([], WalCompression.None, _memory.MaxTime, _outOfOrder.Records);
            _outOfOrder.Log();
        }

        try
        {
            _log.Write(record, compression, _memory.MaxTime, parts);
        }
        catch (StorageUnavailableException) when (anyLate)
        {
            _outOfOrder.TakeBack();
            throw;
        }

        if (batch.HasHistograms)
        {
            _histograms.Apply(batch, anyLate ? _outOfOrder : null);
        }
        else
        {
            Apply(batch, anyLate);
        }

        if (takesLate && OutOfOrderAppender.AnyRefused(batch.Results) && _outOfOrder.Judge(batch, newest, lost: true))
        {
            // Overtaken by another writer, or by the batch itself: they are in the head's log already.
            _outOfOrder.Log();
            _memory.Gate.EnterApply();
            try
            {
                _memory.LastAppended = Math.Max(_memory.LastAppended, _outOfOrder.Insert(batch));
            }
            finally
            {
                _memory.Gate.ExitApply();
            }
        }

        _memory.OutOfOrder.Reclaim();
    }

    private void Apply(SampleBatch batch, bool anyLate)
    {
        ReadOnlySpan<SeriesRef> series = batch.Series;
        ReadOnlySpan<long> timestamps = batch.Timestamps;
        ReadOnlySpan<double> values = batch.Values;
        Span<AppendResult> results = batch.Results;
        HotLine* lines = _memory.Series.Lines;
        XorAppender xor = _memory.Xor;
        long newest = _memory.MaxTime;
        long oldest = _memory.MinTime;
        ulong last = _memory.LastAppended;
        _memory.Gate.EnterApply();
        try
        {
            for (int i = 0; i < series.Length; i++)
            {
                if (results[i] != Undecided)
                {
                    continue;
                }

                HotLine* line = lines + series[i].Value;
                long time = timestamps[i];
                ulong value = BitConverter.DoubleToUInt64Bits(values[i]);
                if (time > line->Time && line->State == SeriesState.Alive)
                {
                    xor.Append(line, time, value);
                    results[i] = AppendResult.Appended;
                    newest = Math.Max(newest, time);
                    oldest = Math.Min(oldest, time);
                    last = Math.Max(last, series[i].Value);
                }
                else
                {
                    results[i] = AppendOther(line, time, value);
                    if (line->Time == time)
                    {
                        newest = Math.Max(newest, time);
                        oldest = Math.Min(oldest, time);
                        last = Math.Max(last, series[i].Value);
                    }
                }
            }

            if (anyLate)
            {
                last = Math.Max(last, _outOfOrder.Insert(batch));
            }
        }
        finally
        {
            _memory.MaxTime = newest;
            _memory.MinTime = oldest;
            _memory.LastAppended = (uint)last;
            _memory.Gate.ExitApply();
        }
    }

    // A float that the line does not take as it is.
    private AppendResult AppendOther(HotLine* line, long time, ulong value)
    {
        if (!line->IsAlive)
        {
            return AppendResult.UnknownSeries;
        }

        if (time < line->Time)
        {
            return AppendResult.OutOfOrder;
        }

        if (line->State == SeriesState.Alive)
        {
            return value == line->Value ? AppendResult.Appended : AppendResult.DuplicateTimestamp;
        }

        // A number is never the histogram that is there already.
        if (time == line->Time)
        {
            return AppendResult.DuplicateTimestamp;
        }

        _memory.Histograms.AppendFloat(line, time, value);
        return AppendResult.Appended;
    }

    private AppendSummary Summarize(SampleBatch batch, bool takesLate)
    {
        ReadOnlySpan<AppendResult> results = batch.Results;
        Span<int> counts = stackalloc int[5];
        foreach (AppendResult result in results)
        {
            counts[(int)result]++;
        }

        Interlocked.Add(ref _counters.SamplesAppended, counts[(int)AppendResult.Appended]);
        if (batch.HasHistograms)
        {
            Interlocked.Add(ref _counters.HistogramsAppended, HistogramBatches.CountAppended(batch));
        }

        if (counts[(int)AppendResult.Appended] < results.Length)
        {
            Interlocked.Add(ref _counters.OutOfOrder, counts[(int)AppendResult.OutOfOrder]);
            Interlocked.Add(ref _counters.Duplicates, counts[(int)AppendResult.DuplicateTimestamp]);
            Interlocked.Add(ref takesLate ? ref _counters.BeyondWindow : ref _counters.TooOld, counts[(int)AppendResult.TooOld]);
            Interlocked.Add(ref _counters.SeriesNotFound, counts[(int)AppendResult.UnknownSeries]);
            if (!takesLate && counts[(int)AppendResult.OutOfOrder] > 0)
            {
                ObserveDeltas(batch);
            }
        }

        return new AppendSummary(
            counts[(int)AppendResult.Appended],
            counts[(int)AppendResult.OutOfOrder],
            counts[(int)AppendResult.DuplicateTimestamp],
            counts[(int)AppendResult.TooOld],
            counts[(int)AppendResult.UnknownSeries]);
    }

    private void ObserveDeltas(SampleBatch batch)
    {
        long newest = _memory.MaxTime;
        for (int i = 0; i < batch.Count; i++)
        {
            if (batch.Results[i] == AppendResult.OutOfOrder)
            {
                _counters.OutOfOrderDeltas.Observe(newest - batch.Timestamps[i]);
            }
        }
    }

    // Checked before the log is written, so that applying cannot fail half way.
    private void CheckMemory(SampleBatch batch)
    {
        long chunkBytes = (long)batch.Count * MaxSampleMemory;
        long blocks = batch.Count * 2L;
        if (batch.HasHistograms)
        {
            chunkBytes += HistogramBatches.MaxChunkBytes(batch);
            blocks += HistogramBatches.MaxBlocks(batch);
        }

        if (_memory.Chunks.RemainingBytes < chunkBytes || _memory.Blocks.Remaining < blocks)
        {
            throw new StorageUnavailableException("the address space for chunks is used up");
        }
    }

    private CommitScratch Rent()
    {
        lock (_scratchLock)
        {
            return _scratches.TryPop(out CommitScratch? scratch) ? scratch : new CommitScratch(_compression);
        }
    }

    private void Return(CommitScratch scratch)
    {
        scratch.Clear();
        lock (_scratchLock)
        {
            _scratches.Push(scratch);
        }
    }
}
