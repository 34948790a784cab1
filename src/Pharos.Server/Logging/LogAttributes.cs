using System.Globalization;
using System.Text;
using Pharos.Core.Time;

namespace Pharos.Server.Logging;

/// <summary>What both forms do with attributes: which are written, under which key, and what an exception becomes.</summary>
internal static class LogAttributes
{
    private const string Template = "{OriginalFormat}";

    /// <summary>The attributes that stand beside the sentence: not the template, and not what the template has put into the sentence.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Beside(IReadOnlyList<KeyValuePair<string, object?>> attributes)
    {
        string template = attributes.Count > 0 && attributes[^1] is { Key: Template, Value: string text } ? text : "";
        foreach (KeyValuePair<string, object?> attribute in attributes)
        {
            if (attribute.Key != Template && (template.Length == 0 || !template.Contains($"{{{attribute.Key}", StringComparison.OrdinalIgnoreCase)))
            {
                yield return attribute;
            }
        }
    }

    /// <summary>The key: the name in camel case, as the field writes keys.</summary>
    public static string Key(string name) => name.Length > 0 && char.IsAsciiLetterUpper(name[0]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    /// <summary>The value as text, independent of the machine's culture; lists are put in brackets.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        TimeSpan duration => Duration(duration),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        Exception exception => Message(exception),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable list => List(list),
        _ => value.ToString() ?? "",
    };

    /// <summary>What went wrong in one line: the messages from the outside in.</summary>
    public static string Message(Exception exception)
    {
        var text = new StringBuilder(exception.Message);
        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (!text.ToString().Contains(inner.Message, StringComparison.Ordinal))
            {
                text.Append(": ").Append(inner.Message);
            }
        }

        return text.ToString();
    }

    private static string Duration(TimeSpan duration) =>
        duration.Ticks % TimeSpan.TicksPerSecond == 0
            ? PrometheusDuration.Format(duration)
            : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.######}s");

    private static string List(System.Collections.IEnumerable list)
    {
        var text = new StringBuilder("[");
        foreach (object? item in list)
        {
            text.Append(text.Length > 1 ? " " : "").Append(Text(item));
        }

        return text.Append(']').ToString();
    }
}
