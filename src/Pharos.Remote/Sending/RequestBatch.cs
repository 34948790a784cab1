using Pharos.Core.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Remote.Reading;

namespace Pharos.Remote.Sending;

/// <summary>
/// One request in the making: filled by the queue's reader, then sealed and handed to a shard, which sends it. Reused. Never in two hands at once.
/// </summary>
internal abstract class RequestBatch
{
    private const int KeptBytes = 4 << 20;
    private readonly bool _tracksAge;
    private readonly List<Part> _parts = [];

    protected RequestBatch(bool tracksAge)
    {
        _tracksAge = tracksAge;
    }

    /// <summary>Distinguishes batches of a queue.</summary>
    public int Number { get; private set; }

    /// <summary>In front of its first entry.</summary>
    public LogMark Begin { get; private set; }

    /// <summary>Behind its last entry.</summary>
    public LogMark End { get; set; }

    /// <summary>When it was begun, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long BegunAt { get; private set; }

    public int Samples { get; protected set; }

    public int Exemplars { get; protected set; }

    public int Histograms { get; protected set; }

    /// <summary>Series that bear metadata.</summary>
    public int Metadata { get; protected set; }

    /// <summary>What counts for the size of a request.</summary>
    public int Count => Samples + Exemplars + Histograms;

    /// <summary>The newest time, 0 when there is none.</summary>
    public long Newest { get; private set; }

    /// <summary>The oldest time; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Oldest { get; private set; } = long.MaxValue;

    /// <summary>The series of the request, one message behind the other.</summary>
    protected ProtoBuffer Series { get; } = new();

    /// <summary>One histogram message at a time.</summary>
    protected MessageWriter Histogram { get; } = new();

    /// <summary>What goes before the series.</summary>
    protected virtual ReadOnlySpan<byte> Prelude => [];

    public void Start(int number, LogMark begin, long now)
    {
        Clear();
        Number = number;
        Begin = begin;
        End = begin;
        BegunAt = now;
    }

    public abstract void AddSample(ref CachedSeries series, in LoggedSample sample, SeriesCache cache);

    public abstract void AddExemplar(ref CachedSeries series, in Exemplar exemplar, SeriesCache cache);

    public abstract void AddHistogram(ref CachedSeries series, in LoggedHistogram histogram, SeriesCache cache);

    /// <summary>Nothing more comes; by the one who filled it.</summary>
    public abstract void Seal(SeriesCache cache);

    /// <summary>Compresses the message into the buffer, which grows as needed; returns how many bytes it has then.</summary>
    public int Compress(ref byte[] target, ref byte[] joined)
    {
        ReadOnlySpan<byte> message = Series.Written;
        if (!Prelude.IsEmpty)
        {
            int length = Prelude.Length + message.Length;
            joined = joined.Length < length ? new byte[length + (length / 4)] : joined;
            Prelude.CopyTo(joined);
            message.CopyTo(joined.AsSpan(Prelude.Length));
            message = joined.AsSpan(0, length);
        }

        int limit = SnappyBlock.MaxCompressedLength(message.Length);
        target = target.Length < limit ? new byte[limit + (limit / 4)] : target;
        return SnappyBlock.Compress(message, target);
    }

    /// <summary>Takes out what is older; returns how much of what that was. Only where ages are tracked.</summary>
    public (int Samples, int Exemplars, int Histograms) RemoveOlder(long limit)
    {
        (int Samples, int Exemplars, int Histograms) removed = default;
        var kept = new ProtoBuffer();
        int start = 0;
        int count = 0;
        (Newest, Oldest) = (0, long.MaxValue);
        for (int i = 0; i < _parts.Count; i++)
        {
            Part part = _parts[i];
            if (part.Timestamp < limit)
            {
                removed = (removed.Samples + part.Samples, removed.Exemplars + part.Exemplars, removed.Histograms + part.Histograms);
            }
            else
            {
                kept.Put(Series.Written[start..part.End]);
                _parts[count++] = part with { End = kept.Length };
                Note(part.Timestamp);
            }

            start = part.End;
        }

        _parts.RemoveRange(count, _parts.Count - count);
        Series.Clear();
        Series.Put(kept.Written);
        Samples -= removed.Samples;
        Exemplars -= removed.Exemplars;
        Histograms -= removed.Histograms;
        return removed;
    }

    /// <summary>Notes the time of something that was added.</summary>
    protected void Note(long timestamp)
    {
        if (timestamp > 0)
        {
            Newest = Math.Max(Newest, timestamp);
            Oldest = Math.Min(Oldest, timestamp);
        }
    }

    /// <summary>Ends the message of a series that was written to <see cref="Series"/>.</summary>
    protected void EndPart(long timestamp, int samples, int exemplars, int histograms)
    {
        if (_tracksAge)
        {
            _parts.Add(new Part(Series.Length, timestamp, samples, exemplars, histograms));
        }
    }

    protected virtual void Clear()
    {
        Series.Clear();
        Series.Trim(KeptBytes);
        _parts.Clear();
        (Samples, Exemplars, Histograms, Metadata) = (0, 0, 0, 0);
        (Newest, Oldest) = (0, long.MaxValue);
    }

    private readonly record struct Part(int End, long Timestamp, int Samples, int Exemplars, int Histograms);
}
