using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Samples;

namespace Pharos.Core.Tests.Buffers;

public sealed class FloatReaderTests
{
    [Theory]
    [InlineData("0", 0d)]
    [InlineData("+5", 5d)]
    [InlineData("-5", -5d)]
    [InlineData("007", 7d)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5d)]
    [InlineData("1e3", 1000d)]
    [InlineData("1E+3", 1000d)]
    [InlineData("-1.25e-2", -0.0125)]
    [InlineData("9007199254740992", 9007199254740992d)]
    [InlineData("9007199254740993", 9007199254740992d)]
    [InlineData("18446744073709551616", 18446744073709551616d)]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890d)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("5e-324", double.Epsilon)]
    [InlineData("1e-400", 0d)]
    [InlineData("0e99999999999999999999", 0d)]
    [InlineData("Inf", double.PositiveInfinity)]
    [InlineData("+inf", double.PositiveInfinity)]
    [InlineData("-INF", double.NegativeInfinity)]
    [InlineData("infinity", double.PositiveInfinity)]
    public void Decimal_text_is_read(string text, double expected)
    {
        Assert.True(FloatReader.TryParse(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(BitConverter.DoubleToUInt64Bits(expected), BitConverter.DoubleToUInt64Bits(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,5")]
    [InlineData("+-1")]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("+nan")]
    [InlineData("infin")]
    [InlineData("1_000")]
    [InlineData("0x1p3")]
    [InlineData("0x10")]
    [InlineData("1p3")]
    [InlineData("∞")]
    public void What_is_no_number_of_the_exposition_formats_is_refused(string text)
    {
        Assert.False(FloatReader.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("NAN")]
    public void Not_a_number_has_the_bits_of_upstream(string text)
    {
        Assert.True(FloatReader.TryParse(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(Staleness.NormalNaNBits, BitConverter.DoubleToUInt64Bits(value));
    }

    [Fact]
    public void Minus_zero_keeps_its_sign()
    {
        Assert.True(FloatReader.TryParse("-0"u8, out double value));
        Assert.True(double.IsNegative(value));
    }

    [Theory]
    [InlineData("1_000", 1000d)]
    [InlineData("1_23.50_0_0e+1_2", 1.235e+14)]
    [InlineData("0x1p3", 8d)]
    [InlineData("0x1.8p0", 1.5)]
    [InlineData("-0X.8p1", -1d)]
    [InlineData("0x1_0p0", 16d)]
    [InlineData("0x_1p0", 1d)]
    [InlineData("0x1.fffffffffffff8p0", 2d)]
    [InlineData("0x1.fffffffffffff7fffffffffp0", 1.9999999999999998)]
    [InlineData("0x10000000000000000000p0", 75557863725914323419136d)]
    [InlineData("0x1p-1074", double.Epsilon)]
    [InlineData("0x1p-1075", 0d)]
    [InlineData("0x1.8p-1075", double.Epsilon)]
    [InlineData("0x1p-99999", 0d)]
    [InlineData("0x0p0", 0d)]
    [InlineData("0x1.fffffffffffffp1023", double.MaxValue)]
    [InlineData("42", 42d)]
    public void Go_also_reads_hexadecimal_numbers_and_underscores(string text, double expected)
    {
        Assert.True(FloatReader.TryParseGo(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("1__0")]
    [InlineData("1_.5")]
    [InlineData("1._5")]
    [InlineData("1e_5")]
    [InlineData("0x1")]
    [InlineData("0x")]
    [InlineData("0xp1")]
    [InlineData("0x1p")]
    [InlineData("0x1p1024")]
    [InlineData("0x1.fffffffffffff8p1023")]
    [InlineData("abc")]
    public void Go_refuses_what_is_malformed(string text)
    {
        Assert.False(FloatReader.TryParseGo(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void Every_double_is_read_from_its_shortest_text_and_from_17_digits()
    {
        var random = new Random(7);
        Span<byte> text = stackalloc byte[64];
        for (int i = 0; i < 100_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(value))
            {
                continue;
            }

            foreach (string format in (ReadOnlySpan<string>)["", "E16", "F4"])
            {
                if (value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture))
                {
                    AssertAsRuntime(text[..length]);
                }
            }
        }
    }

    [Fact]
    public void Every_decimal_text_is_read_as_the_runtime_reads_it()
    {
        var random = new Random(8);
        for (int i = 0; i < 100_000; i++)
        {
            long digits = random.NextInt64(1L << random.Next(1, 63));
            string text = digits.ToString(CultureInfo.InvariantCulture);
            int point = random.Next(text.Length + 1);
            text = string.Concat(text.AsSpan(0, point), ".", text.AsSpan(point));
            AssertAsRuntime(Encoding.ASCII.GetBytes(text));
            AssertAsRuntime(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"-{text}e{random.Next(-330, 290)}")));
        }
    }

    private static void AssertAsRuntime(ReadOnlySpan<byte> text)
    {
        double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        bool read = FloatReader.TryParse(text, out double value);
        if (read != double.IsFinite(expected) || (read && BitConverter.DoubleToUInt64Bits(value) != BitConverter.DoubleToUInt64Bits(expected)))
        {
            Assert.Fail($"{Encoding.ASCII.GetString(text)}: read {value:R}, expected {expected:R}");
        }
    }
}
