using System.Globalization;
using System.Numerics;

namespace Pharos.Templating.Formatting;

/// <summary>Digits of finite numbers to a precision, exactly rounded, halves to even, as Go does (.NET rounds halves away from zero).</summary>
internal static class ExactDecimal
{
    /// <summary>The magnitude with so many digits behind the point.</summary>
    public static string Fixed(double value, int precision)
    {
        string digits = Scaled(value, precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return precision == 0 ? digits : $"{digits[..^precision]}.{digits[^precision..]}";
    }

    /// <summary>The first digits of the magnitude, and the power of ten of the first one.</summary>
    public static string Significant(double value, int count, out int exponent)
    {
        exponent = 0;
        if (value == 0)
        {
            return new string('0', count);
        }

        string rough = value.ToString("E17", CultureInfo.InvariantCulture);
        exponent = int.Parse(rough.AsSpan(rough.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        exponent += digits.Length - count;
        return digits[..count];
    }

    // The magnitude times a power of ten, rounded.
    private static BigInteger Scaled(double value, int power)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int binary = (int)((bits >> 52) & 0x7ff);
        BigInteger numerator = (bits & 0xfffffffffffffL) | (binary > 0 ? 1L << 52 : 0);
        int shift = Math.Max(binary, 1) - 1075;
        BigInteger denominator = BigInteger.One;
        if (shift >= 0)
        {
            numerator <<= shift;
        }
        else
        {
            denominator <<= -shift;
        }

        if (power >= 0)
        {
            numerator *= BigInteger.Pow(10, power);
        }
        else
        {
            denominator *= BigInteger.Pow(10, -power);
        }

        var quotient = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        int half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
