using System.Globalization;
using System.Text;

namespace Pharos.Templating.Formatting;

/// <summary>Escapes of HTML, JavaScript and URLs, as Go writes them.</summary>
internal static class HtmlText
{
    /// <summary>As the function <c>html</c>.</summary>
    public static string Escape(string text) => Replace(text, static c => c switch
    {
        '\0' => "\uFFFD",
        '"' => "&#34;",
        '\'' => "&#39;",
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => null,
    });

    /// <summary>As Go's <c>html/template</c> escapes text between tags: also the plus sign.</summary>
    public static string EscapeStrictly(string text) => Escape(text).Replace("+", "&#43;", StringComparison.Ordinal);

    /// <summary>For a text within quotes in JavaScript.</summary>
    public static string EscapeJavaScript(string text) => Replace(text, static c => c switch
    {
        '\\' => "\\\\",
        '\'' => "\\'",
        '"' => "\\\"",
        '<' => "\\u003C",
        '>' => "\\u003E",
        '&' => "\\u0026",
        '=' => "\\u003D",
        < ' ' => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
        _ => null,
    });

    /// <summary>For a parameter of a URL: a space is a plus sign.</summary>
    public static string EscapeQuery(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
            {
                escaped.Append((char)b);
            }
            else if (b == ' ')
            {
                escaped.Append('+');
            }
            else
            {
                escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }

    private static string Replace(string text, Func<char, string?> escape)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (escape(c) is { } replacement)
            {
                escaped.Append(replacement);
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }
}
