using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Syntax.Printing;

public sealed class PrettifierTests
{
    [Fact]
    public void What_fits_on_a_line_stays_there()
    {
        string text = "sum by (job) (rate(http_requests_total{code=~\"5..\"}[5m])) / sum by (job) (rate(http_requests[5m]))";
        Assert.InRange(text.Length, 90, 100);
        Assert.Equal(text, PromQLParser.ParseExpr(text).ToPrettyString());
    }

    [Fact]
    public void What_does_not_fit_is_broken_at_its_parts()
    {
        string text = "histogram_quantile(0.9, sum by (le) (rate(x[5m]))) > on(a) b[1m:] offset 1h";
        Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr(text));
        text = "histogram_quantile(0.9, sum by (le) (rate(x[5m]))) > on(a) max_over_time(b[1m:] offset 1h)";
        Assert.Equal(
            """
              histogram_quantile(
                0.9,
                sum by (le) (rate(x[5m]))
              )
            > on (a)
              max_over_time(b[1m:] offset 1h)
            """,
            PromQLParser.ParseExpr(text).ToPrettyString(32));
    }

    [Fact]
    public void Long_parts_deep_inside_are_not_printed_for_every_level()
    {
        string selector = "a{" + string.Join(',', Enumerable.Range(0, 20_000).Select(static i => $"l{i:d5}=\"v\"")) + "}";
        string text = string.Concat(Enumerable.Repeat("abs(", 1000)) + selector + " + on(b) " + selector + new string(')', 1000);
        string pretty = PromQLParser.ParseExpr(text).ToPrettyString();
        Assert.Equal(2003, pretty.Count(static c => c == '\n') + 1);
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), pretty.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_count_not_characters()
    {
        Expr expr = PromQLParser.ParseExpr("({\"ééééé\"})");
        Assert.Equal("({__name__=\"ééééé\"})", expr.ToPrettyString(25));
        Assert.Equal("(\n  {__name__=\"ééééé\"}\n)", expr.ToPrettyString(24));
    }
}
