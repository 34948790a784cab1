using System.Buffers;
using System.IO.Compression;
using System.Text;
using Pharos.Core.Samples;
using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp;
using Pharos.Testing;
using Pharos.Testing.Otlp;

namespace Pharos.Remote.Tests.Otlp;

/// <summary>A receiver with a store that remembers, and short ways to write requests.</summary>
internal sealed class OtlpRig
{
    public const long Now = 1_795_132_800_000;

    /// <summary>The present in nanoseconds, as JSON has it.</summary>
    public const string Time = "1795132800000000000";

    public OtlpRig(OtlpConfig? config = null, OtlpOptions? options = null, OtlpLimits? limits = null)
    {
        OtlpConfig section = config ?? new OtlpConfig();
        Receiver = new OtlpReceiver(Store, () => section, options ?? new OtlpOptions(), limits ?? new OtlpLimits(), new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Now)), Exemplars);
    }

    public InMemoryAppender Store { get; } = new();

    public RecordingExemplars Exemplars { get; } = new();

    public OtlpReceiver Receiver { get; }

    /// <summary>A request of one resource and one scope; NOW becomes <see cref="Time"/>.</summary>
    public static string Request(string metrics, string resource = "", string scope = "") =>
        """{"resourceMetrics":[{"resource":{"attributes":[RESOURCE]},"scopeMetrics":[{"scope":SCOPE,"metrics":[METRICS]}]}]}"""
            .Replace("METRICS", metrics, StringComparison.Ordinal)
            .Replace("RESOURCE", resource, StringComparison.Ordinal)
            .Replace("SCOPE", scope.Length == 0 ? "{}" : scope, StringComparison.Ordinal)
            .Replace("NOW", Time, StringComparison.Ordinal);

    /// <summary>A gauge of one point.</summary>
    public static string Gauge(string name, string value = "\"asDouble\":1.5", string attributes = "", string time = Time, string unit = "") =>
        $"{{\"name\":\"{name}\",\"unit\":\"{unit}\",\"gauge\":{{\"dataPoints\":[{{\"attributes\":[{attributes}],\"timeUnixNano\":\"{time}\",{value}}}]}}}}";

    /// <summary>An attribute that is a string.</summary>
    public static string Attribute(string key, string value) => $"{{\"key\":\"{key}\",\"value\":{{\"stringValue\":\"{value}\"}}}}";

    /// <summary>Sends a request that is given as JSON.</summary>
    public OtlpResponse Send(string json, bool asJson = false, bool asGzip = false) => asJson
        ? Send("application/json", Encoding.UTF8.GetBytes(json), asGzip)
        : Send("application/x-protobuf", OtlpProto.FromJson(json), asGzip);

    public OtlpResponse Send(string contentType, byte[] body, bool asGzip = false) =>
        Receiver.Receive(contentType, asGzip ? "gzip" : null, new ReadOnlySequence<byte>(asGzip ? Gzip(body) : body));

    /// <summary>Every series with its samples, as <c>name{labels} value@time</c>, times in milliseconds from now, in the order in which series were made.</summary>
    public IReadOnlyList<string> Stored() =>
        [.. Store.Series.Select(labels => $"{labels.ToMetricText()} {string.Join(' ', Store.SamplesOf(labels).Select(Text))}")];

    public static byte[] Gzip(byte[] body)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return output.ToArray();
    }

    private static string Text(Sample sample)
    {
        string value = Staleness.IsMarker(sample.Value) ? "stale" : Core.Buffers.FloatWriter.ToGeneralString(sample.Value);
        return sample.Timestamp == Now ? value : $"{value}@{sample.Timestamp - Now}";
    }
}
