using System.Numerics;

namespace Pharos.Core.Buffers;

/// <summary>
/// The double nearest to a decimal number of up to 19 digits, by one or two multiplications with 128 bits of the power of ten (Lemire, "Number parsing at a gigabyte
/// per second", 2021).
/// </summary>
internal static class DecimalToDouble
{
    private const int MantissaBits = 52;
    private const int LeastPower = -342;
    private const int GreatestPower = 308;
    private const int InfiniteExponent = 0x7FF;

    // Powers for which the reciprocal's 128 bits must be rounded up.
    private const int LeastRoundedUp = -27;

    /// <summary>
    /// The double nearest to <c>digits * 10^power</c>, ties to even. False in the rare cases that 128 bits do not decide. Infinite when it is too large.
    /// </summary>
    public static bool TryConvert(ulong digits, int power, out double value)
    {
        value = 0;
        if (digits == 0 || power < LeastPower)
        {
            return true;
        }

        if (power > GreatestPower)
        {
            value = double.PositiveInfinity;
            return true;
        }

        int zeros = BitOperations.LeadingZeroCount(digits);
        (ulong high, ulong low) = Multiply(digits << zeros, power);
        if (low == ulong.MaxValue && power is < LeastRoundedUp or > 55)
        {
            return false;
        }

        int upper = (int)(high >> 63);
        int shift = upper + 64 - MantissaBits - 3;
        ulong mantissa = high >> shift;
        int exponent = PowersOfTen.FloorLog2(power) + 63 + upper - zeros + 1023;
        value = exponent <= 0 ? Subnormal(mantissa, exponent) : Normal(mantissa, exponent, isTie: IsTie(high, low, mantissa, shift, power));
        return true;
    }

    // The second multiplication matters only when the first one's bits below the mantissa are all ones.
    private static (ulong High, ulong Low) Multiply(ulong digits, int power)
    {
        const ulong Undecided = (1UL << (64 - MantissaBits - 3)) - 1;
        (ulong powerHigh, ulong powerLow) = power is < 0 and >= LeastRoundedUp ? PowersOfTen.Ceiling(power) : PowersOfTen.Floor(power);
        ulong high = Math.BigMul(digits, powerHigh, out ulong low);
        if ((high & Undecided) == Undecided)
        {
            ulong carry = Math.BigMul(digits, powerLow, out _);
            low += carry;
            high += low < carry ? 1UL : 0;
        }

        return (high, low);
    }

    // Halfway between two doubles is possible only where 5^power fits beside the digits.
    private static bool IsTie(ulong high, ulong low, ulong mantissa, int shift, int power) =>
        low <= 1 && power is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << shift == high;

    private static double Normal(ulong mantissa, int exponent, bool isTie)
    {
        mantissa = isTie ? mantissa & ~1UL : mantissa;
        mantissa = (mantissa + (mantissa & 1)) >> 1;
        if (mantissa >= 2UL << MantissaBits)
        {
            mantissa = 1UL << MantissaBits;
            exponent++;
        }

        return exponent >= InfiniteExponent
            ? double.PositiveInfinity
            : BitConverter.UInt64BitsToDouble((mantissa & ~(1UL << MantissaBits)) | ((ulong)exponent << MantissaBits));
    }

    private static double Subnormal(ulong mantissa, int exponent)
    {
        if (1 - exponent >= 64)
        {
            return 0;
        }

        mantissa >>= 1 - exponent;
        mantissa = (mantissa + (mantissa & 1)) >> 1;

        // Rounded up to the least normal number, the mantissa's highest bit is the exponent 1.
        return BitConverter.UInt64BitsToDouble(mantissa);
    }
}
