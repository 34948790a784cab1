using System.Globalization;
using Pharos.Core.Samples;

namespace Pharos.Core.Buffers;

/// <summary>
/// Reads floating-point text as Go's <c>strconv.ParseFloat</c> does, correctly rounded and without allocation. Text is the whole span: no spaces around it. Benchmark: <c>FloatTextBenchmarks</c>.
/// A number too large for a double is refused, one too small is 0. <c>Inf</c>, <c>Infinity</c> (signed or not) and <c>NaN</c> (unsigned) are read in any case;
/// NaN has the bits of <see cref="Staleness.NormalNaN"/>.
/// </summary>
public static class FloatReader
{
    // The last power of ten that a double holds exactly.
    private const int MaxExactPower = 22;
    private const ulong MaxExactInteger = 1UL << 53;

    // 19 digits always fit into 64 bits.
    private const int MaxDigits = 19;

    // Beyond it every number is 0 or out of range, whatever its digits (a text has less than 10^8 of them before the exponent counts).
    private const int MaxExponent = 1_000_000_000;

    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads decimal text as the exposition formats have it: no hexadecimal numbers, no underscores.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        int i = 0;
        bool negative = false;
        if (text.Length > 0 && (text[0] == '-' || text[0] == '+'))
        {
            negative = text[0] == '-';
            i = 1;
        }

        ulong mantissa = 0;
        int start = i;
        for (; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                break;
            }

            mantissa = unchecked((mantissa * 10) + digit);
        }

        // Whole numbers are the most frequent samples by far.
        if (i == text.Length && i > start && i - start <= MaxDigits && mantissa <= MaxExactInteger)
        {
            value = negative ? -(double)mantissa : mantissa;
            return true;
        }

        return TryParseSlow(text, start, i, mantissa, negative, out value);
    }

    /// <summary>Reads what Go reads: also hexadecimal numbers (<c>0x1.8p3</c>) and underscores between digits.</summary>
    public static bool TryParseGo(ReadOnlySpan<byte> text, out double value)
    {
        if (TryParse(text, out value))
        {
            return true;
        }

        // Nothing longer is a number that somebody wrote.
        const int MaxLength = 512;
        if (text.Length > MaxLength || text.IndexOfAny("_xX"u8) < 0 || !GoDigits.UnderscoresAreValid(text))
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[MaxLength];
        int length = 0;
        foreach (byte b in text)
        {
            if (b != '_')
            {
                plain[length++] = b;
            }
        }

        return HexFloat.IsHex(plain[..length]) ? HexFloat.TryParse(plain[..length], out value) : TryParse(plain[..length], out value);
    }

    // Goes on at position i, behind the whole digits from start on; mantissa is only right when they are at most 19.
    private static bool TryParseSlow(ReadOnlySpan<byte> text, int start, int i, ulong mantissa, bool negative, out double value)
    {
        int digits = i - start;
        int fraction = 0;
        if (i < text.Length && text[i] == '.')
        {
            int point = i++;
            for (; i < text.Length; i++)
            {
                uint digit = (uint)(text[i] - '0');
                if (digit > 9)
                {
                    break;
                }

                mantissa = unchecked((mantissa * 10) + digit);
            }

            fraction = i - point - 1;
            digits += fraction;
        }

        int exponent = 0;
        if (digits == 0)
        {
            return TryParseSpecial(text, out value);
        }

        if (i < text.Length && (!TryReadExponent(text, ref i, out exponent) || i < text.Length))
        {
            value = 0;
            return false;
        }

        int power = exponent - fraction;
        if (digits <= MaxDigits && mantissa <= MaxExactInteger && power is >= -MaxExactPower and <= MaxExactPower)
        {
            // Both operands are exact, so one rounding remains: the result is the nearest double.
            double exact = power < 0 ? mantissa / Powers[-power] : mantissa * Powers[power];
            value = negative ? -exact : exact;
            return true;
        }

        if (digits <= MaxDigits && DecimalToDouble.TryConvert(mantissa, power, out double nearest))
        {
            value = negative ? -nearest : nearest;
            return double.IsFinite(nearest);
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int i, out int exponent)
    {
        exponent = 0;
        if ((text[i] | 0x20) != 'e')
        {
            return false;
        }

        i++;
        bool negative = i < text.Length && text[i] == '-';
        if (negative || (i < text.Length && text[i] == '+'))
        {
            i++;
        }

        int start = i;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            exponent = exponent < MaxExponent / 10 ? (exponent * 10) + (text[i] - '0') : MaxExponent;
        }

        exponent = negative ? -exponent : exponent;
        return i > start;
    }

    private static bool TryParseSpecial(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length is < 3 or > 9)
        {
            return false;
        }

        if (System.Text.Ascii.EqualsIgnoreCase(text, "nan"u8))
        {
            value = Staleness.NormalNaN;
            return true;
        }

        ReadOnlySpan<byte> unsigned = text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        if (System.Text.Ascii.EqualsIgnoreCase(unsigned, "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(unsigned, "infinity"u8))
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return false;
    }
}
