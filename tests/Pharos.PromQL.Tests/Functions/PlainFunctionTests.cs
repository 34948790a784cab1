using System.Text;
using Pharos.Core.Labels;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public class PlainFunctionTests
{
    [Fact]
    public void Parts_of_dates_agree_with_the_calendar_of_the_runtime()
    {
        var random = new Random(3);
        for (int i = 0; i < 5000; i++)
        {
            long seconds = random.NextInt64(-62_135_596_800, 253_402_300_799);
            DateTime date = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
            Assert.Equal(
                [date.Minute, date.Hour, (int)date.DayOfWeek, date.Day, date.DayOfYear, DateTime.DaysInMonth(date.Year, date.Month), date.Month, date.Year],
                new[] { "minute", "hour", "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year" }
                    .Select(name => (int)DateParts.Find(name)!(seconds)));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e300)]
    public void Parts_of_impossible_dates_are_some_number(double value) => Assert.True(double.IsFinite(DateParts.Find("year")!(value)));

    [Theory]
    [InlineData("a2", "a10", -1)]
    [InlineData("a10", "a2", 1)]
    [InlineData("a", "a1", -1)]
    [InlineData("b1", "a2", 1)]
    [InlineData("7", "7", 0)]
    public void Natural_order_compares_numbers_in_text(string x, string y, int sign) => Assert.Equal(sign, Math.Sign(NaturalOrder.Compare(x, y)));

    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void The_hash_of_limit_ratio_is_xxHash64(string text, ulong expected) => Assert.Equal(expected, RatioSample.Hash(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_ratio_and_its_complement_take_each_series_once()
    {
        for (int i = 0; i < 100; i++)
        {
            double place = RatioSample.PlaceOf(Labels.Of("a", i.ToString(), "long", new string('x', i * 10)));
            Assert.NotEqual(RatioSample.Takes(0.3, place), RatioSample.Takes(-0.7, place));
        }
    }

    [Theory]
    [InlineData(2.5, 1, 3)]
    [InlineData(-2.5, 1, -2)]
    [InlineData(0.1234, 0.01, 0.12)]
    public void Rounding_goes_to_the_nearest_multiple_and_up_at_the_middle(double value, double to, double expected) =>
        Assert.Equal(expected, Elementwise.Round(value, to), 1e-12);

    [Fact]
    public void Infinity_decides_a_clamp_even_of_NaN()
    {
        Assert.Equal(double.NegativeInfinity, Elementwise.Clamp(double.NaN, double.NegativeInfinity, double.NegativeInfinity));
        Assert.Equal(double.NaN, Elementwise.Clamp(double.NaN, 0, 1));
    }
}
