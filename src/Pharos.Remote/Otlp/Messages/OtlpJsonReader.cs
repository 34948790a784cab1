using System.Text.Json;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>
/// Reads an <c>ExportMetricsServiceRequest</c> in JSON, as opentelemetry.io/docs/specs/otlp has it: members in lowerCamelCase (those of the .proto files are taken too), ids in
/// hexadecimal digits, integers of 64 bits as strings or numbers. Reads into a message that is empty; not thread-safe.
/// </summary>
internal sealed class OtlpJsonReader
{
    private readonly OtlpMessage _message;
    private readonly Utf8Strings _strings;
    private readonly JsonAttributes _attributes;
    private readonly JsonPoints _points;

    public OtlpJsonReader(OtlpMessage message, Utf8Strings strings)
    {
        _message = message;
        _strings = strings;
        _attributes = new JsonAttributes(message);
        _points = new JsonPoints(message, _attributes);
    }

    /// <summary>Reads the request; what is wrong where it is malformed or larger than allowed, and the message is then only good to be cleared.</summary>
    public string? Read(ReadOnlySpan<byte> request)
    {
        try
        {
            var json = new JsonFields(request, _strings);
            ReadRequest(ref json);
            json.End();
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    private void ReadRequest(ref JsonFields json)
    {
        if (!json.IsObject())
        {
            throw json.Wrong("an object");
        }

        while (json.NextMember())
        {
            if (!json.Is("resourceMetrics"u8, "resource_metrics"u8))
            {
                json.Skip();
            }
            else if (json.IsList())
            {
                while (json.NextElement())
                {
                    ReadResourceMetrics(ref json);
                }
            }
        }
    }

    private void ReadResourceMetrics(ref JsonFields json)
    {
        int attributes = _message.ResourceAttributes.Count;
        int scopes = _message.Scopes.Count;
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (json.Is("resource"u8))
            {
                ReadResource(ref json);
            }
            else if (!json.Is("scopeMetrics"u8, "scope_metrics"u8))
            {
                json.Skip();
            }
            else if (json.IsList())
            {
                while (json.NextElement())
                {
                    ReadScopeMetrics(ref json);
                }
            }
        }

        Count();
        _message.Resources.Add(new OtlpResource(Slice.Since(_message.ResourceAttributes, attributes), Slice.Since(_message.Scopes, scopes)));
    }

    private void ReadResource(ref JsonFields json)
    {
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (json.Is("attributes"u8))
            {
                _attributes.ReadList(ref json, _message.ResourceAttributes);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadScopeMetrics(ref JsonFields json)
    {
        int attributes = _message.ScopeAttributes.Count;
        int metrics = _message.Metrics.Count;
        (string Name, string Version) scope = ("", "");
        string schemaUrl = "";
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (json.Is("scope"u8))
            {
                ReadScope(ref json, ref scope);
            }
            else if (json.Is("schemaUrl"u8, "schema_url"u8))
            {
                schemaUrl = json.Text();
            }
            else if (!json.Is("metrics"u8))
            {
                json.Skip();
            }
            else if (json.IsList())
            {
                while (json.NextElement())
                {
                    ReadMetric(ref json);
                }
            }
        }

        Count();
        _message.Scopes.Add(new OtlpScope(scope.Name, scope.Version, schemaUrl, Slice.Since(_message.ScopeAttributes, attributes), Slice.Since(_message.Metrics, metrics)));
    }

    private void ReadScope(ref JsonFields json, ref (string Name, string Version) scope)
    {
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (json.Is("name"u8))
            {
                scope.Name = json.Text();
            }
            else if (json.Is("version"u8))
            {
                scope.Version = json.Text();
            }
            else if (json.Is("attributes"u8))
            {
                _attributes.ReadList(ref json, _message.ScopeAttributes);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadMetric(ref JsonFields json)
    {
        var metric = new OtlpMetric();
        bool isObject = json.IsObject();
        while (isObject && json.NextMember())
        {
            if (json.Is("name"u8))
            {
                metric.Name = json.Text();
            }
            else if (json.Is("description"u8))
            {
                metric.Description = json.Text();
            }
            else if (json.Is("unit"u8))
            {
                metric.Unit = json.Text();
            }
            else if (KindOf(ref json) is OtlpKind kind and not OtlpKind.None)
            {
                ReadData(ref json, kind, ref metric);
            }
            else
            {
                json.Skip();
            }
        }

        Count();
        _message.Metrics.Add(metric);
    }

    private static OtlpKind KindOf(ref JsonFields json)
    {
        if (json.Is("gauge"u8))
        {
            return OtlpKind.Gauge;
        }

        if (json.Is("sum"u8))
        {
            return OtlpKind.Sum;
        }

        if (json.Is("histogram"u8))
        {
            return OtlpKind.Histogram;
        }

        if (json.Is("exponentialHistogram"u8, "exponential_histogram"u8))
        {
            return OtlpKind.ExponentialHistogram;
        }

        return json.Is("summary"u8) ? OtlpKind.Summary : OtlpKind.None;
    }

    // Only one kind of data counts: the last.
    private void ReadData(ref JsonFields json, OtlpKind kind, ref OtlpMetric metric)
    {
        if (!json.IsObject())
        {
            return;
        }

        int first = _message.Points.Count;
        metric.Kind = kind;
        metric.Temporality = OtlpTemporality.Unspecified;
        metric.IsMonotonic = false;
        while (json.NextMember())
        {
            if (json.Is("aggregationTemporality"u8, "aggregation_temporality"u8))
            {
                metric.Temporality = (OtlpTemporality)json.Enumeration("AGGREGATION_TEMPORALITY_", ["UNSPECIFIED", "DELTA", "CUMULATIVE"]);
            }
            else if (json.Is("isMonotonic"u8, "is_monotonic"u8))
            {
                metric.IsMonotonic = json.Bool() && kind == OtlpKind.Sum;
            }
            else if (!json.Is("dataPoints"u8, "data_points"u8))
            {
                json.Skip();
            }
            else if (json.IsList())
            {
                while (json.NextElement())
                {
                    _points.Read(ref json);
                    Count();
                }
            }
        }

        metric.Points = Slice.Since(_message.Points, first);
    }

    private void Count()
    {
        if (_message.CountElement() is { } refusal)
        {
            throw new JsonException(refusal);
        }
    }
}
