using System.Text;
using System.Text.Json;

namespace Pharos.Conformance.Suites;

/// <summary>What the exposition files share: how a text is written in JSON, how a format is named.</summary>
internal static class ExpositionText
{
    /// <summary>A string, or <c>{"$base64": …}</c> where the text is not valid UTF-8.</summary>
    public static byte[] Bytes(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.GetProperty("$base64").GetBytesFromBase64() : Encoding.UTF8.GetBytes(value.GetString()!);

    public static Pharos.Scrape.Exposition.ExpositionFormat Format(JsonElement testCase) =>
        testCase.GetProperty("format").GetString() switch
        {
            "prometheus-text" => Pharos.Scrape.Exposition.ExpositionFormat.Text,
            "openmetrics-text" => Pharos.Scrape.Exposition.ExpositionFormat.OpenMetrics,
            _ => Pharos.Scrape.Exposition.ExpositionFormat.Protobuf,
        };

    /// <summary>Optional string property, empty when absent.</summary>
    public static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";
}
