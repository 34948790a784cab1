namespace Pharos.Access.Passwords;

/// <summary>The binary digits of pi after the point: Blowfish starts from them, since nobody can have chosen them.</summary>
internal static class PiFraction
{
    private const int GuardWords = 2;

    /// <summary>The first <paramref name="count"/> groups of 32 bits, by Machin's formula: pi = 16 atan(1/5) - 4 atan(1/239).</summary>
    public static uint[] Words(int count)
    {
        // Word 0 is the whole part, the guards take the rounding of some 10,000 divisions.
        uint[] sum = new uint[1 + count + GuardWords];
        AddArctangent(sum, 16, 5, subtract: false);
        AddArctangent(sum, 4, 239, subtract: true);
        return sum[1..(count + 1)];
    }

    /// <summary>Adds or subtracts factor × atan(1/x), by the series 1/x - 1/3x³ + 1/5x⁵ - …</summary>
    private static void AddArctangent(uint[] sum, uint factor, uint x, bool subtract)
    {
        uint[] power = new uint[sum.Length];
        uint[] term = new uint[sum.Length];
        power[0] = factor;
        Divide(power, x, power, 0);
        int first = 0;
        for (uint odd = 1; ; odd += 2, subtract = !subtract)
        {
            while (first < power.Length && power[first] == 0)
            {
                first++;
            }

            if (first == power.Length)
            {
                return;
            }

            Divide(power, odd, term, first);
            if (subtract)
            {
                Subtract(sum, term, first);
            }
            else
            {
                Add(sum, term, first);
            }

            Divide(power, x * x, power, first);
        }
    }

    private static void Divide(uint[] dividend, uint divisor, uint[] quotient, int first)
    {
        ulong remainder = 0;
        for (int i = first; i < dividend.Length; i++)
        {
            (ulong digit, remainder) = Math.DivRem((remainder << 32) | dividend[i], divisor);
            quotient[i] = (uint)digit;
        }
    }

    private static void Add(uint[] sum, uint[] term, int first)
    {
        ulong carry = 0;
        for (int i = sum.Length - 1; i >= first || (carry != 0 && i >= 0); i--)
        {
            carry += (ulong)sum[i] + (i >= first ? term[i] : 0);
            sum[i] = (uint)carry;
            carry >>= 32;
        }
    }

    private static void Subtract(uint[] sum, uint[] term, int first)
    {
        long borrow = 0;
        for (int i = sum.Length - 1; i >= first || (borrow != 0 && i >= 0); i--)
        {
            borrow += (long)sum[i] - (i >= first ? term[i] : 0);
            sum[i] = (uint)borrow;
            borrow >>= 32;
        }
    }
}
