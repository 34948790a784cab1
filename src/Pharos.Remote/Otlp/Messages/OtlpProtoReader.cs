using Pharos.Remote.Receiving;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>
/// Reads an <c>ExportMetricsServiceRequest</c> in protobuf (github.com/open-telemetry/opentelemetry-proto, metrics v1). Fields in any order, packed lists or not, unknown
/// fields; of a field that can be there once the last counts. Reads into a message that is empty; not thread-safe.
/// </summary>
internal sealed class OtlpProtoReader
{
    private readonly OtlpMessage _message;
    private readonly Utf8Strings _strings;
    private readonly ProtoAttributes _attributes;
    private readonly ProtoPoints _points;

    public OtlpProtoReader(OtlpMessage message, Utf8Strings strings)
    {
        _message = message;
        _strings = strings;
        _attributes = new ProtoAttributes(message, strings);
        _points = new ProtoPoints(message, _attributes);
    }

    /// <summary>Reads the request; what is wrong where it is malformed or larger than allowed, and the message is then only good to be cleared.</summary>
    public string? Read(ReadOnlySpan<byte> request)
    {
        var reader = new ProtoReader(request);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            _ = (field, wireType) switch
            {
                (1, ProtoReader.Bytes) => reader.TryReadBytes(out ReadOnlySpan<byte> resource) && ReadResourceMetrics(ref reader, resource),
                (1, _) => ProtoFields.WrongType(ref reader, field, wireType),
                _ => reader.TrySkip(wireType),
            };
        }

        return reader.Error;
    }

    private bool ReadResourceMetrics(ref ProtoReader parent, ReadOnlySpan<byte> bytes)
    {
        int attributes = _message.ResourceAttributes.Count;
        int scopes = _message.Scopes.Count;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            ReadOnlySpan<byte> inner;
            _ = (field, wireType) switch
            {
                (1, ProtoReader.Bytes) => reader.TryReadBytes(out inner) && ReadResource(ref reader, inner),
                (2, ProtoReader.Bytes) => reader.TryReadBytes(out inner) && ReadScopeMetrics(ref reader, inner),
                ( <= 3, not ProtoReader.Bytes) => ProtoFields.WrongType(ref reader, field, wireType),
                _ => reader.TrySkip(wireType),
            };
        }

        _message.Resources.Add(new OtlpResource(Slice.Since(_message.ResourceAttributes, attributes), Slice.Since(_message.Scopes, scopes)));
        return ProtoFields.End(ref parent, reader.Error, "resource", _message.CountElement());
    }

    private bool ReadResource(ref ProtoReader parent, ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            _ = (field, wireType) switch
            {
                (1, _) => _attributes.Read(ref reader, wireType, _message.ResourceAttributes),
                _ => reader.TrySkip(wireType),
            };
        }

        return ProtoFields.End(ref parent, reader.Error, "attributes of a resource");
    }

    private bool ReadScopeMetrics(ref ProtoReader parent, ReadOnlySpan<byte> bytes)
    {
        int attributes = _message.ScopeAttributes.Count;
        int metrics = _message.Metrics.Count;
        (string Name, string Version) scope = ("", "");
        string schemaUrl = "";
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            ReadOnlySpan<byte> inner;
            _ = (field, wireType) switch
            {
                (1, ProtoReader.Bytes) => reader.TryReadBytes(out inner) && ReadScope(ref reader, inner, ref scope),
                (2, ProtoReader.Bytes) => reader.TryReadBytes(out inner) && ReadMetric(ref reader, inner),
                (3, _) => ProtoFields.TryReadString(ref reader, wireType, _strings, out schemaUrl),
                ( <= 2, _) => ProtoFields.WrongType(ref reader, field, wireType),
                _ => reader.TrySkip(wireType),
            };
        }

        _message.Scopes.Add(new OtlpScope(scope.Name, scope.Version, schemaUrl, Slice.Since(_message.ScopeAttributes, attributes), Slice.Since(_message.Metrics, metrics)));
        return ProtoFields.End(ref parent, reader.Error, "scope", _message.CountElement());
    }

    private bool ReadScope(ref ProtoReader parent, ReadOnlySpan<byte> bytes, ref (string Name, string Version) scope)
    {
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            _ = field switch
            {
                1 => ProtoFields.TryReadString(ref reader, wireType, _strings, out scope.Name),
                2 => ProtoFields.TryReadString(ref reader, wireType, _strings, out scope.Version),
                3 => _attributes.Read(ref reader, wireType, _message.ScopeAttributes),
                _ => reader.TrySkip(wireType),
            };
        }

        return ProtoFields.End(ref parent, reader.Error, "attributes of a scope");
    }

    private bool ReadMetric(ref ProtoReader parent, ReadOnlySpan<byte> bytes)
    {
        var metric = new OtlpMetric();
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            string text = "";
            bool read = field switch
            {
                1 or 2 or 3 => ProtoFields.TryReadString(ref reader, wireType, _strings, out text),
                5 or 7 or 9 or 10 or 11 => ReadData(ref reader, wireType, KindOf(field), ref metric),
                _ => reader.TrySkip(wireType),
            };
            switch (read ? field : 0)
            {
                case 1:
                    metric.Name = text;
                    break;
                case 2:
                    metric.Description = text;
                    break;
                case 3:
                    metric.Unit = text;
                    break;
            }
        }

        _message.Metrics.Add(metric);
        return ProtoFields.End(ref parent, reader.Error, "metric", _message.CountElement());
    }

    // Only one kind of data counts: the last.
    private bool ReadData(ref ProtoReader parent, int wireType, OtlpKind kind, ref OtlpMetric metric)
    {
        if (wireType != ProtoReader.Bytes || !parent.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return ProtoFields.WrongType(ref parent, field: 5, wireType);
        }

        int first = _message.Points.Count;
        metric.Kind = kind;
        metric.Temporality = OtlpTemporality.Unspecified;
        metric.IsMonotonic = false;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int type))
        {
            ulong number = 0;
            bool read = (field, type) switch
            {
                (1, ProtoReader.Bytes) => reader.TryReadBytes(out ReadOnlySpan<byte> point) && _points.Read(ref reader, point, kind),
                (2 or 3, ProtoReader.Varint) when metric.HasTemporality => reader.TryReadVarint(out number),
                (1, _) => ProtoFields.WrongType(ref reader, field, type),
                (2 or 3, _) when metric.HasTemporality => ProtoFields.WrongType(ref reader, field, type),
                _ => reader.TrySkip(type),
            };
            metric.Temporality = read && field == 2 ? (OtlpTemporality)(int)number : metric.Temporality;
            metric.IsMonotonic = read && field == 3 ? kind == OtlpKind.Sum && number != 0 : metric.IsMonotonic;
        }

        metric.Points = Slice.Since(_message.Points, first);
        return ProtoFields.End(ref parent, reader.Error, "points of a metric");
    }

    private static OtlpKind KindOf(int field) => field switch
    {
        5 => OtlpKind.Gauge,
        7 => OtlpKind.Sum,
        9 => OtlpKind.Histogram,
        10 => OtlpKind.ExponentialHistogram,
        _ => OtlpKind.Summary,
    };
}
