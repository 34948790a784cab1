using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;

namespace Pharos.PromQL.Syntax.Text;

/// <summary>
/// Converts number tokens as upstream does: as an integer with Go's base prefixes and underscores (<c>0x1F</c>, <c>0755</c>, <c>1_000</c>),
/// failing that as a decimal float, <c>Inf</c> or <c>NaN</c>.
/// </summary>
internal static class GoNumber
{
    /// <summary>False with Go's message when the text is no number or too large.</summary>
    public static bool TryParse(ReadOnlySpan<byte> token, out double value, [NotNullWhen(false)] out string? error)
    {
        string text = Encoding.ASCII.GetString(token);
        error = null;
        if (GoDigits.UnderscoresAreValid(token) && TryParseInteger(text, out long integer))
        {
            value = integer;
            return true;
        }

        if (FloatReader.TryParseGo(token, out value))
        {
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        string plain = text.Replace("_", "", StringComparison.Ordinal);
        bool isTooLarge = double.TryParse(plain, Style, CultureInfo.InvariantCulture, out double large) && double.IsInfinity(large);
        error = $"strconv.ParseFloat: parsing {GoQuote.Quote(text)}: {(isTooLarge ? "value out of range" : "invalid syntax")}";
        return false;
    }

    private static bool TryParseInteger(string text, out long value)
    {
        value = 0;
        int numberBase = 10;
        int start = 0;
        if (text.Length > 1 && text[0] == '0')
        {
            bool isHex = text[1] is 'x' or 'X';
            numberBase = isHex ? 16 : 8;
            start = isHex ? 2 : 1;
        }

        if (start == text.Length)
        {
            return false;
        }

        foreach (char c in text.AsSpan(start))
        {
            if (c == '_')
            {
                continue;
            }

            int digit = char.IsAsciiHexDigit(c) ? (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10) : numberBase;
            if (digit >= numberBase || value > (long.MaxValue - digit) / numberBase)
            {
                return false;
            }

            value = (value * numberBase) + digit;
        }

        return true;
    }
}
