using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;

namespace Pharos.Scrape.Exposition;

/// <summary>Numbers of expositions, with the errors of Go's <c>strconv</c>.</summary>
internal static class ExpositionNumber
{
    // 2^53 has 16 digits: up to 15 every whole number is a double as it stands.
    private const int MaxPlainDigits = 15;

    private static readonly SearchValues<byte> Refused = SearchValues.Create("pP_"u8);

    /// <summary>
    /// Reads a number that ends its line: <paramref name="length"/> bytes with the line feed. Everything else, errors too, is left to
    /// <see cref="TryParse"/>.
    /// </summary>
    public static bool TryReadLine(ReadOnlySpan<byte> text, out double value, out int length)
    {
        int i = !text.IsEmpty && text[0] == '-' ? 1 : 0;
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
        value = 0;
        return lineEnd > 0 && FloatReader.TryParse(text[..lineEnd], out value);
    }

    /// <summary>Reads a whole token as Go's <c>ParseFloat</c>, without hexadecimal and underscores, as upstream restricts it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> token, out double value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (FloatReader.TryParse(token, out value))
        {
            return true;
        }

        error = token.ContainsAny(Refused)
            ? "unsupported character in float"
            : $"strconv.ParseFloat: parsing {GoQuote.Quote(token)}: {(IsDecimal(token) ? "value out of range" : "invalid syntax")}";
        return false;
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
