using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Planning;

public class HistogramNeedTests
{
    [Theory]
    [InlineData("m", HistogramNeed.Whole)]
    [InlineData("sum(m)", HistogramNeed.Whole)]
    [InlineData("histogram_count(m)", HistogramNeed.Statistics)]
    [InlineData("histogram_sum(sum(m))", HistogramNeed.Statistics)]
    [InlineData("abs(histogram_avg(-m))", HistogramNeed.Statistics)]
    [InlineData("histogram_count(rate(m[5m]))", HistogramNeed.Statistics)]
    [InlineData("histogram_stddev(m)", HistogramNeed.Buckets)]
    [InlineData("histogram_count(histogram_stdvar(m))", HistogramNeed.Buckets)]
    [InlineData("histogram_quantile(0.5, m)", HistogramNeed.Buckets)]
    [InlineData("histogram_fraction(0, 1, histogram_count(m))", HistogramNeed.Buckets)]
    [InlineData("histogram_count(m >/ 1)", HistogramNeed.Buckets)]
    [InlineData("max_over_time(histogram_count(m)[5m:])", HistogramNeed.Buckets)]
    public void Buckets_are_skipped_where_only_statistics_are_looked_at_and_nothing_around_needs_more(string query, object expected)
    {
        Assert.Equal((HistogramNeed)expected, NeedOf(PromQLParser.ParseExpr(query, ParserOptions.Everything), HistogramNeed.Whole));
    }

    // The need at the only selector.
    private static HistogramNeed? NeedOf(Expr expression, HistogramNeed need)
    {
        HistogramNeed inside = need.Within(expression);
        return expression is VectorSelector
            ? inside
            : expression.Children.Select(child => NeedOf(child, inside)).FirstOrDefault(static n => n is not null);
    }
}
