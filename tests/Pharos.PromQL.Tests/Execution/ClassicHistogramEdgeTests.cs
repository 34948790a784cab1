namespace Pharos.PromQL.Tests.Execution;

/// <summary>Classic histograms that are not as they should be. The expected answers are those of Prometheus 3.5 but for one.</summary>
public class ClassicHistogramEdgeTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "h_bucket{le=\"1\",k=\"noinf\"} 1",
        "h_bucket{le=\"2\",k=\"noinf\"} 2",
        "h_bucket{le=\"+Inf\",k=\"onlyinf\"} 3",
        "h_bucket{le=\"1\",k=\"zero\"} 0",
        "h_bucket{le=\"+Inf\",k=\"zero\"} 0",
        "h_bucket{le=\"1\",k=\"fall\"} 4",
        "h_bucket{le=\"2\",k=\"fall\"} 2",
        "h_bucket{le=\"4\",k=\"fall\"} 6",
        "h_bucket{le=\"+Inf\",k=\"fall\"} 8",
        "h_bucket{le=\"-2\",k=\"neg\"} 1",
        "h_bucket{le=\"-1\",k=\"neg\"} 3",
        "h_bucket{le=\"1\",k=\"neg\"} 4",
        "h_bucket{le=\"+Inf\",k=\"neg\"} 4",
        "h_bucket{le=\"1\",k=\"dup\"} 1",
        "h_bucket{le=\"1.0\",k=\"dup\"} 2",
        "h_bucket{le=\"2\",k=\"dup\"} 4",
        "h_bucket{le=\"+Inf\",k=\"dup\"} 4",
        "h_bucket{le=\"1\",k=\"nan\"} NaN",
        "h_bucket{le=\"2\",k=\"nan\"} 4",
        "h_bucket{le=\"+Inf\",k=\"nan\"} 4",
        "h_bucket{le=\"1\",k=\"above\"} 1",
        "h_bucket{le=\"2\",k=\"above\"} 1",
        "h_bucket{le=\"+Inf\",k=\"above\"} 10",
        "h_bucket{le=\"1\",k=\"badle\"} 2",
        "h_bucket{le=\"one\",k=\"badle\"} 9",
        "h_bucket{le=\"+Inf\",k=\"badle\"} 2",
        "h_bucket{k=\"nole\"} 2");

    [Theory]
    [InlineData("histogram_fraction(-2, -1, h_bucket{k=\"neg\"})", 0, "{k=\"neg\"} 0.5")]
    [InlineData("histogram_fraction(-Inf, Inf, h_bucket{k=\"above\"})", 0, "{k=\"above\"} 1")]
    [InlineData("histogram_fraction(2, 1, h_bucket{k=\"above\"})", 0, "{k=\"above\"} 0")]
    [InlineData("histogram_fraction(0, 1, h_bucket{k=\"zero\"})", 0, "{k=\"zero\"} NaN")]
    [InlineData("histogram_fraction(0, 1, h_bucket{k=\"noinf\"})", 0, "{k=\"noinf\"} NaN")]
    [InlineData("histogram_fraction(NaN, 1, h_bucket{k=\"above\"})", 0, "{k=\"above\"} NaN")]
    public Task Fractions_count_what_lies_between(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("histogram_quantile(0.5, h_bucket{k=\"noinf\"})", 0, "{k=\"noinf\"} NaN")]
    [InlineData("histogram_quantile(0.5, h_bucket{k=\"onlyinf\"})", 0, "{k=\"onlyinf\"} NaN")]
    [InlineData("histogram_quantile(0.5, h_bucket{k=\"zero\"})", 0, "{k=\"zero\"} NaN")]
    [InlineData("histogram_quantile(0.5, h_bucket{k=\"nan\"})", 0, "{k=\"nan\"} NaN")]
    public Task Without_a_bucket_that_takes_all_or_without_counts_there_is_no_quantile(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("histogram_quantile(0.5, h_bucket{k=\"fall\"})", 0, "{k=\"fall\"} 1")]
    [InlineData("histogram_quantile(0.7, h_bucket{k=\"fall\"})", 0, "{k=\"fall\"} 3.5999999999999996")]
    public Task Counts_that_fall_are_raised(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("histogram_quantile(0.1, h_bucket{k=\"neg\"})", 0, "{k=\"neg\"} -2")]
    [InlineData("histogram_quantile(0.5, h_bucket{k=\"neg\"})", 0, "{k=\"neg\"} -1.5")]
    [InlineData("histogram_quantile(0, h_bucket{k=\"neg\"})", 0, "{k=\"neg\"} -2")]
    [InlineData("histogram_quantile(0.9, h_bucket{k=\"neg\"})", 0, "{k=\"neg\"} 0.20000000000000018")]
    public Task Bounds_below_zero_have_no_floor_at_zero(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("histogram_quantile(0.25, h_bucket{k=\"dup\"})", 0, "{k=\"dup\"} 0.3333333333333333")]
    [InlineData("histogram_quantile(0.75, h_bucket{k=\"dup\"})", 0, "{k=\"dup\"} 1")]
    public Task Bounds_written_in_two_ways_are_one_bucket(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("histogram_quantile(0.9, h_bucket{k=\"above\"})", 0, "{k=\"above\"} 2")]
    [InlineData("histogram_quantile(0.1, h_bucket{k=\"above\"})", 0, "{k=\"above\"} 1")]
    [InlineData("histogram_quantile(1, h_bucket{k=\"above\"})", 0, "{k=\"above\"} 2")]
    public Task Above_the_last_finite_bound_that_bound_is_the_answer(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("histogram_quantile(-0.1, h_bucket{k=\"above\"})", 0, "{k=\"above\"} -Infinity")]
    [InlineData("histogram_quantile(1.1, h_bucket{k=\"above\"})", 0, "{k=\"above\"} Infinity")]
    [InlineData("histogram_quantile(NaN, h_bucket{k=\"above\"})", 0, "{k=\"above\"} NaN")]
    public Task Quantiles_out_of_range_are_infinite(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("histogram_quantile(0.5, h_bucket{k=\"badle\"})", 0, "{k=\"badle\"} 0.5")]
    [InlineData("histogram_quantile(0.5, h_bucket{k=\"nole\"})", 0)]
    public Task A_bucket_without_a_readable_bound_is_left_out(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    /// <summary>Prometheus 3.5 answers NaN here; later releases take the first bucket to begin at zero.</summary>
    [Fact]
    public Task The_first_bucket_begins_at_zero_for_fractions_too() =>
        AnswersAsync("histogram_fraction(0, Inf, h_bucket{k=\"above\"})", 0, ["{k=\"above\"} 1"]);

    private static async Task AnswersAsync(string query, double at, string[] expected)
    {
        using EngineScene scene = Scene();

        string[] answer = await scene.AskAsync(query, at);
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Order(StringComparer.Ordinal));
    }
}
