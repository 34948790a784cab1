using System.Globalization;
using System.Text;

namespace Pharos.Core.Labels;

/// <summary>Writes UTF-8 names in the legacy form and back.</summary>
public static class EscapedName
{
    private const string ValuesPrefix = "U__";

    /// <summary>The name in the legacy form. An empty name stays empty.</summary>
    public static string Escape(string name, NameEscaping escaping)
    {
        bool legacy = LabelName.IsLegacyMetric(name);
        if (name.Length == 0 || escaping == NameEscaping.None || (legacy && escaping != NameEscaping.Dots))
        {
            return name;
        }

        var escaped = new StringBuilder(escaping == NameEscaping.Values ? ValuesPrefix : "", name.Length + 16);
        int position = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool keeps = rune.IsAscii && (char.IsAsciiLetter((char)rune.Value) || rune.Value is ':' or '_' || (position > 0 && char.IsAsciiDigit((char)rune.Value)));
            position += rune.Utf16SequenceLength;
            if (keeps && (rune.Value != '_' || escaping == NameEscaping.Underscores))
            {
                escaped.Append((char)rune.Value);
            }
            else if (escaping == NameEscaping.Underscores)
            {
                escaped.Append('_');
            }
            else if (rune.Value == '.' && escaping == NameEscaping.Dots)
            {
                escaped.Append("_dot_");
            }
            else if (rune.Value == '_' || escaping == NameEscaping.Dots)
            {
                escaped.Append("__");
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"_{rune.Value:x}_");
            }
        }

        return escaped.ToString();
    }

    /// <summary>The name that was escaped; a text that no escaping gives comes back unchanged.</summary>
    public static string Unescape(string name, NameEscaping escaping) => escaping switch
    {
        NameEscaping.Dots => name.Replace("_dot_", ".", StringComparison.Ordinal).Replace("__", "_", StringComparison.Ordinal),
        NameEscaping.Values when name.StartsWith(ValuesPrefix, StringComparison.Ordinal) => UnescapeValues(name.AsSpan(ValuesPrefix.Length)) ?? name,
        _ => name,
    };

    private static string? UnescapeValues(ReadOnlySpan<char> escaped)
    {
        const int MaxHexDigits = 6;
        var name = new StringBuilder(escaped.Length);
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '_')
            {
                name.Append(escaped[i]);
                continue;
            }

            int length = escaped[(i + 1)..].IndexOf('_');
            if (length == 0)
            {
                name.Append('_');
            }
            else if (length is > 0 and <= MaxHexDigits
                && int.TryParse(escaped.Slice(i + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
                && Rune.TryCreate(value, out Rune rune))
            {
                name.Append(rune.ToString());
            }
            else
            {
                return null;
            }

            i += length + 1;
        }

        return name.ToString();
    }
}
