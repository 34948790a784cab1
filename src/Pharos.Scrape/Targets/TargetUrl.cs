using System.Globalization;
using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Scrape.Targets;

/// <summary>The URL of a target, from its labels and its job's parameters, written as Go writes it.</summary>
internal static class TargetUrl
{
    private const string ParamPrefix = "__param_";

    public static string Build(Labels labels, IReadOnlyDictionary<string, IReadOnlyList<string>> parameters)
    {
        var url = new StringBuilder();
        url.Append(labels["__scheme__"]).Append("://").Append(labels["__address__"]);
        string path = labels["__metrics_path__"];
        if (path.Length > 0 && path[0] != '/')
        {
            url.Append('/');
        }

        AppendEscaped(url, path, "$&+,/:;=@");
        string separator = "?";
        foreach ((string name, IReadOnlyList<string> values) in Parameters(labels, parameters))
        {
            foreach (string value in values)
            {
                url.Append(separator);
                AppendEscaped(url, name, "");
                url.Append('=');
                AppendEscaped(url, value, "");
                separator = "&";
            }
        }

        return url.ToString();
    }

    // A label replaces the first value of its parameter. Ordered by name.
    private static SortedDictionary<string, IReadOnlyList<string>> Parameters(Labels labels, IReadOnlyDictionary<string, IReadOnlyList<string>> configured)
    {
        var result = new SortedDictionary<string, IReadOnlyList<string>>(Utf8Ordinal.Comparer);
        foreach ((string name, IReadOnlyList<string> values) in configured)
        {
            result[name] = values;
        }

        foreach (Label label in labels.AsSpan())
        {
            if (label.Name.StartsWith(ParamPrefix, StringComparison.Ordinal))
            {
                string name = label.Name[ParamPrefix.Length..];
                result[name] = result.TryGetValue(name, out IReadOnlyList<string>? values) && values.Count > 0
                    ? [label.Value, .. values.Skip(1)]
                    : [label.Value];
            }
        }

        return result;
    }

    private static void AppendEscaped(StringBuilder url, string text, string alsoPlain)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            char c = rune.IsAscii ? (char)rune.Value : '\uffff';
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' || alsoPlain.Contains(c, StringComparison.Ordinal))
            {
                url.Append(c);
            }
            else if (c == ' ' && alsoPlain.Length == 0)
            {
                url.Append('+');
            }
            else
            {
                foreach (byte b in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    url.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
                }
            }
        }
    }
}
