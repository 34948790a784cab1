using System.Numerics;
using Pharos.Core.Buffers;

namespace Pharos.Core.Tests.Buffers;

public sealed class PowersOfTenTests
{
    [Fact]
    public void The_table_holds_the_leading_bits_of_every_power()
    {
        for (int q = PowersOfTen.Least; q <= PowersOfTen.Greatest; q++)
        {
            // The factor 2^q of 10^q = 5^q * 2^q only moves the bits.
            var power = BigInteger.Pow(5, Math.Abs(q));
            int length = (int)power.GetBitLength();
            BigInteger bits = q < 0 ? (BigInteger.One << (length + 127)) / power
                : length <= 128 ? power << (128 - length)
                : power >> (length - 128);
            (ulong high, ulong low) = PowersOfTen.Floor(q);
            (ulong highUp, ulong lowUp) = PowersOfTen.Ceiling(q);
            bool exact = q >= 0 && length <= 128;

            Assert.Equal(bits, ((BigInteger)high << 64) + low);
            Assert.Equal(exact ? bits : bits + 1, ((BigInteger)highUp << 64) + lowUp);
        }
    }

    [Fact]
    public void The_exponent_of_two_is_that_of_the_power()
    {
        for (int q = 0; q <= PowersOfTen.Greatest; q++)
        {
            Assert.Equal((int)BigInteger.Pow(10, q).GetBitLength() - 1, PowersOfTen.FloorLog2(q));
        }
    }
}
