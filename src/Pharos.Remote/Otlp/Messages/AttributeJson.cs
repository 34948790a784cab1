using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>
/// The text of attribute values that are no strings: numbers, and lists and maps as JSON, in the form of OpenTelemetry's collector, which is that of Go's <c>encoding/json</c>:
/// keys sorted, the last of several equal ones, <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> escaped. Null where JSON has no form, as for infinity.
/// </summary>
internal static class AttributeJson
{
    /// <summary>How deep lists and maps may be in each other.</summary>
    public const int MaxDepth = 32;

    public const string TooDeep = "attribute value nested deeper than 32";

    // Where Go's encoder goes over to exponents.
    private const double LeastExponentValue = 1e21;
    private const double GreatestSmallValue = 1e-6;

    /// <summary>A number as a value of its own.</summary>
    public static string TextOf(double value) => NumberOf(value) ?? "json: unsupported value: " + FloatWriter.ToGeneralString(value);

    public static string TextOf(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string TextOf(bool value) => value ? "true" : "false";

    /// <summary>A number within a list or map; null for NaN and infinities.</summary>
    public static string? NumberOf(double value)
    {
        if (!double.IsFinite(value))
        {
            return null;
        }

        double magnitude = Math.Abs(value);
        if (magnitude == 0 || magnitude is >= GreatestSmallValue and < LeastExponentValue)
        {
            return FloatWriter.ToFixedString(value);
        }

        Span<byte> output = stackalloc byte[FloatWriter.MaxLength];
        string text = Encoding.ASCII.GetString(output[..FloatWriter.WriteExponent(value, output)]);

        // One digit after e- where one is enough.
        return text[^4..^1] == "e-0" ? text[..^2] + text[^1] : text;
    }

    /// <summary>A string within a list or map.</summary>
    public static string Quote(string text)
    {
        var json = new StringBuilder(text.Length + 2);
        json.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append(@"\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        return json.Append('"').ToString();
    }

    /// <summary>A list; null where one of its elements is.</summary>
    public static string? ListOf(List<string?> elements) => elements.Contains(null) ? null : $"[{string.Join(',', elements)}]";

    /// <summary>A map; null where one of its values is.</summary>
    public static string? MapOf(List<(string Key, string? Value)> members)
    {
        var sorted = new SortedDictionary<string, string?>(Utf8Ordinal.Comparer);
        foreach ((string key, string? value) in members)
        {
            sorted[key] = value;
        }

        return sorted.ContainsValue(null) ? null : $"{{{string.Join(',', sorted.Select(static m => $"{Quote(m.Key)}:{m.Value}"))}}}";
    }
}
