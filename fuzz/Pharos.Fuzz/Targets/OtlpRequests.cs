using System.Buffers;
using System.Net;
using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp;

namespace Pharos.Fuzz.Targets;

/// <summary>
/// Any body is an answer of the few there are; what reaches the store has labels that a series can have, their bytes in canonical form, and histograms that make sense.
/// </summary>
internal static class OtlpRequests
{
    private static readonly OtlpConfig[] Configs =
    [
        new() { PromoteAllResourceAttributes = true, PromoteScopeMetadata = true },
        new() { TranslationStrategy = "NoTranslation", ConvertHistogramsToNhcb = true, KeepIdentifyingResourceAttributes = true },
    ];

    // Small, so that inputs reach them.
    private static readonly OtlpLimits Limits = new()
    {
        MaxMessageBytes = 1 << 20,
        MaxElements = 2000,
        MaxParts = 5000,
        MaxSamples = 3000,
        MaxLabelBytes = 1 << 18,
        MaxLabels = 40,
        MaxNameBytes = 512,
        MaxValueBytes = 2048,
    };

    /// <summary>Members and values of OTLP's JSON.</summary>
    public static IReadOnlyList<string> JsonWords { get; } =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "1e400", "-1", "\"NaN\"", "\"Infinity\"", "\"18446744073709551616\"", "\"resourceMetrics\":[{", "\"scopeMetrics\":[{",
        "\"metrics\":[{", "\"attributes\":[", "{\"key\":\"a\",\"value\":{\"arrayValue\":{\"values\":[", "{\"kvlistValue\":{\"values\":[", "\"stringValue\":\"\\ud800\"", "\"asInt\":\"7\"",
        "\"asDouble\":1", "\"bytesValue\":\"AA\"", "\"traceId\":\"00\"", "\"exemplars\":[{}]", "\"dataPoints\":[{}]", "\"flags\":1", "\"scale\":2147483647", "\"offset\":-2147483648",
        "\"bucketCounts\":[\"1\",2]", "\"timeUnixNano\":\"18446744073709551615\"", "\"aggregationTemporality\":2", "\"isMonotonic\":true", "\"unit\":\"By/s\"", "\"name\":\"\"", "\\u0000", "\u00e9",
    ];

    /// <summary>Keys and lengths of protobuf, as far as they are text.</summary>
    public static IReadOnlyList<string> ProtobufWords { get; } =
    [
        "\n\0", "\u0012\u0002\u0012\0", "\n\u0001a", "\u0012\u0003\n\u0001v", "*\u0002\n\0", ":\u0004\n\u0002\n\0", "J\u0000", "R\u0002\n\0", "Z\0", "\u0010\u0002", "\u0018\u0001",
        "\u0019\u0001\0\0\0\0\0\0\0", "!\0\0\0\0\0\0\0@", "1\u0005\0\0\0\0\0\0\0", "2\u0008\u0001\0\0\0\0\0\0\0", "B\u0004\u0012\u0002\u0001\u0002", "\u007f\u007f\u007f\u007f", "*\u0006\n\u0004*\u0002\n\0",
    ];

    public static void RunJson(ReadOnlySpan<byte> input) => Run("application/json", input);

    public static void RunProtobuf(ReadOnlySpan<byte> input) => Run("application/x-protobuf", input);

    private static void Run(string contentType, ReadOnlySpan<byte> input)
    {
        var body = new ReadOnlySequence<byte>(input.ToArray());
        foreach (OtlpConfig config in Configs)
        {
            var store = new CheckingAppender();
            var receiver = new OtlpReceiver(store, () => config, new OtlpOptions { AddsTypeAndUnit = true, TakesDeltas = true }, Limits, TimeProvider.System, store);
            OtlpResponse response = receiver.Receive(contentType, null, body);
            bool isKnown = response.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InternalServerError;
            if (!isKnown || (response.Status == HttpStatusCode.OK) != (response.Message.Length == 0))
            {
                throw new FuzzFailureException($"answered {response.Status}: {response.Message}");
            }

            if (response.Status is not (HttpStatusCode.OK or HttpStatusCode.BadRequest) && store.Samples > 0)
            {
                throw new FuzzFailureException($"{store.Samples} samples of a request that is answered with {response.Status}: {response.Message}");
            }
        }
    }
}
