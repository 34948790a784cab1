namespace Pharos.PromQL.Tests.Execution;

/// <summary>Windows with one sample or none, and what is not finite in them. The expected answers are those of Prometheus 3.5.</summary>
public class WindowEdgeTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "g{k=\"one\"} _ 5",
        "g{k=\"none\"} 1 _ _ _ _ _ _ _ _ _ _ _",
        "g{k=\"nan\"} NaN NaN 3 NaN",
        "g{k=\"allnan\"} NaN NaN NaN NaN",
        "g{k=\"inf\"} Inf Inf 1 Inf",
        "g{k=\"flat\"} 4 4 4 4",
        "g{k=\"infs\"} Inf Inf Inf Inf",
        "g{k=\"both\"} 1 Inf -Inf 2",
        "c_total{k=\"reset\"} 5 10 3 7",
        "c_total{k=\"resets\"} 5 4 NaN 3 3",
        "g{k=\"mix\"} 1 2 2 NaN NaN 2 1",
        "g{k=\"empty\"} stale");

    [Theory]
    [InlineData("rate(g{k=\"one\"}[2m])", 120)]
    [InlineData("increase(g{k=\"one\"}[2m])", 120)]
    [InlineData("delta(g{k=\"one\"}[2m])", 120)]
    [InlineData("irate(g{k=\"one\"}[2m])", 120)]
    [InlineData("idelta(g{k=\"one\"}[2m])", 120)]
    [InlineData("deriv(g{k=\"one\"}[2m])", 120)]
    [InlineData("predict_linear(g{k=\"one\"}[2m], 60)", 120)]
    public Task One_sample_has_no_growth_and_no_slope(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("changes(g{k=\"one\"}[2m])", 120, "{k=\"one\"} 0")]
    [InlineData("resets(g{k=\"one\"}[2m])", 120, "{k=\"one\"} 0")]
    [InlineData("stddev_over_time(g{k=\"one\"}[2m])", 120, "{k=\"one\"} 0")]
    [InlineData("stdvar_over_time(g{k=\"one\"}[2m])", 120, "{k=\"one\"} 0")]
    [InlineData("sum_over_time(g{k=\"one\"}[2m])", 120, "{k=\"one\"} 5")]
    [InlineData("last_over_time(g{k=\"one\"}[2m])", 120, "{__name__=\"g\", k=\"one\"} 5")]
    [InlineData("present_over_time(g{k=\"one\"}[2m])", 120, "{k=\"one\"} 1")]
    [InlineData("quantile_over_time(0.5, g{k=\"one\"}[2m])", 120, "{k=\"one\"} 5")]
    public Task One_sample_is_enough_for_what_looks_at_values(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("sum_over_time(g{k=\"none\"}[1m])", 300)]
    [InlineData("count_over_time(g{k=\"none\"}[1m])", 300)]
    [InlineData("sum_over_time(g{k=\"empty\"}[5m])", 60)]
    public Task A_window_without_samples_answers_nothing(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("quantile_over_time(-1, g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} -Infinity")]
    [InlineData("quantile_over_time(2, g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} Infinity")]
    [InlineData("quantile_over_time(NaN, g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} NaN")]
    [InlineData("quantile_over_time(0, g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} NaN")]
    [InlineData("quantile_over_time(1, g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} 3")]
    [InlineData("quantile_over_time(0.5, g{k=\"both\"}[5m])", 180, "{k=\"both\"} 1.5")]
    public Task Quantiles_put_NaN_below_everything_and_are_infinite_out_of_range(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("min_over_time(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} 3")]
    [InlineData("min_over_time(g{k=\"allnan\"}[5m])", 180, "{k=\"allnan\"} NaN")]
    [InlineData("min_over_time(g{k=\"inf\"}[5m])", 180, "{k=\"inf\"} 1")]
    [InlineData("min_over_time(g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} 4")]
    [InlineData("min_over_time(g{k=\"infs\"}[5m])", 180, "{k=\"infs\"} Infinity")]
    [InlineData("min_over_time(g{k=\"both\"}[5m])", 180, "{k=\"both\"} -Infinity")]
    [InlineData("max_over_time(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} 3")]
    [InlineData("max_over_time(g{k=\"allnan\"}[5m])", 180, "{k=\"allnan\"} NaN")]
    [InlineData("max_over_time(g{k=\"inf\"}[5m])", 180, "{k=\"inf\"} Infinity")]
    [InlineData("max_over_time(g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} 4")]
    [InlineData("max_over_time(g{k=\"infs\"}[5m])", 180, "{k=\"infs\"} Infinity")]
    [InlineData("max_over_time(g{k=\"both\"}[5m])", 180, "{k=\"both\"} Infinity")]
    public Task Least_and_greatest_pass_over_NaN(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("sum_over_time(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} NaN")]
    [InlineData("sum_over_time(g{k=\"allnan\"}[5m])", 180, "{k=\"allnan\"} NaN")]
    [InlineData("sum_over_time(g{k=\"inf\"}[5m])", 180, "{k=\"inf\"} Infinity")]
    [InlineData("sum_over_time(g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} 16")]
    [InlineData("sum_over_time(g{k=\"infs\"}[5m])", 180, "{k=\"infs\"} Infinity")]
    [InlineData("sum_over_time(g{k=\"both\"}[5m])", 180, "{k=\"both\"} NaN")]
    [InlineData("avg_over_time(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} NaN")]
    [InlineData("avg_over_time(g{k=\"allnan\"}[5m])", 180, "{k=\"allnan\"} NaN")]
    [InlineData("avg_over_time(g{k=\"inf\"}[5m])", 180, "{k=\"inf\"} Infinity")]
    [InlineData("avg_over_time(g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} 4")]
    [InlineData("avg_over_time(g{k=\"infs\"}[5m])", 180, "{k=\"infs\"} Infinity")]
    [InlineData("avg_over_time(g{k=\"both\"}[5m])", 180, "{k=\"both\"} NaN")]
    public Task Sums_and_averages_take_NaN_and_infinity_as_they_come(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("stddev_over_time(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} NaN")]
    [InlineData("stddev_over_time(g{k=\"allnan\"}[5m])", 180, "{k=\"allnan\"} NaN")]
    [InlineData("stddev_over_time(g{k=\"inf\"}[5m])", 180, "{k=\"inf\"} NaN")]
    [InlineData("stddev_over_time(g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} 0")]
    [InlineData("stddev_over_time(g{k=\"infs\"}[5m])", 180, "{k=\"infs\"} NaN")]
    [InlineData("stddev_over_time(g{k=\"both\"}[5m])", 180, "{k=\"both\"} NaN")]
    public Task Deviation_from_infinity_is_NaN(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("changes(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} 2")]
    [InlineData("changes(g{k=\"inf\"}[5m])", 180, "{k=\"inf\"} 2")]
    [InlineData("changes(g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} 0")]
    [InlineData("changes(g{k=\"infs\"}[5m])", 180, "{k=\"infs\"} 0")]
    [InlineData("changes(g{k=\"both\"}[5m])", 180, "{k=\"both\"} 3")]
    [InlineData("changes(g{k=\"mix\"}[10m])", 360, "{k=\"mix\"} 4")]
    public Task Changes_count_from_NaN_to_a_number_but_not_from_NaN_to_NaN(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("resets(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} 0")]
    [InlineData("resets(g{k=\"inf\"}[5m])", 180, "{k=\"inf\"} 1")]
    [InlineData("resets(g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} 0")]
    [InlineData("resets(g{k=\"infs\"}[5m])", 180, "{k=\"infs\"} 0")]
    [InlineData("resets(g{k=\"both\"}[5m])", 180, "{k=\"both\"} 1")]
    [InlineData("resets(g{k=\"mix\"}[10m])", 360, "{k=\"mix\"} 1")]
    [InlineData("resets(c_total{k=\"resets\"}[10m])", 240, "{k=\"resets\"} 1")]
    public Task Resets_are_falls_between_neighbours_and_NaN_hides_them(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("deriv(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} NaN")]
    [InlineData("deriv(g{k=\"inf\"}[5m])", 180, "{k=\"inf\"} NaN")]
    [InlineData("deriv(g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} 0")]
    [InlineData("deriv(g{k=\"infs\"}[5m])", 180, "{k=\"infs\"} NaN")]
    [InlineData("deriv(g{k=\"both\"}[5m])", 180, "{k=\"both\"} NaN")]
    [InlineData("delta(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} NaN")]
    [InlineData("delta(g{k=\"inf\"}[5m])", 180, "{k=\"inf\"} NaN")]
    [InlineData("delta(g{k=\"flat\"}[5m])", 180, "{k=\"flat\"} 0")]
    [InlineData("delta(g{k=\"infs\"}[5m])", 180, "{k=\"infs\"} NaN")]
    [InlineData("delta(g{k=\"both\"}[5m])", 180, "{k=\"both\"} 1.1666666666666667")]
    [InlineData("increase(c_total{k=\"reset\"}[4m])", 180, "{k=\"reset\"} 16")]
    [InlineData("rate(c_total{k=\"reset\"}[4m])", 180, "{k=\"reset\"} 0.06666666666666665")]
    [InlineData("irate(c_total{k=\"reset\"}[150s])", 120, "{k=\"reset\"} 0.05")]
    [InlineData("idelta(c_total{k=\"reset\"}[150s])", 120, "{k=\"reset\"} -7")]
    [InlineData("increase(c_total{k=\"resets\"}[10m])", 240, "{k=\"resets\"} 3.375")]
    [InlineData("rate(g{k=\"nan\"}[5m])", 180, "{k=\"nan\"} NaN")]
    public Task Growth_is_extrapolated_over_resets_and_through_NaN(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    private static async Task AnswersAsync(string query, double at, string[] expected)
    {
        using EngineScene scene = Scene();

        string[] answer = await scene.AskAsync(query, at);
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Order(StringComparer.Ordinal));
    }
}
