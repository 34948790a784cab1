using System.Numerics;

namespace Pharos.Core.Buffers;

/// <summary>Hexadecimal floating-point text, <c>0x1.8p3</c>; the exponent of two is needed.</summary>
internal static class HexFloat
{
    private const int MaxExponent = 1_000_000;

    /// <summary>Whether the text begins as a hexadecimal number does.</summary>
    public static bool IsHex(ReadOnlySpan<byte> text)
    {
        int i = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        return text.Length - i > 2 && text[i] == '0' && (text[i + 1] | 0x20) == 'x';
    }

    /// <summary>Reads a text that <see cref="IsHex"/>; false when it is malformed or too large for a double.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        bool negative = text[0] == '-';
        int i = text[0] is (byte)'+' or (byte)'-' ? 3 : 2;
        if (!TryReadMantissa(text, ref i, out ulong mantissa, out int exponent) || !TryReadExponent(text[i..], ref exponent))
        {
            return false;
        }

        double magnitude = Scale(mantissa, exponent);
        value = negative ? -magnitude : magnitude;
        return double.IsFinite(magnitude);
    }

    // Digits beyond 60 bits only tell whether anything is behind: they set the lowest bit.
    private static bool TryReadMantissa(ReadOnlySpan<byte> text, ref int i, out ulong mantissa, out int exponent)
    {
        mantissa = 0;
        exponent = 0;
        bool point = false;
        bool digits = false;
        for (; i < text.Length; i++)
        {
            byte b = text[i];
            if (b == '.' && !point)
            {
                point = true;
                continue;
            }

            if (!char.IsAsciiHexDigit((char)b))
            {
                break;
            }

            digits = true;
            uint digit = (uint)Convert.ToInt32(((char)b).ToString(), 16);
            if (mantissa >> 60 == 0)
            {
                mantissa = (mantissa << 4) | digit;
                exponent -= point ? 4 : 0;
            }
            else
            {
                mantissa |= digit == 0 ? 0u : 1u;
                exponent += point ? 0 : 4;
            }
        }

        return digits;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int exponent)
    {
        if (text.Length < 2 || (text[0] | 0x20) != 'p')
        {
            return false;
        }

        bool negative = text[1] == '-';
        int start = negative || text[1] == '+' ? 2 : 1;
        int power = 0;
        for (int i = start; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            power = Math.Min((power * 10) + (int)digit, MaxExponent);
        }

        exponent += negative ? -power : power;
        return text.Length > start;
    }

    // mantissa * 2^exponent, rounded half to even once, also where the result is subnormal.
    private static double Scale(ulong mantissa, int exponent)
    {
        if (mantissa == 0)
        {
            return 0;
        }

        int shift = BitOperations.LeadingZeroCount(mantissa);
        mantissa <<= shift;
        exponent -= shift;

        // The value lies in [2^(exponent + 63), 2^(exponent + 64)); 53 bits stay, fewer below 2^-1022.
        int dropped = 11 + Math.Max(0, -1022 - (exponent + 63));
        if (dropped > 64)
        {
            return 0;
        }

        ulong kept = dropped == 64 ? 0 : mantissa >> dropped;
        ulong rest = dropped == 64 ? mantissa : mantissa << (64 - dropped);
        const ulong Half = 1UL << 63;
        if (rest > Half || (rest == Half && (kept & 1) == 1))
        {
            kept++;
        }

        return Math.ScaleB(kept, exponent + dropped);
    }
}
