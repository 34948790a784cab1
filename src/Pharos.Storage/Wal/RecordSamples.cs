using Pharos.Core.Histograms;

namespace Pharos.Storage.Wal;

/// <summary>Walks the samples of a record of any kind that has them: numbers or histograms, with start timestamps or not (which are read over, as upstream does by default).</summary>
/// <remarks>
/// The newer kinds tell the reference relative to the sample before, the time relative to the first, and the start by a byte: none, as before, or relative to the first.
/// </remarks>
internal ref struct RecordSamples
{
    private const byte NoStart = 0;
    private const byte SameStart = 1;
    private readonly WalRecordKind _kind;
    private readonly bool _hasStarts;
    private readonly ulong _firstReference;
    private readonly long _firstTime;
    private RecordReader _reader;
    private bool _isFirst = true;

    /// <param name="record">The record with the byte of its kind, one of those for which <see cref="Has"/> holds.</param>
    public RecordSamples(ReadOnlySpan<byte> record)
    {
        _kind = (WalRecordKind)record[0];
        _hasStarts = _kind >= WalRecordKind.SamplesWithStart;
        _reader = new RecordReader(record[1..]);
        if (_reader.AtEnd)
        {
            return;
        }

        _firstReference = _hasStarts ? (ulong)_reader.ReadVarint() : _reader.ReadBigEndian();
        _firstTime = _hasStarts ? _reader.ReadVarint() : (long)_reader.ReadBigEndian();
        if (_hasStarts)
        {
            _reader.ReadVarint();
        }
    }

    /// <summary>Whether the record ends inside a field.</summary>
    public readonly bool Failed => _reader.Failed;

    public ulong Reference { get; private set; }

    /// <summary>Milliseconds.</summary>
    public long Time { get; private set; }

    /// <summary>The value's bits; of a histogram nothing.</summary>
    public ulong Value { get; private set; }

    /// <summary>The histogram; none of a number, and of a histogram that means nothing.</summary>
    public NativeHistogram Histogram { get; private set; }

    /// <summary>Whether a record of the kind has samples.</summary>
    public static bool Has(WalRecordKind kind) =>
        kind is WalRecordKind.Samples or (>= WalRecordKind.HistogramSamples and <= WalRecordKind.FloatHistogramSamplesWithStart);

    /// <summary>Whether the samples of the kind are histograms.</summary>
    public static bool AreHistograms(WalRecordKind kind) => kind is not (WalRecordKind.Samples or WalRecordKind.SamplesWithStart);

    /// <summary>Goes to the next sample; false at the end, or when the record ends inside a field.</summary>
    public bool MoveNext()
    {
        // In the newer kinds the first sample has no differences before it.
        if (_reader.AtEnd)
        {
            return false;
        }

        if (_isFirst && _hasStarts)
        {
            Reference = _firstReference;
            Time = _firstTime;
        }
        else
        {
            ulong difference = (ulong)_reader.ReadVarint();
            Reference = unchecked((_hasStarts ? Reference : _firstReference) + difference);
            Time = unchecked(_firstTime + _reader.ReadVarint());
            if (_hasStarts && _reader.ReadByte() is not (NoStart or SameStart))
            {
                _reader.ReadVarint();
            }
        }

        _isFirst = false;
        ReadSample();
        return !_reader.Failed;
    }

    private void ReadSample()
    {
        switch (_kind)
        {
            case WalRecordKind.Samples:
            case WalRecordKind.SamplesWithStart:
                Value = _reader.ReadBigEndian();
                break;
            case WalRecordKind.HistogramSamples:
            case WalRecordKind.CustomBucketsHistogramSamples:
            case WalRecordKind.HistogramSamplesWithStart:
                Histogram = HistogramRecords.ReadIntegers(ref _reader) is { } integers ? new NativeHistogram(integers) : default;
                break;
            default:
                Histogram = HistogramRecords.ReadFloats(ref _reader) is { } floats ? new NativeHistogram(floats) : default;
                break;
        }
    }
}
