using System.Buffers;
using System.Globalization;
using System.Text;
using Pharos.Core.Labels;

namespace Pharos.PromQL.Syntax.Text;

/// <summary>Go's ways to show text, over UTF-8 that may be invalid, as upstream's messages and printer use them.</summary>
internal static class GoText
{
    /// <summary>Go's <c>%q</c> of a string: quoted with escapes, invalid bytes as <c>\xff</c>.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        var valid = new StringBuilder(text.Length);
        quoted.Append('"');
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(text, out Rune rune, out int length);
            if (status == OperationStatus.Done)
            {
                valid.Append(rune.ToString());
                text = text[length..];
                continue;
            }

            AppendEscaped(quoted, valid);
            quoted.Append(CultureInfo.InvariantCulture, $"\\x{text[0]:x2}");
            text = text[1..];
        }

        AppendEscaped(quoted, valid);
        return quoted.Append('"').ToString();
    }

    /// <summary>Go's <c>%q</c> of a character: <c>'~'</c>. What is no character shows as U+FFFD.</summary>
    public static string QuoteRune(int rune)
    {
        if (!Rune.IsValid(rune))
        {
            rune = 0xfffd;
        }

        string text = new Rune(rune).ToString();
        return rune switch
        {
            '\'' => @"'\''",
            '"' => "'\"'",
            _ => "'" + GoQuote.Quote(text)[1..^1] + "'",
        };
    }

    /// <summary>Go's <c>%#U</c>: <c>U+002E '.'</c>, without the quoted part where the character does not print.</summary>
    public static string CodePoint(int rune)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"U+{rune:X4}");
        if (!Rune.IsValid(rune))
        {
            return number;
        }

        string text = new Rune(rune).ToString();
        bool printable = text is "\"" or "\\" || GoQuote.Quote(text).Length == text.Length + 2;
        return printable ? $"{number} '{text}'" : number;
    }

    /// <summary>The beginning of a text, at most so many characters.</summary>
    public static ReadOnlySpan<byte> FirstRunes(ReadOnlySpan<byte> text, int count)
    {
        int end = 0;
        for (int i = 0; i < count && end < text.Length; i++)
        {
            _ = Rune.DecodeFromUtf8(text[end..], out _, out int length);
            end += Math.Max(1, length);
        }

        return text[..end];
    }

    private static void AppendEscaped(StringBuilder quoted, StringBuilder valid)
    {
        quoted.Append(GoQuote.Quote(valid.ToString()).AsSpan()[1..^1]);
        valid.Clear();
    }
}
