namespace Pharos.PromQL.Tests.Execution;

/// <summary>Parts of dates, in UTC. The expected answers are those of Prometheus 3.5.</summary>
public class DateFunctionTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "d{k=\"leap\"} 1709251199",
        "d{k=\"century\"} 4107456000",
        "d{k=\"y2000\"} 949363200",
        "d{k=\"epoch\"} 0",
        "d{k=\"before\"} -1",
        "d{k=\"newyear\"} 1704067199",
        "d{k=\"sunday\"} 1709467200",
        "d{k=\"frac\"} 1.9",
        "d{k=\"nan\"} NaN");

    [Theory]
    [InlineData("timestamp(d{k=\"leap\"})", 60, "{k=\"leap\"} 0")]
    [InlineData("timestamp(d{k=\"leap\"} offset 1m)", 120, "{k=\"leap\"} 0")]
    [InlineData("timestamp(timestamp(d{k=\"leap\"}))", 60, "{k=\"leap\"} 60")]
    [InlineData("timestamp(-d{k=\"leap\"})", 60, "{k=\"leap\"} 60")]
    [InlineData("timestamp(vector(1))", 60, "{} 60")]
    public Task Timestamps_are_those_of_samples_only_right_at_a_selector(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("year()", 86400, "{} 1970")]
    [InlineData("day_of_month()", 86400, "{} 2")]
    [InlineData("day_of_week()", 86400, "{} 5")]
    [InlineData("minute()", 90, "{} 1")]
    [InlineData("hour(vector(time()))", 7200, "{} 2")]
    [InlineData("days_in_month()", 0, "{} 31")]
    public Task Without_an_argument_the_time_is_that_of_the_step(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("days_in_month(d{k=\"leap\"})", 0, "{k=\"leap\"} 29")]
    [InlineData("day_of_year(d{k=\"leap\"})", 0, "{k=\"leap\"} 60")]
    [InlineData("day_of_month(d{k=\"leap\"})", 0, "{k=\"leap\"} 29")]
    [InlineData("hour(d{k=\"leap\"})", 0, "{k=\"leap\"} 23")]
    [InlineData("minute(d{k=\"leap\"})", 0, "{k=\"leap\"} 59")]
    [InlineData("month(d{k=\"leap\"})", 0, "{k=\"leap\"} 2")]
    [InlineData("days_in_month(d{k=\"century\"})", 0, "{k=\"century\"} 28")]
    [InlineData("days_in_month(d{k=\"y2000\"})", 0, "{k=\"y2000\"} 29")]
    [InlineData("year(d{k=\"epoch\"})", 0, "{k=\"epoch\"} 1970")]
    [InlineData("day_of_week(d{k=\"epoch\"})", 0, "{k=\"epoch\"} 4")]
    [InlineData("year(d{k=\"before\"})", 0, "{k=\"before\"} 1969")]
    [InlineData("month(d{k=\"before\"})", 0, "{k=\"before\"} 12")]
    [InlineData("day_of_month(d{k=\"before\"})", 0, "{k=\"before\"} 31")]
    [InlineData("hour(d{k=\"before\"})", 0, "{k=\"before\"} 23")]
    [InlineData("minute(d{k=\"before\"})", 0, "{k=\"before\"} 59")]
    [InlineData("day_of_week(d{k=\"before\"})", 0, "{k=\"before\"} 3")]
    [InlineData("day_of_year(d{k=\"newyear\"})", 0, "{k=\"newyear\"} 365")]
    [InlineData("year(d{k=\"newyear\"} + 1)", 0, "{k=\"newyear\"} 2024")]
    [InlineData("day_of_week(d{k=\"sunday\"})", 0, "{k=\"sunday\"} 0")]
    [InlineData("minute(d{k=\"frac\"} * 60)", 0, "{k=\"frac\"} 1")]
    [InlineData("year(none)", 0)]
    public Task Parts_of_dates_know_leap_years_and_times_before_the_epoch(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("NaN")]
    [InlineData("-Inf")]
    [InlineData("-1e300")]
    [InlineData("+Inf")]
    [InlineData("1e300")]
    public async Task Numbers_that_no_clock_reaches_are_all_one_date(string number)
    {
        await AnswersAsync($"year(vector({number}))", 0, ["{} 292277026596"]);
        await AnswersAsync($"day_of_month(vector({number}))", 0, ["{} 4"]);
    }

    private static async Task AnswersAsync(string query, double at, string[] expected)
    {
        using EngineScene scene = Scene();

        string[] answer = await scene.AskAsync(query, at);
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Order(StringComparer.Ordinal));
    }
}
