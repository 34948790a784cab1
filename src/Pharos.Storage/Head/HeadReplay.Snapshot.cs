using System.Buffers.Binary;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <content>Takes in a snapshot of the head, before the log after it is read.</content>
internal sealed unsafe partial class HeadReplay
{
    // Upstream writes four samples behind a float chunk.
    private const int BytesBehindChunk = 64;

    private readonly Dictionary<uint, List<ulong>> _othersOf = [];

    /// <summary>The newest time of the head when a segment was left behind that is not read any more, by segment.</summary>
    public IReadOnlyDictionary<int, long> NewestTimesBefore { get; private set; } = new Dictionary<int, long>();

    /// <summary>To be called before the series.</summary>
    public void BeginSnapshot(uint lastReference, IReadOnlyDictionary<ulong, uint> otherReferences, IReadOnlyDictionary<int, long> newestTimes)
    {
        if (lastReference < _memory.Series.Capacity)
        {
            _memory.Series.SkipTo(lastReference);
        }

        NewestTimesBefore = newestTimes;
        foreach ((ulong other, uint known) in otherReferences)
        {
            _otherReferences[other] = known;
            if (!_othersOf.TryGetValue(known, out List<ulong>? others))
            {
                _othersOf.Add(known, others = []);
            }

            others.Add(other);
        }
    }

    /// <summary>Adds a series with its open chunk, unless a closed one that was found has those samples.</summary>
    /// <exception cref="CorruptionException">The record means nothing.</exception>
    public void ApplySnapshotSeries(ReadOnlySpan<byte> record, string file, long offset)
    {
        var reader = new RecordReader(record);
        ulong reference = ReadSeries(ref reader, file, offset);
        if (reference - 1 >= _memory.Series.LastReference || !_memory.Series.Lines[reference].IsAlive || _memory.Series.Lines[reference].Count > 0)
        {
            throw new CorruptionException(file, offset, "a series stands in the snapshot twice");
        }

        if (_othersOf.TryGetValue((uint)reference, out List<ulong>? others))
        {
            others.Sort();
            others.ForEach(other => _inherited.AttachOther(other, (uint)reference));
        }

        reader.ReadBigEndian();
        if (reader.ReadUvarint() == 0)
        {
            CheckEnd(ref reader, 0, file, offset);
            return;
        }

        long minTime = (long)reader.ReadBigEndian();
        long maxTime = (long)reader.ReadBigEndian();
        var encoding = (ChunkEncoding)reader.ReadByte();
        ReadOnlySpan<byte> chunk = reader.ReadField();
        if (encoding == ChunkEncoding.Xor)
        {
            CheckEnd(ref reader, BytesBehindChunk, file, offset);
        }

        HotLine* line = _memory.Series.Lines + reference;
        bool isClosed = line->Closed != 0 && _memory.Chunks.At(line->Closed)->MaxTime >= minTime;
        if (isClosed || maxTime < _memory.MinValidTime)
        {
            return;
        }

        if (chunk.Length < ChunkView.MinLength || !TryRestore(line, encoding, chunk) || line->FirstTime != minTime || line->Time != maxTime)
        {
            throw new CorruptionException(file, offset, "the chunk of a series in the snapshot is none");
        }

        _memory.MinTime = Math.Min(_memory.MinTime, Math.Max(minTime, _memory.MinValidTime));
        _memory.MaxTime = Math.Max(_memory.MaxTime, maxTime);
    }

    /// <summary>Takes in what is deleted of the series.</summary>
    /// <exception cref="CorruptionException">The record means nothing.</exception>
    public void ApplySnapshotTombstones(ReadOnlySpan<byte> stones, string file, long offset)
    {
        var reader = new RecordReader(stones);
        bool isKnown = reader.ReadByte() == 1;
        while (!reader.AtEnd)
        {
            uint series = Resolve(reader.ReadUvarint());
            long minTime = reader.ReadVarint();
            long maxTime = reader.ReadVarint();
            if (series != 0 && !reader.Failed)
            {
                _tombstones.Add(new Tombstone(series, minTime, maxTime));
            }
        }

        if (reader.Failed || !isKnown)
        {
            throw new CorruptionException(file, offset, "the tombstones of the snapshot mean nothing");
        }
    }

    private bool TryRestore(HotLine* line, ChunkEncoding encoding, ReadOnlySpan<byte> chunk)
    {
        if (encoding == ChunkEncoding.Xor)
        {
            return _memory.Xor.TryRestore(line, chunk[ChunkView.MinLength..], BinaryPrimitives.ReadUInt16BigEndian(chunk));
        }

        if (encoding is not (ChunkEncoding.Histogram or ChunkEncoding.FloatHistogram))
        {
            return false;
        }

        // Encoded once more, since the appender goes on from more than the chunk says.
        var reader = new HistogramChunkReader(chunk, encoding);
        try
        {
            while (reader.MoveNext())
            {
                if (reader.Time <= line->Time)
                {
                    return false;
                }

                if (reader.IsStale && line->State == SeriesState.HoldsHistograms)
                {
                    _memory.Histograms.AppendFloat(line, reader.Time, Staleness.MarkerBits);
                }
                else
                {
                    _memory.Histograms.Append(line, reader.Time, reader.ToNative());
                }
            }

            return reader.Error is null;
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static void CheckEnd(ref RecordReader reader, int bytes, string file, long offset)
    {
        for (int i = 0; i < bytes / sizeof(ulong); i++)
        {
            reader.ReadBigEndian();
        }

        if (reader.Failed || !reader.AtEnd)
        {
            throw new CorruptionException(file, offset, "a series in the snapshot does not end where its record does");
        }
    }
}
