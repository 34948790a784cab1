using System.Globalization;
using System.Text;

namespace Pharos.Core.Labels;

/// <summary>Quotes text as Go's <c>strconv.Quote</c> does, the form in which upstream prints label values and strings.</summary>
public static class GoQuote
{
    /// <summary>The text in double quotes.</summary>
    public static string Quote(string text)
    {
        var builder = new StringBuilder(text.Length + 2);
        Append(builder, text);
        return builder.ToString();
    }

    /// <summary>Bytes in double quotes: what is valid UTF-8 as in a string, every other byte as <c>\xff</c>.</summary>
    public static string Quote(ReadOnlySpan<byte> utf8)
    {
        var builder = new StringBuilder(utf8.Length + 2);
        builder.Append('"');
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
            {
                AppendEscaped(builder, rune);
            }
            else
            {
                length = 1;
                builder.Append(CultureInfo.InvariantCulture, $"\\x{utf8[0]:x2}");
            }

            utf8 = utf8[length..];
        }

        return builder.Append('"').ToString();
    }

    /// <summary>Appends the text in double quotes.</summary>
    public static void Append(StringBuilder builder, string text)
    {
        builder.Append('"');
        foreach (Rune rune in text.EnumerateRunes())
        {
            AppendEscaped(builder, rune);
        }

        builder.Append('"');
    }

    private static void AppendEscaped(StringBuilder builder, Rune rune)
    {
        string? escape = rune.Value switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            _ => null,
        };
        if (escape is not null)
        {
            builder.Append(escape);
        }
        else
        {
            AppendRune(builder, rune);
        }
    }

    private static void AppendRune(StringBuilder builder, Rune rune)
    {
        if (IsPrintable(rune))
        {
            builder.Append(rune.ToString());
        }
        else if (rune.Value < ' ' || rune.Value == 0x7f)
        {
            builder.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
        }
        else if (rune.Value < 0x10000)
        {
            builder.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }
        else
        {
            builder.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
        }
    }

    // Go's strconv.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.SpaceSeparator => false,
        _ => true,
    };
}
