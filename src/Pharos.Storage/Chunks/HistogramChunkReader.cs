using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Storage.Chunks;

/// <summary>
/// Walks the samples of a chunk of native histograms, of any of the four encodings. The bytes may be anything: what does not decode ends the walk with <see cref="Error"/>, and
/// memory is taken for no more buckets than there are bits. Format: docs/formats/chunk.md. Benchmark: <c>HistogramChunkBenchmarks</c>.
/// </summary>
internal ref struct HistogramChunkReader
{
    public const int HeadBytes = 3;
    private const int StartCountMask = 0x3fff;
    private readonly bool _hasStarts;
    private readonly int _count;
    private readonly byte _resetHeader;
    private BitReader _bits;
    private StartTimeDecoder _starts;
    private HistogramChunkLayout? _layout;
    private int _next;
    private long _step;
    private ulong _total;
    private ulong _zeros;
    private long _totalStep;
    private long _zerosStep;
    private ulong _sum;
    private XorWindow _sumWindow;
    private XorWindow _totalWindow;
    private XorWindow _zerosWindow;

    // Of integers the differences from bucket to bucket and how they changed last; of floats their bits and windows. Rented.
    private long[] _values = [];
    private long[] _changes = [];

    /// <param name="chunk">The whole chunk, the two bytes of the count included.</param>
    /// <param name="encoding">One of the four of histograms.</param>
    public HistogramChunkReader(ReadOnlySpan<byte> chunk, ChunkEncoding encoding)
    {
        IsInteger = encoding is ChunkEncoding.Histogram or ChunkEncoding.HistogramWithStart;
        _hasStarts = encoding is ChunkEncoding.HistogramWithStart or ChunkEncoding.FloatHistogramWithStart;
        if (chunk.Length < HeadBytes)
        {
            Error = "a histogram chunk is shorter than its head";
            return;
        }

        int count = (chunk[0] << 8) | chunk[1];
        _count = _hasStarts ? count & StartCountMask : count;
        _resetHeader = (byte)((_hasStarts ? chunk[0] : chunk[2]) & HistogramChunkHeader.Mask);
        _starts = new StartTimeDecoder(_hasStarts ? chunk[2] : (byte)0);
        _bits = new BitReader(chunk[HeadBytes..]);
    }

    /// <summary>Why the walk ended early; null when it did not.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether counts are whole.</summary>
    public bool IsInteger { get; }

    /// <summary>Samples of the chunk.</summary>
    public readonly int Count => _count;

    /// <summary>Upper two bits: what is known of a reset before the chunk.</summary>
    public readonly byte ResetHeader => _resetHeader;

    /// <summary>Time of the sample, milliseconds.</summary>
    public long Time { get; private set; }

    /// <summary>When its counters began, milliseconds; 0: unknown.</summary>
    public readonly long StartTime => _starts.Start;

    public readonly double Sum => BitConverter.UInt64BitsToDouble(_sum);

    public readonly bool IsStale => _sum == Staleness.MarkerBits;

    /// <summary>What is known of a reset before the sample: the first of a chunk is not trusted, the chunk before may be gone.</summary>
    public readonly CounterResetHint Hint =>
        _resetHeader == HistogramChunkHeader.Gauge ? CounterResetHint.Gauge
        : _next > 1 ? CounterResetHint.NotReset
        : CounterResetHint.Unknown;

    /// <summary>What all samples have in common. After the first <see cref="MoveNext"/>.</summary>
    public readonly HistogramChunkLayout Layout => _layout!;

    /// <summary>All observations: a whole number, or the bits of a float.</summary>
    public readonly ulong RawCount => _total;

    /// <summary>Observations in the zero bucket: a whole number, or the bits of a float.</summary>
    public readonly ulong RawZeroCount => _zeros;

    /// <summary>Positive buckets, then negative ones: differences of integers, or bits of floats. Until the next <see cref="MoveNext"/>.</summary>
    public readonly ReadOnlySpan<long> RawValues => _values.AsSpan(0, _layout!.BucketCount);

    /// <summary>Goes to the next sample; false behind the last one or when it does not decode.</summary>
    public bool MoveNext()
    {
        if (Error is not null || _next == _count)
        {
            return false;
        }

        long before = Time;
        bool isRead = _next == 0 ? TryReadFirst() : TryReadNext();
        if (isRead && _hasStarts)
        {
            _starts.Read(ref _bits, _next, Time, before);
        }

        if (!isRead || _bits.Failed)
        {
            Error ??= "a histogram chunk ends inside a sample";
            return false;
        }

        _next++;
        return true;
    }

    /// <summary>The sample to compute with.</summary>
    public readonly FloatHistogram ToFloat()
    {
        if (IsStale)
        {
            return new FloatHistogram { Sum = Sum };
        }

        HistogramChunkLayout layout = _layout!;
        var histogram = new FloatHistogram
        {
            CounterResetHint = Hint,
            Schema = layout.Schema,
            ZeroThreshold = layout.ZeroThreshold,
            ZeroCount = IsInteger ? _zeros : BitConverter.UInt64BitsToDouble(_zeros),
            Count = IsInteger ? _total : BitConverter.UInt64BitsToDouble(_total),
            Sum = Sum,
            PositiveSpans = layout.PositiveSpans,
            PositiveBuckets = FloatsOf(0, layout.PositiveCount),
            NegativeSpans = layout.NegativeSpans,
            NegativeBuckets = FloatsOf(layout.PositiveCount, layout.NegativeCount),
            CustomValues = layout.CustomValues,
        };
        return layout.IsOrdered && layout.Schema <= FloatHistogram.MaxSchema ? histogram : Normalize(histogram, layout);
    }

    /// <summary>The sample as it is stored: whole counts stay whole.</summary>
    public readonly NativeHistogram ToNative()
    {
        if (!IsInteger)
        {
            return new NativeHistogram(ToFloat());
        }

        if (IsStale)
        {
            return new NativeHistogram(new IntegerHistogram { Sum = Sum });
        }

        HistogramChunkLayout layout = _layout!;
        if (!layout.IsOrdered)
        {
            FloatHistogram mended = ToFloat();
            return IntegerHistogram.FromFloat(mended) is { } whole ? new NativeHistogram(whole) : new NativeHistogram(mended);
        }

        var histogram = new IntegerHistogram
        {
            CounterResetHint = Hint,
            Schema = layout.Schema,
            ZeroThreshold = layout.ZeroThreshold,
            ZeroCount = _zeros,
            Count = _total,
            Sum = Sum,
            PositiveSpans = layout.PositiveSpans,
            PositiveDeltas = [.. _values.AsSpan(0, layout.PositiveCount)],
            NegativeSpans = layout.NegativeSpans,
            NegativeDeltas = [.. _values.AsSpan(layout.PositiveCount, layout.NegativeCount)],
            CustomValues = layout.CustomValues,
        };
        return new NativeHistogram(layout.Schema > FloatHistogram.MaxSchema ? histogram.ReduceResolution(FloatHistogram.MaxSchema) : histogram);
    }

    /// <summary>Gives rented memory back.</summary>
    public void Dispose()
    {
        if (_values.Length > 0)
        {
            ArrayPool<long>.Shared.Return(_values);
            ArrayPool<long>.Shared.Return(_changes);
            _values = [];
            _changes = [];
        }
    }

    private bool TryReadFirst()
    {
        if (!HistogramChunkLayout.TryRead(ref _bits, out _layout, out string? error))
        {
            Error = error;
            return false;
        }

        // Each bucket takes a bit at least, of floats 64.
        int buckets = _layout.BucketCount;
        if (buckets > _bits.Remaining / (IsInteger ? 1 : 64))
        {
            return false;
        }

        RentFor(buckets);
        Time = _bits.ReadVarbit();
        _total = IsInteger ? _bits.ReadUnsignedVarbit() : _bits.Read(64);
        _zeros = IsInteger ? _bits.ReadUnsignedVarbit() : _bits.Read(64);
        _sum = _bits.Read(64);
        foreach (ref long value in _values.AsSpan(0, buckets))
        {
            value = IsInteger ? _bits.ReadVarbit() : (long)_bits.Read(64);
        }

        return true;
    }

    private bool TryReadNext()
    {
        _step = unchecked(_step + _bits.ReadVarbit());
        Time = unchecked(Time + _step);
        if (IsInteger)
        {
            ReadIntegers();
        }
        else
        {
            ReadFloats();
        }

        return true;
    }

    private void ReadIntegers()
    {
        _totalStep = unchecked(_totalStep + _bits.ReadVarbit());
        _total = unchecked(_total + (ulong)_totalStep);
        _zerosStep = unchecked(_zerosStep + _bits.ReadVarbit());
        _zeros = unchecked(_zeros + (ulong)_zerosStep);
        _bits.ReadXor(ref _sum, ref _sumWindow);
        if (IsStale)
        {
            return;
        }

        int buckets = _layout!.BucketCount;
        Span<long> values = _values.AsSpan(0, buckets);
        Span<long> changes = _changes.AsSpan(0, buckets);
        for (int i = 0; i < values.Length; i++)
        {
            long change = unchecked(changes[i] + _bits.ReadVarbit());
            changes[i] = change;
            values[i] = unchecked(values[i] + change);
        }
    }

    private void ReadFloats()
    {
        _bits.ReadXor(ref _total, ref _totalWindow);
        _bits.ReadXor(ref _zeros, ref _zerosWindow);
        _bits.ReadXor(ref _sum, ref _sumWindow);
        if (IsStale)
        {
            return;
        }

        int buckets = _layout!.BucketCount;
        Span<long> values = _values.AsSpan(0, buckets);
        Span<long> windows = _changes.AsSpan(0, buckets);
        for (int i = 0; i < values.Length; i++)
        {
            ulong value = (ulong)values[i];
            XorWindow window = XorWindow.Unpack(windows[i]);
            _bits.ReadXor(ref value, ref window);
            values[i] = (long)value;
            windows[i] = window.Packed;
        }
    }

    private static FloatHistogram Normalize(FloatHistogram histogram, HistogramChunkLayout layout)
    {
        FloatHistogram ordered = layout.IsOrdered ? histogram : BucketOrder.Mend(histogram);
        return layout.Schema > FloatHistogram.MaxSchema ? ordered.ReduceResolution(FloatHistogram.MaxSchema) : ordered;
    }

    private void RentFor(int buckets)
    {
        if (buckets > 0)
        {
            _values = ArrayPool<long>.Shared.Rent(buckets);
            _changes = ArrayPool<long>.Shared.Rent(buckets);
            _changes.AsSpan(0, buckets).Clear();
        }
    }

    private readonly ImmutableArray<double> FloatsOf(int start, int count)
    {
        if (count == 0)
        {
            return [];
        }

        double[] counts = GC.AllocateUninitializedArray<double>(count);
        ReadOnlySpan<long> values = _values.AsSpan(start, count);
        if (!IsInteger)
        {
            MemoryMarshal.Cast<long, double>(values).CopyTo(counts);
            return ImmutableCollectionsMarshal.AsImmutableArray(counts);
        }

        long current = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            current = unchecked(current + values[i]);
            counts[i] = current;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(counts);
    }
}
