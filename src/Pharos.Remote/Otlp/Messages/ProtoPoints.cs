using Pharos.Remote.Receiving;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>Reads the points of metrics of all kinds, with their exemplars. The kinds number their fields differently.</summary>
internal sealed class ProtoPoints(OtlpMessage message, ProtoAttributes attributes)
{
    private readonly ProtoExemplars _exemplars = new(message, attributes);

    /// <summary>Reads one point to the end of the list of points.</summary>
    public bool Read(ref ProtoReader outer, ReadOnlySpan<byte> bytes, OtlpKind kind)
    {
        var point = new OtlpPoint();
        int attributesBefore = message.PointAttributes.Count;
        int exemplarsBefore = message.Exemplars.Count;
        int countsBefore = message.BucketCounts.Count;
        int boundsBefore = message.Bounds.Count;
        int quantilesBefore = message.Quantiles.Count;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            _ = kind switch
            {
                OtlpKind.Histogram => ReadHistogram(ref reader, field, wireType, ref point),
                OtlpKind.ExponentialHistogram => ReadExponential(ref reader, field, wireType, ref point),
                OtlpKind.Summary => ReadSummary(ref reader, field, wireType, ref point),
                _ => ReadNumber(ref reader, field, wireType, ref point),
            };
        }

        point.Attributes = Slice.Since(message.PointAttributes, attributesBefore);
        point.Exemplars = Slice.Since(message.Exemplars, exemplarsBefore);
        point.Buckets = Slice.Since(message.BucketCounts, countsBefore);
        point.Bounds = Slice.Since(message.Bounds, boundsBefore);
        point.Quantiles = Slice.Since(message.Quantiles, quantilesBefore);
        message.Points.Add(point);
        return ProtoFields.End(ref outer, reader.Error, "point", message.CountElement());
    }

    private bool ReadNumber(ref ProtoReader reader, int field, int wireType, ref OtlpPoint point)
    {
        switch (field)
        {
            case 4:
                bool isDouble = ProtoFields.TryReadDouble(ref reader, wireType, out double real);
                point.Value = real;
                return isDouble;
            case 6:
                bool isInteger = ProtoFields.TryReadFixed64(ref reader, wireType, out ulong integer);
                point.Value = (long)integer;
                return isInteger;
            case 5:
                return _exemplars.Read(ref reader, wireType);
            case 7:
                return attributes.Read(ref reader, wireType, message.PointAttributes);
            case 8:
                return ReadFlags(ref reader, wireType, ref point);
            default:
                return ReadTimes(ref reader, field, wireType, ref point);
        }
    }

    private bool ReadHistogram(ref ProtoReader reader, int field, int wireType, ref OtlpPoint point)
    {
        switch (field)
        {
            case 4:
                return ReadCount(ref reader, wireType, ref point);
            case 5:
                return ReadSum(ref reader, wireType, ref point);
            case 6:
                return ReadFixedList(ref reader, wireType, message.BucketCounts);
            case 7:
                return ReadFixedList(ref reader, wireType, message.Bounds);
            case 8:
                return _exemplars.Read(ref reader, wireType);
            case 9:
                return attributes.Read(ref reader, wireType, message.PointAttributes);
            case 10:
                return ReadFlags(ref reader, wireType, ref point);
            default:
                return ReadTimes(ref reader, field, wireType, ref point);
        }
    }

    private bool ReadExponential(ref ProtoReader reader, int field, int wireType, ref OtlpPoint point)
    {
        switch (field)
        {
            case 1:
                return attributes.Read(ref reader, wireType, message.PointAttributes);
            case 4:
                return ReadCount(ref reader, wireType, ref point);
            case 5:
                return ReadSum(ref reader, wireType, ref point);
            case 6:
                bool hasScale = ProtoFields.TryReadZigZag(ref reader, wireType, out int scale);
                point.Scale = scale;
                return hasScale;
            case 7:
                bool hasZeros = ProtoFields.TryReadFixed64(ref reader, wireType, out ulong zeros);
                point.ZeroCount = zeros;
                return hasZeros;
            case 8:
                bool hasPositive = TryReadBuckets(ref reader, wireType, message.BucketCounts, out OtlpBuckets positive);
                point.Positive = positive;
                return hasPositive;
            case 9:
                bool hasNegative = TryReadBuckets(ref reader, wireType, message.NegativeCounts, out OtlpBuckets negative);
                point.Negative = negative;
                return hasNegative;
            case 10:
                return ReadFlags(ref reader, wireType, ref point);
            case 11:
                return _exemplars.Read(ref reader, wireType);
            default:
                return ReadTimes(ref reader, field, wireType, ref point);
        }
    }

    private bool ReadSummary(ref ProtoReader reader, int field, int wireType, ref OtlpPoint point)
    {
        switch (field)
        {
            case 4:
                return ReadCount(ref reader, wireType, ref point);
            case 5:
                return ReadSum(ref reader, wireType, ref point);
            case 6:
                return ReadQuantile(ref reader, wireType);
            case 7:
                return attributes.Read(ref reader, wireType, message.PointAttributes);
            case 8:
                return ReadFlags(ref reader, wireType, ref point);
            default:
                return ReadTimes(ref reader, field, wireType, ref point);
        }
    }

    private static bool ReadTimes(ref ProtoReader reader, int field, int wireType, ref OtlpPoint point)
    {
        if (field is not (2 or 3))
        {
            return reader.TrySkip(wireType);
        }

        bool read = ProtoFields.TryReadFixed64(ref reader, wireType, out ulong time);
        point.StartTime = field == 2 ? time : point.StartTime;
        point.Time = field == 3 ? time : point.Time;
        return read;
    }

    private static bool ReadFlags(ref ProtoReader reader, int wireType, ref OtlpPoint point)
    {
        bool read = ProtoFields.TryReadVarint(ref reader, wireType, out ulong flags);
        point.Flags = (uint)flags;
        return read;
    }

    private static bool ReadCount(ref ProtoReader reader, int wireType, ref OtlpPoint point)
    {
        bool read = ProtoFields.TryReadFixed64(ref reader, wireType, out ulong count);
        point.Count = count;
        return read;
    }

    private static bool ReadSum(ref ProtoReader reader, int wireType, ref OtlpPoint point)
    {
        bool read = ProtoFields.TryReadDouble(ref reader, wireType, out double sum);
        point.Sum = sum;
        point.HasSum = read;
        return read;
    }

    private bool ReadQuantile(ref ProtoReader outer, int wireType)
    {
        if (wireType != ProtoReader.Bytes || !outer.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return outer.Fail($"wire type {wireType} for a quantile");
        }

        double quantile = 0;
        double value = 0;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int type))
        {
            _ = field switch
            {
                1 => ProtoFields.TryReadDouble(ref reader, type, out quantile),
                2 => ProtoFields.TryReadDouble(ref reader, type, out value),
                _ => reader.TrySkip(type),
            };
        }

        message.Quantiles.Add(new OtlpQuantile(quantile, value));
        return ProtoFields.End(ref outer, reader.Error, "quantile", message.CountPart());
    }

    private bool TryReadBuckets(ref ProtoReader outer, int wireType, List<ulong> counts, out OtlpBuckets buckets)
    {
        buckets = default;
        if (wireType != ProtoReader.Bytes || !outer.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return outer.Fail($"wire type {wireType} for buckets");
        }

        int first = counts.Count;
        int offset = 0;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int type))
        {
            _ = field switch
            {
                1 => ProtoFields.TryReadZigZag(ref reader, type, out offset),
                2 => ReadVarintList(ref reader, type, counts),
                _ => reader.TrySkip(type),
            };
        }

        buckets = new OtlpBuckets(offset, Slice.Since(counts, first));
        return ProtoFields.End(ref outer, reader.Error, "buckets");
    }

    private bool ReadVarintList(ref ProtoReader reader, int wireType, List<ulong> counts)
    {
        if (wireType == ProtoReader.Varint)
        {
            return reader.TryReadVarint(out ulong one) && TryAdd(ref reader, counts, one);
        }

        if (wireType != ProtoReader.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return reader.Fail($"wire type {wireType} for a list of numbers");
        }

        var packed = new ProtoReader(bytes);
        while (!packed.Rest.IsEmpty && packed.TryReadVarint(out ulong count) && TryAdd(ref packed, counts, count))
        {
        }

        return ProtoFields.End(ref reader, packed.Error, "counts");
    }

    // Integers, or the bits of doubles, of 8 bytes each.
    private bool ReadFixedList<T>(ref ProtoReader reader, int wireType, List<T> values)
        where T : struct
    {
        if (wireType == ProtoReader.Fixed64)
        {
            return reader.TryReadFixed64(out ulong one) && TryAdd(ref reader, values, FromBits<T>(one));
        }

        if (wireType != ProtoReader.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return reader.Fail($"wire type {wireType} for a list of numbers");
        }

        var packed = new ProtoReader(bytes);
        while (!packed.Rest.IsEmpty && packed.TryReadFixed64(out ulong bits) && TryAdd(ref packed, values, FromBits<T>(bits)))
        {
        }

        return ProtoFields.End(ref reader, packed.Error, "numbers");
    }

    private bool TryAdd<T>(ref ProtoReader reader, List<T> values, T value)
    {
        if (message.CountPart() is { } refusal)
        {
            return reader.Fail(refusal);
        }

        values.Add(value);
        return true;
    }

    private static T FromBits<T>(ulong bits)
        where T : struct => typeof(T) == typeof(double) ? (T)(object)BitConverter.UInt64BitsToDouble(bits) : (T)(object)bits;
}
