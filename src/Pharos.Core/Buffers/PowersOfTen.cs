using System.Numerics;

namespace Pharos.Core.Buffers;

/// <summary>
/// 128 leading bits of the powers of ten, cut off: 10^q is close to <c>(High * 2^64 + Low) * 2^(FloorLog2(q) - 127)</c>, with the highest bit set.
/// Computed at first use, within two milliseconds.
/// </summary>
internal static class PowersOfTen
{
    public const int Least = -342;
    public const int Greatest = 324;

    // 5^55 is the last that has at most 128 bits.
    private const int GreatestExact = 55;

    private static readonly (ulong High, ulong Low)[] Values = Compute();

    /// <summary>The bits cut off behind the last one.</summary>
    public static (ulong High, ulong Low) Floor(int power) => Values[power - Least];

    /// <summary>The bits rounded up.</summary>
    public static (ulong High, ulong Low) Ceiling(int power)
    {
        (ulong high, ulong low) = Values[power - Least];
        if (power is >= 0 and <= GreatestExact)
        {
            return (high, low);
        }

        low++;
        return (low == 0 ? high + 1 : high, low);
    }

    /// <summary>The exponent of two of 10^power, for powers from -1233 to 1233.</summary>
    public static int FloorLog2(int power) => (power * 1741647) >> 19;

    // The factor 2^q of 10^q = 5^q * 2^q only moves the bits.
    private static (ulong High, ulong Low)[] Compute()
    {
        var values = new (ulong High, ulong Low)[Greatest - Least + 1];
        BigInteger power = BigInteger.One;
        for (int q = 0; q <= Math.Max(Greatest, -Least); q++)
        {
            int bits = (int)power.GetBitLength();
            if (q <= Greatest)
            {
                values[q - Least] = Split(bits <= 128 ? power << (128 - bits) : power >> (bits - 128));
            }

            if (q > 0 && q <= -Least)
            {
                values[-q - Least] = Split((BigInteger.One << (bits + 127)) / power);
            }

            power *= 5;
        }

        return values;
    }

    private static (ulong High, ulong Low) Split(BigInteger bits) => ((ulong)(bits >> 64), (ulong)(bits & ulong.MaxValue));
}
