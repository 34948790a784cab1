using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Dashboards.Variables;

/// <summary>How chosen values are written into a text: Grafana's formats.</summary>
internal static class VariableFormats
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The values by a format of Grafana.</summary>
    /// <param name="format">Its name, with arguments after a colon; null where there is no such format.</param>
    /// <param name="name">The variable's name: some formats write it.</param>
    /// <param name="values">At least one.</param>
    /// <param name="isList">Whether the variable takes several values, whatever their number.</param>
    /// <param name="texts">What is shown for the values.</param>
    public static string? Write(string format, string name, IReadOnlyList<string> values, bool isList, IReadOnlyList<string> texts)
    {
        (string kind, string argument) = Split(format);
        return kind switch
        {
            "raw" or "csv" => string.Join(',', values),
            "text" => string.Join(" + ", texts),
            "pipe" => string.Join('|', values),
            "regex" => values.Count == 1 ? EscapeRegex(values[0]) : $"({string.Join('|', values.Select(EscapeRegex))})",
            "glob" => values.Count == 1 ? values[0] : $"{{{string.Join(',', values)}}}",
            "json" => isList ? JsonSerializer.Serialize(values, Json) : JsonSerializer.Serialize(values[0], Json),
            "html" => string.Join(", ", values.Select(EscapeMarkup)),
            "percentencode" => Uri.EscapeDataString(values.Count == 1 ? values[0] : $"{{{string.Join(',', values)}}}"),
            "uriencode" => EncodeUri(values.Count == 1 ? values[0] : $"{{{string.Join(',', values)}}}"),
            "queryparam" => QueryParameters(name, values),
            "customqueryparam" => QueryParameters(argument.Split(':')[0] is { Length: > 0 } own ? own : name, values, prefix: ""),
            "singlequote" => string.Join(',', values.Select(static v => $"'{v.Replace("'", "\\'", StringComparison.Ordinal)}'")),
            "doublequote" => string.Join(',', values.Select(static v => $"\"{v.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")),
            "sqlstring" => string.Join(',', values.Select(static v => $"'{v.Replace("'", "''", StringComparison.Ordinal)}'")),
            "lucene" => values.Count == 1 ? EscapeLucene(values[0]) : $"({string.Join(" OR ", values.Select(static v => $"\"{EscapeLucene(v)}\""))})",
            "distributed" => string.Join(',', values.Select((v, i) => i == 0 ? v : $"{name}={v}")),
            "join" => string.Join(argument.Length > 0 ? argument : ",", values),
            "date" => values.Count == 1 && long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time) ? DateText.Write(time, argument) : null,
            _ => null,
        };
    }

    /// <summary>As Grafana's Prometheus data source writes values where the text asks for no format.</summary>
    public static string ForPrometheus(IReadOnlyList<string> values, bool isList) => !isList
        ? EscapeQuoted(values[0])
        : values.Count == 1 ? EscapeQuotedRegex(values[0]) : $"({string.Join('|', values.Select(EscapeQuotedRegex))})";

    /// <summary>For use within Markdown and HTML.</summary>
    public static string EscapeMarkup(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>Escapes what has a meaning in a regular expression.</summary>
    public static string EscapeRegex(string text) => Escape(text, "\\^$*+?.()|[]{}/", "\\");

    /// <summary><c>var-name=a&amp;var-name=b</c>.</summary>
    public static string QueryParameters(string name, IReadOnlyList<string> values, string prefix = "var-") =>
        string.Join('&', values.Select(value => $"{prefix}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}"));

    // One value within a string of PromQL.
    private static string EscapeQuoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    // A regular expression within a string of PromQL: a backslash of the expression is two of the string.
    private static string EscapeQuotedRegex(string text) => Escape(text.Replace("\\", "\\\\\\\\", StringComparison.Ordinal), "$^*{}[]'+?.()|", "\\\\").Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string EscapeLucene(string text) => Escape(text, "+-=&|><!(){}[]^\"~*?:\\/", "\\");

    private static string Escape(string text, string special, string mark)
    {
        if (text.AsSpan().IndexOfAny(special) < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            escaped.Append(special.Contains(c, StringComparison.Ordinal) ? mark : "").Append(c);
        }

        return escaped.ToString();
    }

    // What has a meaning in a URL stays.
    private static string EncodeUri(string text) =>
        string.Concat(text.EnumerateRunes().Select(static rune => ";,/?:@&=+$#".Contains((char)rune.Value, StringComparison.Ordinal) && rune.IsBmp ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    private static (string Kind, string Argument) Split(string format)
    {
        int colon = format.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (format, "") : (format[..colon], format[(colon + 1)..]);
    }
}
