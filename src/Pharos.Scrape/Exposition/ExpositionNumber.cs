using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>Numbers of expositions, with the errors of Go's <c>strconv</c>.</summary>
internal static class ExpositionNumber
{
    // 2^53 has 16 digits: up to 15 every whole number is a double as it stands.
    private const int MaxPlainDigits = 15;

    private static readonly SearchValues<byte> Refused = SearchValues.Create("pP_"u8);

    /// <summary>
    /// Reads a number that ends its line: <paramref name="length"/> bytes with the line feed. Everything else, errors too, is left to
    /// <see cref="TryParse"/>. The text holds a line feed.
    /// </summary>
    public static bool TryReadLine(ReadOnlySpan<byte> text, out double value, out int length)
    {
        int i = text[0] == '-' ? 1 : 0;
        int first = i;
        long whole = 0;
        uint digit;
        while ((uint)i < (uint)text.Length && (digit = (uint)text[i] - '0') <= 9 && i - first < MaxPlainDigits)
        {
            whole = (whole * 10) + digit;
            i++;
        }

        if (i > first && i < text.Length && text[i] == '\n')
        {
            // Minus zero is a value of its own.
            value = first == 0 ? whole : -(double)whole;
            length = i + 1;
            return true;
        }

        int lineEnd = text.IndexOf((byte)'\n');
        length = lineEnd + 1;
        return Utf8Parser.TryParse(text[..lineEnd], out value, out int consumed) && consumed == lineEnd && double.IsFinite(value);
    }

    /// <summary>Reads a whole token as Go's <c>ParseFloat</c>, without hexadecimal and underscores, as upstream restricts it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> token, out double value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        value = 0;
        if (token.ContainsAny(Refused))
        {
            error = "unsupported character in float";
            return false;
        }

        if (TryParseName(token, out value))
        {
            return true;
        }

        if (!IsDecimal(token) || !Utf8Parser.TryParse(token, out value, out int consumed) || consumed != token.Length)
        {
            error = $"strconv.ParseFloat: parsing {GoQuote.Quote(token)}: invalid syntax";
            return false;
        }

        if (double.IsInfinity(value))
        {
            error = $"strconv.ParseFloat: parsing {GoQuote.Quote(token)}: value out of range";
            return false;
        }

        return true;
    }

    /// <summary>Reads decimal digits as a 64-bit number.</summary>
    public static bool TryParseMilliseconds(ReadOnlySpan<byte> digits, out long value, [NotNullWhen(false)] out string? error)
    {
        if (Utf8Parser.TryParse(digits, out value, out int consumed) && consumed == digits.Length)
        {
            error = null;
            return true;
        }

        error = $"strconv.ParseInt: parsing {GoQuote.Quote(digits)}: value out of range";
        return false;
    }

    private static bool TryParseName(ReadOnlySpan<byte> token, out double value)
    {
        value = 0;
        if (token.Length is < 3 or > 9 || token[^1] is >= (byte)'0' and <= (byte)'9')
        {
            return false;
        }

        if (Ascii.EqualsIgnoreCase(token, "nan"u8))
        {
            value = Staleness.NormalNaN;
            return true;
        }

        bool negative = token[0] == '-';
        ReadOnlySpan<byte> name = negative || token[0] == '+' ? token[1..] : token;
        if (!Ascii.EqualsIgnoreCase(name, "inf"u8) && !Ascii.EqualsIgnoreCase(name, "infinity"u8))
        {
            return false;
        }

        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }

    // [+-] digits [. digits] [e [+-] digits], digits on one side of the point at least.
    private static bool IsDecimal(ReadOnlySpan<byte> token)
    {
        int i = !token.IsEmpty && token[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        int digits = SkipDigits(token, ref i);
        if (i < token.Length && token[i] == '.')
        {
            i++;
            digits += SkipDigits(token, ref i);
        }

        if (digits == 0)
        {
            return false;
        }

        if (i < token.Length && token[i] is (byte)'e' or (byte)'E')
        {
            i++;
            if (i < token.Length && token[i] is (byte)'+' or (byte)'-')
            {
                i++;
            }

            if (SkipDigits(token, ref i) == 0)
            {
                return false;
            }
        }

        return i == token.Length;
    }

    private static int SkipDigits(ReadOnlySpan<byte> token, ref int i)
    {
        int start = i;
        while (i < token.Length && char.IsAsciiDigit((char)token[i]))
        {
            i++;
        }

        return i - start;
    }
}
