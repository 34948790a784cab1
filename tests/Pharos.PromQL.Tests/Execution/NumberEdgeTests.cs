namespace Pharos.PromQL.Tests.Execution;

/// <summary>Numbers at the edge: NaN, infinity, zero, signs. The expected answers are those of Prometheus 3.5.</summary>
public class NumberEdgeTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "g{a=\"low\"} -2.5",
        "g{a=\"nan\"} NaN",
        "g{a=\"inf\"} Inf",
        "g{a=\"minusinf\"} -Inf",
        "g{a=\"high\"} 2.5",
        "g{a=\"zero\"} 0",
        "z -0");

    [Theory]
    [InlineData("round(g{a=\"low\"})", 0, "{a=\"low\"} -2")]
    [InlineData("round(g{a=\"high\"})", 0, "{a=\"high\"} 3")]
    [InlineData("round(g{a=\"low\"}, -1)", 0, "{a=\"low\"} -3")]
    [InlineData("round(g{a=\"high\"}, 0)", 0, "{a=\"high\"} NaN")]
    [InlineData("round(g{a=\"high\"}, 2)", 0, "{a=\"high\"} 2")]
    [InlineData("round(g{a=\"high\"}, 0.1)", 0, "{a=\"high\"} 2.5")]
    [InlineData("round(g{a=\"inf\"})", 0, "{a=\"inf\"} Infinity")]
    [InlineData("round(g{a=\"nan\"})", 0, "{a=\"nan\"} NaN")]
    [InlineData("round(g{a=\"high\"}, Inf)", 0, "{a=\"high\"} NaN")]
    public Task Rounding_goes_up_at_the_middle_also_below_zero(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("clamp(g{a=\"nan\"}, 0, 1)", 0, "{a=\"nan\"} NaN")]
    [InlineData("clamp(g{a=\"inf\"}, 0, 1)", 0, "{a=\"inf\"} 1")]
    [InlineData("clamp(g{a=\"minusinf\"}, 0, 1)", 0, "{a=\"minusinf\"} 0")]
    [InlineData("clamp(g{a=\"high\"}, NaN, 1)", 0, "{a=\"high\"} NaN")]
    [InlineData("clamp(g{a=\"high\"}, 0, NaN)", 0, "{a=\"high\"} NaN")]
    [InlineData("clamp(g{a=\"high\"}, 1, 1)", 0, "{a=\"high\"} 1")]
    [InlineData("clamp(g, 2, 1)", 0)]
    [InlineData("clamp_min(g{a=\"nan\"}, 1)", 0, "{a=\"nan\"} NaN")]
    [InlineData("clamp_max(g{a=\"nan\"}, 1)", 0, "{a=\"nan\"} NaN")]
    [InlineData("clamp_min(g{a=\"high\"}, NaN)", 0, "{a=\"high\"} NaN")]
    [InlineData("clamp_max(g{a=\"minusinf\"}, -5)", 0, "{a=\"minusinf\"} -Infinity")]
    public Task Clamps_keep_NaN_and_know_an_empty_range(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("vector(scalar(g))", 0, "{} NaN")]
    [InlineData("vector(scalar(none))", 0, "{} NaN")]
    public Task A_scalar_of_anything_but_one_element_is_NaN(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("sgn(g{a=\"nan\"})", 0, "{a=\"nan\"} NaN")]
    [InlineData("sgn(g{a=\"minusinf\"})", 0, "{a=\"minusinf\"} -1")]
    [InlineData("sgn(g{a=\"zero\"})", 0, "{a=\"zero\"} 0")]
    [InlineData("sgn(z)", 0, "{} -0")]
    [InlineData("sqrt(g{a=\"low\"})", 0, "{a=\"low\"} NaN")]
    [InlineData("ln(g{a=\"zero\"})", 0, "{a=\"zero\"} -Infinity")]
    [InlineData("ln(g{a=\"low\"})", 0, "{a=\"low\"} NaN")]
    [InlineData("log2(g{a=\"zero\"})", 0, "{a=\"zero\"} -Infinity")]
    [InlineData("log10(g{a=\"minusinf\"})", 0, "{a=\"minusinf\"} NaN")]
    [InlineData("exp(g{a=\"minusinf\"})", 0, "{a=\"minusinf\"} 0")]
    [InlineData("abs(g{a=\"minusinf\"})", 0, "{a=\"minusinf\"} Infinity")]
    [InlineData("ceil(g{a=\"low\"})", 0, "{a=\"low\"} -2")]
    [InlineData("floor(g{a=\"low\"})", 0, "{a=\"low\"} -3")]
    [InlineData("ceil(g{a=\"nan\"})", 0, "{a=\"nan\"} NaN")]
    [InlineData("-g{a=\"nan\"}", 0, "{a=\"nan\"} NaN")]
    [InlineData("acos(g{a=\"high\"})", 0, "{a=\"high\"} NaN")]
    [InlineData("atanh(g{a=\"high\"})", 0, "{a=\"high\"} NaN")]
    [InlineData("deg(vector(pi()))", 0, "{} 180")]
    [InlineData("rad(vector(180))", 0, "{} 3.141592653589793")]
    public Task Functions_follow_IEEE_754(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("min(g{a=~\"low|nan\"})", 0, "{} -2.5")]
    [InlineData("max(g{a=~\"low|nan\"})", 0, "{} -2.5")]
    [InlineData("min(g{a=\"nan\"})", 0, "{} NaN")]
    [InlineData("max(g{a=\"nan\"})", 0, "{} NaN")]
    [InlineData("max(g)", 0, "{} Infinity")]
    [InlineData("min(g)", 0, "{} -Infinity")]
    public Task Extremes_pass_over_NaN_unless_there_is_nothing_else(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("quantile(0.5, g{a=~\"low|high\"})", 0, "{} 0")]
    [InlineData("quantile(0, g)", 0, "{} NaN")]
    [InlineData("quantile(1, g)", 0, "{} NaN")]
    [InlineData("quantile(-0.1, g)", 0, "{} -Infinity")]
    [InlineData("quantile(1.1, g)", 0, "{} Infinity")]
    [InlineData("quantile(NaN, g)", 0, "{} NaN")]
    [InlineData("quantile(0.5, none)", 0)]
    public Task Quantiles_put_NaN_below_everything(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("sum(g{a=~\"inf|minusinf\"})", 0, "{} NaN")]
    [InlineData("avg(g{a=~\"inf|minusinf\"})", 0, "{} NaN")]
    [InlineData("avg(g{a=~\"inf|high\"})", 0, "{} Infinity")]
    [InlineData("sum(g{a=~\"nan|high\"})", 0, "{} NaN")]
    [InlineData("count(g)", 0, "{} 6")]
    [InlineData("stddev(g{a=~\"inf|high\"})", 0, "{} NaN")]
    [InlineData("stddev(g{a=\"high\"})", 0, "{} 0")]
    [InlineData("stddev(g{a=\"nan\"})", 0, "{} NaN")]
    [InlineData("group(g{a=\"nan\"})", 0, "{} 1")]
    public Task Sums_averages_and_deviations_take_what_is_not_finite_as_it_comes(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("count_values(\"v\", g{a=~\"nan|inf|minusinf|zero\"})", 0, "{v=\"+Inf\"} 1", "{v=\"-Inf\"} 1", "{v=\"0\"} 1", "{v=\"NaN\"} 1")]
    [InlineData("count_values(\"a\", g{a=~\"low|high\"})", 0, "{a=\"-2.5\"} 1", "{a=\"2.5\"} 1")]
    public Task Values_are_counted_by_their_text(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("topk(1, g{a=~\"nan|high\"})", 0, "{__name__=\"g\", a=\"high\"} 2.5")]
    [InlineData("bottomk(1, g{a=~\"nan|high\"})", 0, "{__name__=\"g\", a=\"high\"} 2.5")]
    [InlineData("topk(1, g{a=\"nan\"})", 0, "{__name__=\"g\", a=\"nan\"} NaN")]
    [InlineData("topk(9, g{a=~\"low|high\"})", 0, "{__name__=\"g\", a=\"low\"} -2.5", "{__name__=\"g\", a=\"high\"} 2.5")]
    [InlineData("topk(1.9, g{a=~\"low|high\"})", 0, "{__name__=\"g\", a=\"high\"} 2.5")]
    [InlineData("topk(0.9, g)", 0)]
    [InlineData("topk(-3, g)", 0)]
    public Task Ranks_put_NaN_last_and_cut_k_to_a_whole_number(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("sum by (none) (g{a=~\"low|high\"})", 0, "{} 0")]
    [InlineData("sum without (none) (g{a=~\"low|high\"})", 0, "{a=\"low\"} -2.5", "{a=\"high\"} 2.5")]
    [InlineData("sum by (a, a) (g{a=\"low\"})", 0, "{a=\"low\"} -2.5")]
    [InlineData("sum by () (g{a=\"low\"})", 0, "{} -2.5")]
    public Task Groups_are_told_by_the_labels_that_are_there(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("g{a=\"high\"} % 0", 0, "{a=\"high\"} NaN")]
    [InlineData("g{a=\"high\"} / 0", 0, "{a=\"high\"} Infinity")]
    [InlineData("g{a=\"low\"} / 0", 0, "{a=\"low\"} -Infinity")]
    [InlineData("g{a=\"zero\"} / 0", 0, "{a=\"zero\"} NaN")]
    [InlineData("g{a=\"low\"} % 2", 0, "{a=\"low\"} -0.5")]
    [InlineData("g{a=\"high\"} % -2", 0, "{a=\"high\"} 0.5")]
    [InlineData("g{a=\"inf\"} % 2", 0, "{a=\"inf\"} NaN")]
    [InlineData("g{a=\"high\"} % Inf", 0, "{a=\"high\"} 2.5")]
    [InlineData("g{a=\"low\"} ^ 0.5", 0, "{a=\"low\"} NaN")]
    [InlineData("g{a=\"nan\"} ^ 0", 0, "{a=\"nan\"} 1")]
    [InlineData("1 ^ g{a=\"nan\"}", 0, "{a=\"nan\"} 1")]
    [InlineData("g{a=\"zero\"} ^ -1", 0, "{a=\"zero\"} Infinity")]
    [InlineData("g{a=\"zero\"} atan2 -1", 0, "{a=\"zero\"} 3.141592653589793")]
    [InlineData("g{a=\"nan\"} == NaN", 0)]
    [InlineData("g{a=\"nan\"} != NaN", 0, "{__name__=\"g\", a=\"nan\"} NaN")]
    [InlineData("g{a=\"nan\"} != bool NaN", 0, "{a=\"nan\"} 1")]
    [InlineData("g{a=\"inf\"} == Inf", 0, "{__name__=\"g\", a=\"inf\"} Infinity")]
    [InlineData("g{a=\"nan\"} > bool 1", 0, "{a=\"nan\"} 0")]
    public Task Operators_follow_IEEE_754(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    private static async Task AnswersAsync(string query, double at, string[] expected)
    {
        using EngineScene scene = Scene();

        string[] answer = await scene.AskAsync(query, at);
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Order(StringComparer.Ordinal));
    }
}
