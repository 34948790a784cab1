using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;

namespace Pharos.Core.Tests.Buffers;

public sealed class FloatWriterTests
{
    private delegate int Write(double value, Span<byte> output);

    [Theory]
    [InlineData(0d, "0", "0", "0e+00")]
    [InlineData(-0d, "-0", "-0", "-0e+00")]
    [InlineData(1d, "1", "1", "1e+00")]
    [InlineData(-15d, "-15", "-15", "-1.5e+01")]
    [InlineData(0.5, "0.5", "0.5", "5e-01")]
    [InlineData(100d, "100", "100", "1e+02")]
    [InlineData(123456d, "123456", "123456", "1.23456e+05")]
    [InlineData(1000000d, "1000000", "1e+06", "1e+06")]
    [InlineData(123456789d, "123456789", "1.23456789e+08", "1.23456789e+08")]
    [InlineData(1234567.25, "1234567.25", "1.23456725e+06", "1.23456725e+06")]
    [InlineData(0.0001, "0.0001", "0.0001", "1e-04")]
    [InlineData(0.00001, "0.00001", "1e-05", "1e-05")]
    [InlineData(0.1234567890123, "0.1234567890123", "0.1234567890123", "1.234567890123e-01")]
    [InlineData(1e21, "1000000000000000000000", "1e+21", "1e+21")]
    [InlineData(1e100, null, "1e+100", "1e+100")]
    [InlineData(1.7e-300, null, "1.7e-300", "1.7e-300")]
    [InlineData(9007199254740993d, "9007199254740992", "9.007199254740992e+15", "9.007199254740992e+15")]
    [InlineData(2.9802322387695312e-08, "0.000000029802322387695312", "2.9802322387695312e-08", "2.9802322387695312e-08")]
    [InlineData(5e-324, null, "5e-324", "5e-324")]
    [InlineData(1e23, "100000000000000000000000", "1e+23", "1e+23")]
    [InlineData(double.PositiveInfinity, "+Inf", "+Inf", "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf", "-Inf", "-Inf")]
    [InlineData(double.NaN, "NaN", "NaN", "NaN")]
    public void Text_is_as_Go_formats_it(double value, string? fixedText, string generalText, string exponentText)
    {
        if (fixedText is not null)
        {
            Assert.Equal(fixedText, Text(FloatWriter.WriteFixed, value));
            Assert.Equal(fixedText, FloatWriter.ToFixedString(value));
        }

        Assert.Equal(generalText, Text(FloatWriter.WriteGeneral, value));
        Assert.Equal(generalText, FloatWriter.ToGeneralString(value));
        Assert.Equal(exponentText, Text(FloatWriter.WriteExponent, value));
    }

    [Theory]
    [InlineData(double.MaxValue, 309)]
    [InlineData(-double.MaxValue, 310)]
    [InlineData(double.Epsilon, 326)]
    [InlineData(-2.2250738585072014E-308, 327)]
    public void The_longest_texts_fit(double value, int length)
    {
        string text = Text(FloatWriter.WriteFixed, value);

        Assert.Equal(length, text.Length);
        Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_finite_double_reads_back_from_each_form()
    {
        var random = new Random(3);
        Span<byte> text = stackalloc byte[FloatWriter.MaxLength];
        for (int i = 0; i < 100_000; i++)
        {
            double value = i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : Math.Round(random.NextDouble() * 1e6, random.Next(7));
            if (!double.IsFinite(value))
            {
                continue;
            }

            AssertReadsBack(text[..FloatWriter.WriteFixed(value, text)], value);
            AssertReadsBack(text[..FloatWriter.WriteGeneral(value, text)], value);
            AssertReadsBack(text[..FloatWriter.WriteExponent(value, text)], value);
        }
    }

    [Fact]
    public void Digits_are_as_few_as_the_runtime_finds()
    {
        var random = new Random(6);
        for (int i = 0; i < 60_000; i++)
        {
            double value = (i % 4) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64()),
                1 => Math.ScaleB(1, random.Next(-1074, 1024)),
                2 => BitConverter.Int64BitsToDouble(random.NextInt64(1L << 52)),
                _ => Math.Round(random.NextDouble() * 1e9, random.Next(10)),
            };
            string shortest = value.ToString(CultureInfo.InvariantCulture);

            // The runtime's text of some powers of two, as 2^-25, has a digit too few and reads back as their neighbour.
            if (double.IsFinite(value) && double.Parse(shortest, CultureInfo.InvariantCulture) == value)
            {
                Assert.True(Digits(shortest) == Digits(FloatWriter.ToFixedString(value)), $"{shortest} but {FloatWriter.ToGeneralString(value)}");
            }
        }
    }

    [Fact]
    public void Reading_and_writing_allocate_nothing()
    {
        Span<byte> text = stackalloc byte[FloatWriter.MaxLength];
        double[] values = [0.1, 12345.678, 1e300, double.NaN, 5, -1.2345678901234567e-200];
        RoundTrip(values, text);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RoundTrip(values, text);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Digits(string text) =>
        string.Concat(text.TakeWhile(static c => c != 'E').Where(char.IsAsciiDigit)).Trim('0');

    private static void RoundTrip(double[] values, Span<byte> text)
    {
        foreach (double value in values)
        {
            Assert.True(FloatReader.TryParse(text[..FloatWriter.WriteFixed(value, text)], out _));
            Assert.True(FloatReader.TryParse(text[..FloatWriter.WriteGeneral(value, text)], out _));
            Assert.True(FloatReader.TryParse(text[..FloatWriter.WriteExponent(value, text)], out _));
        }
    }

    private static void AssertReadsBack(ReadOnlySpan<byte> text, double value)
    {
        if (!FloatReader.TryParse(text, out double read) || BitConverter.DoubleToUInt64Bits(read) != BitConverter.DoubleToUInt64Bits(value))
        {
            Assert.Fail($"{value:R} became {Encoding.ASCII.GetString(text)}");
        }
    }

    private static string Text(Write write, double value)
    {
        Span<byte> text = stackalloc byte[FloatWriter.MaxLength];
        return Encoding.ASCII.GetString(text[..write(value, text)]);
    }
}
