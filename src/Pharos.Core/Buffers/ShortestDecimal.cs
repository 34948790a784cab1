namespace Pharos.Core.Buffers;

/// <summary>
/// The decimal number with the fewest digits that reads back to a double, and of those the nearest (Giulietti, "The Schubfach way to render doubles", 2020).
/// </summary>
internal static class ShortestDecimal
{
    private const int MantissaBits = 52;
    private const ulong HiddenBit = 1UL << MantissaBits;
    private const int Bias = 1075;

    /// <summary>A finite value without its sign as <c>digits * 10^exponent</c>. Digits may end in zeros; they are 0 only for 0.</summary>
    public static (ulong Digits, int Exponent) Find(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value) & ~(1UL << 63);
        ulong fraction = bits & (HiddenBit - 1);
        int biased = (int)(bits >> MantissaBits);
        if (bits == 0)
        {
            return (0, 0);
        }

        ulong mantissa = biased == 0 ? fraction : fraction | HiddenBit;
        int exponent = Math.Max(biased, 1) - Bias;
        if (exponent is <= 0 and > -MantissaBits - 1 && (mantissa & ((1UL << -exponent) - 1)) == 0)
        {
            return (mantissa >> -exponent, 0);
        }

        // Below a power of two the neighbour is half as far away.
        bool lowerIsCloser = fraction == 0 && biased > 1;
        return Round(mantissa, exponent, lowerIsCloser);
    }

    // All bounds are in quarters of a unit of the last decimal place, rounded so that comparisons with whole numbers are right.
    private static (ulong Digits, int Exponent) Round(ulong mantissa, int exponent, bool lowerIsCloser)
    {
        // floor(log10(2^exponent)), or of three quarters of it.
        int k = ((exponent * 1262611) - (lowerIsCloser ? 524031 : 0)) >> 22;
        int shift = exponent + PowersOfTen.FloorLog2(-k) + 1;
        (ulong high, ulong low) = PowersOfTen.Ceiling(-k);
        ulong four = 4 * mantissa;
        ulong open = mantissa & 1;
        ulong lower = RoundToOdd(high, low, (four - (lowerIsCloser ? 1UL : 2UL)) << shift) + open;
        ulong middle = RoundToOdd(high, low, four << shift);
        ulong upper = RoundToOdd(high, low, (four + 2) << shift) - open;

        ulong digits = middle / 4;
        if (digits >= 10)
        {
            ulong fewer = digits / 10;
            bool downIsInside = lower <= 40 * fewer;
            bool upIsInside = (40 * fewer) + 40 <= upper;
            if (downIsInside != upIsInside)
            {
                return (upIsInside ? fewer + 1 : fewer, k + 1);
            }
        }

        bool down = lower <= 4 * digits;
        bool up = (4 * digits) + 4 <= upper;
        if (down != up)
        {
            return (up ? digits + 1 : digits, k);
        }

        ulong half = (4 * digits) + 2;
        bool roundUp = middle > half || (middle == half && (digits & 1) == 1);
        return (roundUp ? digits + 1 : digits, k);
    }

    // The highest 64 bits of a product of 192; the last bit is set when anything was cut off.
    private static ulong RoundToOdd(ulong high, ulong low, ulong factor)
    {
        ulong carry = Math.BigMul(low, factor, out _);
        ulong product = Math.BigMul(high, factor, out ulong rest);
        rest += carry;
        product += rest < carry ? 1UL : 0;
        return product | (rest > 1 ? 1UL : 0);
    }
}
