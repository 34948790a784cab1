using System.Globalization;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.PromQL.Tests.Syntax.Series;

public sealed class SeriesDescriptionTests
{
    [Theory]
    [InlineData("m", "{__name__=\"m\"}")]
    [InlineData("{} 1 2.5 -3 +4 1e3 .5", "{} 1 2.5 -3 4 1000 0.5")]
    [InlineData("m{a=\"b\"} 1+2x3", "{__name__=\"m\", a=\"b\"} 1 3 5 7")]
    [InlineData("m 5x2 0-1x1", "{__name__=\"m\"} 5 5 5 0 -1")]
    [InlineData("m _ _x2 stale Inf -Inf NaN", "{__name__=\"m\"} _ _ _ stale Infinity -Infinity NaN")]
    [InlineData("m 0x2  1\t3 ", "{__name__=\"m\"} 0 0 0 1 3")]
    [InlineData("m {{sum:1 count:2}}+{{sum:1}}x1 {{}}", "{__name__=\"m\"} {{count:2 sum:1}} {{count:2 sum:2}} {{}}")]
    [InlineData("m {{schema:1 offset:2 buckets:[1 2] n_buckets:[3]}}x1", "{__name__=\"m\"} {{schema:1 offset:2 buckets:[1 2] n_buckets:[3]}} {{schema:1 offset:2 buckets:[1 2] n_buckets:[3]}}")]
    [InlineData("m {{schema:-53 custom_values:[1 5] buckets:[1 2 3] counter_reset_hint:gauge}}", "{__name__=\"m\"} {{schema:-53 custom_values:[1 5] counter_reset_hint:gauge buckets:[1 2 3]}}")]
    public void Values_follow_the_labels(string text, string expected)
    {
        SeriesDescription series = PromQLParser.ParseSeriesDescription(text);
        Assert.Equal(expected, string.Join(' ', [series.Labels.ToString(), .. series.Values.Select(Show)]));
    }

    [Theory]
    [InlineData("m 1+1", "unexpected end of input in series values")]
    [InlineData("m foo", "unexpected identifier \"foo\" in series values, expected number or \"stale\"")]
    [InlineData("m 1x", "unexpected end of input in series values")]
    [InlineData("m 1x1.5", "invalid repetition in series values: strconv.ParseUint: parsing \"1.5\": invalid syntax")]
    [InlineData("m 1 5m", "bad number syntax: \"5\"")]
    [InlineData("m{a=b} 1", "unexpected identifier \"b\" in label set, expected string")]
    [InlineData("m{a} 1", "unexpected \"}\" in label set, expected \"=\"")]
    [InlineData("m {{schema:1 foo:2}}", "bad histogram descriptor found: \"foo\"")]
    [InlineData("m {{schema}}", "missing `:` for histogram descriptor")]
    [InlineData("m {{sum:1", "histogram description incomplete unexpected: '\uFFFD'")]
    [InlineData("m {{sum:1 sum:2}}", "duplicate key \"sum\" in histogram")]
    [InlineData("m {{offset:99999999 buckets:[1]}}", "bucket offset 99999999 is out of range: at most 16777216 from 0")]
    [InlineData("m {{schema:1}}+{{schema:0}}x2", "error combining histograms: cannot merge from schema 0 to 1")]
    [InlineData("m 0x2000000", "more than 1000000 values in one series")]
    public void What_is_wrong_is_said(string text, string message)
    {
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseSeriesDescription(text));
        Assert.Contains(message, error.Errors.Select(static e => e.Message));
    }

    [Fact]
    public void A_named_counter_reset_hint_is_remembered()
    {
        SeriesDescription series = PromQLParser.ParseSeriesDescription("m {{counter_reset_hint:unknown}} {{}}");
        Assert.Equal([true, false], series.Values.Select(static v => v.IsCounterResetHintSet));
    }

    private static string Show(SeriesValue value) => value switch
    {
        { IsOmitted: true } => "_",
        { Histogram: { } histogram } => HistogramPrinter.Print(histogram),
        _ => Staleness.IsMarker(value.Value) ? "stale" : value.Value.ToString("R", CultureInfo.InvariantCulture),
    };
}
