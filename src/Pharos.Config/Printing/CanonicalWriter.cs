using System.Buffers;
using System.Globalization;
using System.Text;
using Pharos.Config.Yaml;

namespace Pharos.Config.Printing;

/// <summary>Prints a configuration as YAML in the layout of go-yaml v2: two blanks a level, lists not indented, the plainest quoting that reads back the same.</summary>
public static class CanonicalWriter
{
    private const string Indicators = "-?:,[]{}#&*!|>'\"%@`";

    private static readonly SearchValues<char> FlowIndicators = SearchValues.Create(":,[]{}\n\"'");

    /// <summary>The text, ending in a newline.</summary>
    public static string Write(CanonicalMapping root)
    {
        var text = new StringBuilder();
        if (root.Fields.Count == 0)
        {
            return "{}\n";
        }

        WriteMapping(text, root, 0, startsInline: false);
        return text.ToString();
    }

    private static void WriteMapping(StringBuilder text, CanonicalMapping mapping, int indent, bool startsInline)
    {
        foreach ((string name, CanonicalNode value) in mapping.Fields)
        {
            if (!startsInline)
            {
                text.Append(' ', indent);
            }

            startsInline = false;
            WriteText(text, name, indent);
            text.Append(':');
            WriteValue(text, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, CanonicalNode value, int indent)
    {
        switch (value)
        {
            case CanonicalMapping { Fields.Count: > 0 } mapping:
                text.Append('\n');
                WriteMapping(text, mapping, indent + 2, startsInline: false);
                break;
            case CanonicalList { Items.Count: > 0, IsFlow: false } list:
                text.Append('\n');
                foreach (CanonicalNode item in list.Items)
                {
                    text.Append(' ', indent).Append('-');
                    WriteItem(text, item, indent);
                }

                break;
            default:
                text.Append(' ');
                WriteLeaf(text, value, indent);
                text.Append('\n');
                break;
        }
    }

    private static void WriteItem(StringBuilder text, CanonicalNode item, int indent)
    {
        if (item is CanonicalMapping { Fields.Count: > 0 } mapping)
        {
            text.Append(' ');
            WriteMapping(text, mapping, indent + 2, startsInline: true);
        }
        else if (item is CanonicalList { Items.Count: > 0, IsFlow: false })
        {
            WriteValue(text, item, indent + 2);
        }
        else
        {
            text.Append(' ');
            WriteLeaf(text, item, indent);
            text.Append('\n');
        }
    }

    private static void WriteLeaf(StringBuilder text, CanonicalNode value, int indent)
    {
        switch (value)
        {
            case CanonicalMapping:
                text.Append("{}");
                break;
            case CanonicalList list:
                WriteFlow(text, list);
                break;
            case CanonicalScalar { IsText: true } scalar:
                WriteText(text, scalar.Text, indent);
                break;
            case CanonicalScalar scalar:
                text.Append(scalar.Text);
                break;
        }
    }

    private static void WriteFlow(StringBuilder text, CanonicalList list)
    {
        text.Append('[');
        for (int i = 0; i < list.Items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            string item = ((CanonicalScalar)list.Items[i]).Text;
            if (IsSafePlain(item) && !item.AsSpan().ContainsAny(FlowIndicators))
            {
                text.Append(item);
            }
            else
            {
                WriteDoubleQuoted(text, item);
            }
        }

        text.Append(']');
    }

    private static void WriteText(StringBuilder text, string value, int indent)
    {
        if (value.Any(static c => char.IsControl(c) && c != '\n') || value.Any(char.IsSurrogate) || value.Contains('\uFEFF', StringComparison.Ordinal))
        {
            WriteDoubleQuoted(text, value);
        }
        else if (value.Contains('\n', StringComparison.Ordinal))
        {
            WriteMultiLine(text, value, indent);
        }
        else if (IsSafePlain(value))
        {
            text.Append(value);
        }
        else if (YamlScalar.ResolvePlain(value) != "!!str")
        {
            text.Append('"').Append(value).Append('"');
        }
        else
        {
            text.Append('\'').Append(value.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
        }
    }

    private static bool IsSafePlain(string value) =>
        value.Length > 0
        && YamlScalar.ResolvePlain(value) == "!!str"
        && !LooksSexagesimal(value)
        && value[0] != ' ' && value[^1] is not (' ' or ':')
        && !StartsLikeIndicator(value)
        && !value.StartsWith("---", StringComparison.Ordinal) && !value.StartsWith("...", StringComparison.Ordinal)
        && !value.Contains(": ", StringComparison.Ordinal) && !value.Contains(" #", StringComparison.Ordinal)
        && !value.Any(static c => char.IsControl(c) || c is '\u2028' or '\u2029');

    private static bool StartsLikeIndicator(string value) =>
        Indicators.Contains(value[0], StringComparison.Ordinal) && !(value[0] is '-' or '?' or ':' && value.Length > 1 && value[1] != ' ');

    private static bool LooksSexagesimal(string value) => char.IsAsciiDigit(value[0]) && value.Contains(':', StringComparison.Ordinal) && value.All(static c => char.IsAsciiDigit(c) || c is ':' or '.' or '_');

    private static void WriteMultiLine(StringBuilder text, string value, int indent)
    {
        if (value[0] is ' ' or '\n' || value.Contains(" \n", StringComparison.Ordinal) || value[^1] == ' ')
        {
            WriteDoubleQuoted(text, value);
            return;
        }

        text.Append('|').Append(value[^1] != '\n' ? "-" : value.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : "");
        string body = value[^1] == '\n' ? value[..^1] : value;
        foreach (string line in body.Split('\n'))
        {
            text.Append('\n');
            if (line.Length > 0)
            {
                text.Append(' ', indent + 2).Append(line);
            }
        }
    }

    private static void WriteDoubleQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Append(c).Append(value[++i]);
                continue;
            }

            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\r' => text.Append("\\r"),
                '\0' => text.Append("\\0"),
                _ when char.IsControl(c) || char.IsSurrogate(c) || c == '\uFEFF' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
