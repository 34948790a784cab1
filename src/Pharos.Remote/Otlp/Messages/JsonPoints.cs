using System.Text.Json;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>Reads the points of metrics of all kinds, with their exemplars: their members have the same names in every kind.</summary>
internal sealed class JsonPoints(OtlpMessage message, JsonAttributes attributes)
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    /// <summary>Reads one point to the end of the list of points.</summary>
    public void Read(ref JsonFields json)
    {
        var point = new OtlpPoint();
        int attributesBefore = message.PointAttributes.Count;
        int exemplarsBefore = message.Exemplars.Count;
        int boundsBefore = message.Bounds.Count;
        int quantilesBefore = message.Quantiles.Count;
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (!ReadCommon(ref json, ref point) && !ReadCounts(ref json, ref point) && !ReadLists(ref json, ref point))
            {
                json.Skip();
            }
        }

        point.Attributes = Slice.Since(message.PointAttributes, attributesBefore);
        point.Exemplars = Slice.Since(message.Exemplars, exemplarsBefore);
        point.Bounds = Slice.Since(message.Bounds, boundsBefore);
        point.Quantiles = Slice.Since(message.Quantiles, quantilesBefore);
        message.Points.Add(point);
    }

    private bool ReadCommon(ref JsonFields json, ref OtlpPoint point)
    {
        if (json.Is("attributes"u8))
        {
            attributes.ReadList(ref json, message.PointAttributes);
        }
        else if (json.Is("startTimeUnixNano"u8, "start_time_unix_nano"u8))
        {
            point.StartTime = json.UInt64();
        }
        else if (json.Is("timeUnixNano"u8, "time_unix_nano"u8))
        {
            point.Time = json.UInt64();
        }
        else if (json.Is("flags"u8))
        {
            point.Flags = json.UInt32();
        }
        else if (json.Is("asDouble"u8, "as_double"u8))
        {
            point.Value = json.Double();
        }
        else if (json.Is("asInt"u8, "as_int"u8))
        {
            point.Value = json.Int64();
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadCounts(ref JsonFields json, ref OtlpPoint point)
    {
        if (json.Is("count"u8))
        {
            point.Count = json.UInt64();
        }
        else if (json.Is("sum"u8))
        {
            point.Sum = json.Double();
            point.HasSum = !json.IsNull;
        }
        else if (json.Is("scale"u8))
        {
            point.Scale = json.Int32();
        }
        else if (json.Is("zeroCount"u8, "zero_count"u8))
        {
            point.ZeroCount = json.UInt64();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadLists(ref JsonFields json, ref OtlpPoint point)
    {
        if (json.Is("bucketCounts"u8, "bucket_counts"u8))
        {
            point.Buckets = ReadNumbers(ref json, message.BucketCounts);
        }
        else if (json.Is("explicitBounds"u8, "explicit_bounds"u8))
        {
            ReadBounds(ref json);
        }
        else if (json.Is("positive"u8))
        {
            point.Positive = ReadBuckets(ref json, message.BucketCounts);
        }
        else if (json.Is("negative"u8))
        {
            point.Negative = ReadBuckets(ref json, message.NegativeCounts);
        }
        else if (json.Is("quantileValues"u8, "quantile_values"u8))
        {
            ReadQuantiles(ref json);
        }
        else if (json.Is("exemplars"u8))
        {
            ReadExemplars(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private Slice ReadNumbers(ref JsonFields json, List<ulong> numbers)
    {
        int first = numbers.Count;
        bool isList = json.IsList();
        while (isList && json.NextElement())
        {
            Throw(message.CountPart());
            numbers.Add(json.UInt64());
        }

        return Slice.Since(numbers, first);
    }

    private void ReadBounds(ref JsonFields json)
    {
        bool isList = json.IsList();
        while (isList && json.NextElement())
        {
            Throw(message.CountPart());
            message.Bounds.Add(json.Double());
        }
    }

    private OtlpBuckets ReadBuckets(ref JsonFields json, List<ulong> numbers)
    {
        int offset = 0;
        Slice counts = default;
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (json.Is("offset"u8))
            {
                offset = json.Int32();
            }
            else if (json.Is("bucketCounts"u8, "bucket_counts"u8))
            {
                counts = ReadNumbers(ref json, numbers);
            }
            else
            {
                json.Skip();
            }
        }

        return new OtlpBuckets(offset, counts);
    }

    private void ReadQuantiles(ref JsonFields json)
    {
        bool isList = json.IsList();
        while (isList && json.NextElement())
        {
            Throw(message.CountPart());
            double quantile = 0;
            double value = 0;
            bool isObject = json.IsObject();
            while (isObject && json.NextMember())
            {
                if (json.Is("quantile"u8))
                {
                    quantile = json.Double();
                }
                else if (json.Is("value"u8))
                {
                    value = json.Double();
                }
                else
                {
                    json.Skip();
                }
            }

            message.Quantiles.Add(new OtlpQuantile(quantile, value));
        }
    }

    private void ReadExemplars(ref JsonFields json)
    {
        bool isList = json.IsList();
        while (isList && json.NextElement())
        {
            Throw(message.CountElement());
            var exemplar = new OtlpExemplar();
            int first = message.ExemplarAttributes.Count;
            bool isObject = json.IsObject();
            while (isObject && json.NextMember())
            {
                if (!ReadObservation(ref json, ref exemplar))
                {
                    json.Skip();
                }
            }

            exemplar.Attributes = Slice.Since(message.ExemplarAttributes, first);
            message.Exemplars.Add(exemplar);
        }
    }

    private bool ReadObservation(ref JsonFields json, ref OtlpExemplar exemplar)
    {
        if (json.Is("filteredAttributes"u8, "filtered_attributes"u8))
        {
            attributes.ReadList(ref json, message.ExemplarAttributes);
        }
        else if (json.Is("timeUnixNano"u8, "time_unix_nano"u8))
        {
            exemplar.Time = json.UInt64();
        }
        else if (json.Is("asDouble"u8, "as_double"u8))
        {
            exemplar.Value = json.Double();
            exemplar.HasValue |= !json.IsNull;
        }
        else if (json.Is("asInt"u8, "as_int"u8))
        {
            exemplar.Value = json.Int64();
            exemplar.HasValue |= !json.IsNull;
        }
        else if (json.Is("traceId"u8, "trace_id"u8))
        {
            exemplar.TraceId = json.Id(TraceIdBytes);
        }
        else if (json.Is("spanId"u8, "span_id"u8))
        {
            exemplar.SpanId = json.Id(SpanIdBytes);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void Throw(string? refusal)
    {
        if (refusal is not null)
        {
            throw new JsonException(refusal);
        }
    }
}
