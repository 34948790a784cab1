using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Pharos.Core.Buffers;

namespace Pharos.Templating.Formatting;

/// <summary>Values as Go's <c>%v</c> has them, up to a length.</summary>
internal static class ValuePrinter
{
    /// <summary>As the output of an action: nothing is <c>&lt;no value&gt;</c>.</summary>
    /// <exception cref="TemplateFunctionException">It is longer.</exception>
    public static string PrintForOutput(object? value, int maxLength) => value is null ? "<no value>" : Print(value, maxLength);

    /// <summary>One value.</summary>
    /// <exception cref="TemplateFunctionException">It is longer.</exception>
    public static string Print(object? value, int maxLength)
    {
        if (value is string text)
        {
            return text;
        }

        var output = new StringBuilder();
        Append(output, value, maxLength);
        return output.ToString();
    }

    /// <summary>Several values, a space between two of which neither is a text; as <c>print</c>.</summary>
    /// <exception cref="TemplateFunctionException">They are longer.</exception>
    public static string PrintAll(IReadOnlyList<object?> values, int maxLength, bool spacesAlways)
    {
        var output = new StringBuilder();
        for (int i = 0; i < values.Count; i++)
        {
            if (i > 0 && (spacesAlways || (values[i] is not string && values[i - 1] is not string)))
            {
                output.Append(' ');
            }

            Append(output, values[i], maxLength);
        }

        return output.ToString();
    }

    public static void Append(StringBuilder output, object? value, int maxLength)
    {
        if (output.Length > maxLength || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new TemplateFunctionException($"text is longer than {maxLength} characters or nested too deeply");
        }

        switch (value)
        {
            case null:
                output.Append("<nil>");
                break;
            case bool boolean:
                output.Append(boolean ? "true" : "false");
                break;
            case double real:
                output.Append(FloatWriter.ToGeneralString(real));
                break;
            case TemplateList list when list.Text() is { } text:
                output.Append(text);
                break;
            case TemplateMap map when map.Text() is { } text:
                output.Append(text);
                break;
            case TemplateList list:
                AppendList(output, list, maxLength);
                break;
            case TemplateMap map:
                AppendMap(output, map, maxLength);
                break;
            default:
                output.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
        }
    }

    private static void AppendList(StringBuilder output, TemplateList list, int maxLength)
    {
        output.Append('[');
        for (int i = 0; i < list.Items.Count; i++)
        {
            output.Append(i > 0 ? " " : "");
            Append(output, list.Items[i], maxLength);
        }

        output.Append(']');
    }

    private static void AppendMap(StringBuilder output, TemplateMap map, int maxLength)
    {
        output.Append("map[");
        bool first = true;
        foreach ((string key, object? value) in map.Entries)
        {
            output.Append(first ? "" : " ").Append(key).Append(':');
            Append(output, value, maxLength);
            first = false;
        }

        output.Append(']');
    }
}
