using Pharos.Core.Contracts;
using Pharos.Storage.Head;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Deletion;

/// <summary>
/// Deletes samples of the head. Those in order are covered by tombstones, kept in the log and left out by readers and by what writes blocks; those out of order are taken away.
/// Only samples that are there are deleted: what is appended afterwards stays, also at the same times. docs/decisions/0048.
/// </summary>
internal sealed unsafe class HeadDeletion
{
    private readonly HeadMemory _memory;
    private readonly SeriesLog _log;
    private readonly OutOfOrderLog _outOfOrderLog;

    public HeadDeletion(HeadMemory memory, SeriesLog log, OutOfOrderLog outOfOrderLog)
    {
        _memory = memory;
        _log = log;
        _outOfOrderLog = outOfOrderLog;
    }

    /// <summary>Deletes; when this returns, it is in both logs and no new reader sees the samples. Returns how many series had any in the range.</summary>
    /// <param name="references">Of series, without repetition.</param>
    /// <param name="minTime">First time, milliseconds.</param>
    /// <param name="maxTime">Last time, included.</param>
    /// <exception cref="StorageUnavailableException">A log cannot be written: nothing is deleted now; some may be after a restart.</exception>
    public int Delete(ReadOnlySpan<uint> references, long minTime, long maxTime)
    {
        lock (_memory.Commit)
        {
            List<Tombstone> stones = Cover(references, minTime, maxTime);
            if (stones.Count == 0)
            {
                return 0;
            }

            Tombstone[] array = [.. stones];
            var record = new RecordBuffer();
            if (_outOfOrderLog.Exists)
            {
                TombstonesRecord.Encode(record, array, isMarked: false);
                _outOfOrderLog.Write(record.Written);
                _outOfOrderLog.HasDeletions = true;
                record.Clear();
            }

            TombstonesRecord.Encode(record, array, isMarked: true);
            _log.Write(record.Written, WalCompression.None, _memory.MaxTime);
            Apply(stones);
            return stones.Count;
        }
    }

    /// <summary>Forces what was deleted to disk. Beside those who append.</summary>
    /// <exception cref="StorageUnavailableException">The disk refuses: the deletion holds, but may not survive a power cut.</exception>
    public void Sync()
    {
        long late;
        long written;
        lock (_memory.Commit)
        {
            late = _outOfOrderLog.BytesWritten;
            written = _log.Writer.BytesWritten;
        }

        _outOfOrderLog.SyncUpTo(late);
        _log.SyncUpTo(written);
    }

    private void Apply(List<Tombstone> stones)
    {
        _memory.Gate.EnterApply();
        try
        {
            _memory.Tombstones = _memory.Tombstones.With(stones);
            if (!_memory.OutOfOrder.IsEmpty)
            {
                foreach (Tombstone stone in stones)
                {
                    _memory.OutOfOrder.Delete(stone.Reference, stone.MinTime, stone.MaxTime);
                }
            }
        }
        finally
        {
            _memory.Gate.ExitApply();
        }
    }

    // What each series has within the range, and not more: a later sample must not fall under it.
    private List<Tombstone> Cover(ReadOnlySpan<uint> references, long minTime, long maxTime)
    {
        var stones = new List<Tombstone>();
        foreach (uint reference in references)
        {
            HotLine* line = _memory.Series.Lines + reference;
            if (!line->IsAlive)
            {
                continue;
            }

            long oldest = long.MaxValue;
            long newest = long.MinValue;
            if (line->Count > 0 && line->Time >= _memory.MinTime)
            {
                oldest = _memory.MinTime;
                newest = line->Time;
            }

            foreach (OutOfOrderStore store in _memory.OutOfOrder.Stores)
            {
                OutOfOrderLine* late = store.Find(reference);
                if (late != null)
                {
                    oldest = Math.Min(oldest, late->MinTime);
                    newest = Math.Max(newest, late->MaxTime);
                }
            }

            long from = Math.Max(minTime, oldest);
            long to = Math.Min(maxTime, newest);
            if (from <= to)
            {
                stones.Add(new Tombstone(reference, from, to));
            }
        }

        return stones;
    }
}
