using Pharos.Core.Histograms;

namespace Pharos.Storage.Wal;

/// <summary>A record of samples of any one kind, encoded into a buffer that is cleared first. For what is not hot; see <see cref="SamplesEncoder"/>.</summary>
internal ref struct SamplesRecord
{
    private readonly RecordBuffer _buffer;
    private readonly WalRecordKind _kind;
    private SamplesEncoder _numbers;
    private ulong _firstReference;
    private long _firstTime;

    /// <param name="buffer">Takes the record.</param>
    /// <param name="kind">Of numbers, or one of those of histograms without start times.</param>
    /// <param name="samples">At most so many.</param>
    public SamplesRecord(RecordBuffer buffer, WalRecordKind kind, int samples)
    {
        _buffer = buffer;
        _kind = kind;
        buffer.Clear();
        if (kind == WalRecordKind.Samples)
        {
            _numbers = new SamplesEncoder(buffer, samples);
        }
    }

    /// <summary>Adds a sample: of numbers the value's bits count, of histograms the histogram.</summary>
    public void Add(ulong reference, long time, ulong value, NativeHistogram histogram)
    {
        if (_kind == WalRecordKind.Samples)
        {
            _numbers.Add(reference, time, value);
            return;
        }

        if (_buffer.Length == 0)
        {
            _firstReference = reference;
            _firstTime = time;
            HistogramRecords.Begin(_buffer, _kind, reference, time);
        }

        _buffer.PutVarint((long)(reference - _firstReference));
        _buffer.PutVarint(time - _firstTime);
        HistogramRecords.Put(_buffer, histogram);
    }

    /// <summary>Ends the record; at least one sample was added.</summary>
    public readonly ReadOnlySpan<byte> End()
    {
        if (_kind == WalRecordKind.Samples)
        {
            _numbers.End();
        }

        return _buffer.Written;
    }
}
