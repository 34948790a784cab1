using System.Text;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Syntax;

public sealed class PromQLParserTests
{
    [Theory]
    [InlineData("1 + 2 * 3 ^ 2 ^ 2", "(Add 1 (Mul 2 (Pow 3 (Pow 2 2))))")]
    [InlineData("1 - 2 - 3", "(Sub (Sub 1 2) 3)")]
    [InlineData("-1 ^ 2", "(Minus (Pow 1 2))")]
    [InlineData("-a * b", "(Mul OneToOne ignoring<> include<> fill<,> (Minus a{__name__=\"a\"}) b{__name__=\"b\"})")]
    [InlineData("2 ^ -3 * 4", "(Mul (Pow 2 -3) 4)")]
    [InlineData("1 atan2 2 + 3", "(Add (Atan2 1 2) 3)")]
    [InlineData("1 > bool 2 == bool 3", "(Equal bool (Greater bool 1 2) 3)")]
    [InlineData("(1)", "[1]")]
    public void Operators_bind_as_upstreams(string text, string expected) => Assert.Equal(expected, TreeText.Parse(text));

    [Theory]
    [InlineData("a or b and c unless d", "Or", "And")]
    [InlineData("a and b or c", "Or", "And")]
    public void And_binds_closer_than_or(string text, string outer, string inner)
    {
        var root = Assert.IsType<BinaryExpr>(PromQLParser.ParseExpr(text));
        Assert.Equal(outer, root.Op.ToString());
        Assert.Contains(inner, TreeText.Of(root), StringComparison.Ordinal);
        Assert.Equal(MatchCardinality.ManyToMany, root.Matching!.Card);
    }

    [Theory]
    [InlineData("foo offset 5m", "foo{__name__=\"foo\"} offset 300000ms")]
    [InlineData("foo offset -1.5", "foo{__name__=\"foo\"} offset -1500ms")]
    [InlineData("foo @ 12.3456 offset 1h", "foo{__name__=\"foo\"} @12346 offset 3600000ms")]
    [InlineData("foo[5m] @ end()", "foo{__name__=\"foo\"} @End[300000ms]")]
    [InlineData("foo[1h:1m] offset 2m", "foo{__name__=\"foo\"}[3600000ms:60000ms] offset 120000ms")]
    [InlineData("foo[5m] anchored", "foo{__name__=\"foo\"} anchored[300000ms]")]
    [InlineData("foo smoothed", "foo{__name__=\"foo\"} smoothed")]
    [InlineData("foo[step() + 5m]", "foo{__name__=\"foo\"}[(Add (Step  ) 300s)]")]
    [InlineData("foo offset -2^2", "(Pow foo{__name__=\"foo\"} offset -2000ms 2)")]
    [InlineData("foo offset (-2^2)", "foo{__name__=\"foo\"} offset (Sub wrapped  (Pow 2 2))")]
    [InlineData("foo offset -max_of(step(), 5s)", "foo{__name__=\"foo\"} offset (Sub  (MaxOf (Step  ) 5s))")]
    public void Modifiers_of_time_are_kept(string text, string expected) => Assert.Equal(expected, TreeText.Parse(text));

    [Theory]
    [InlineData("a + on(x, y) group_left(z) b", "(Add ManyToOne on<x,y> include<z> fill<,> a{__name__=\"a\"} b{__name__=\"b\"})")]
    [InlineData("a + ignoring() group_right b", "(Add OneToMany ignoring<> include<> fill<,> a{__name__=\"a\"} b{__name__=\"b\"})")]
    [InlineData("a + fill(1) b", "(Add OneToOne ignoring<> include<> fill<1,1> a{__name__=\"a\"} b{__name__=\"b\"})")]
    [InlineData("a + fill_right(-2) fill_left(3) b", "(Add OneToOne ignoring<> include<> fill<3,-2> a{__name__=\"a\"} b{__name__=\"b\"})")]
    [InlineData("a * 2", "(Mul a{__name__=\"a\"} 2)")]
    public void Vector_matching_is_kept(string text, string expected) => Assert.Equal(expected, TreeText.Parse(text));

    [Theory]
    [InlineData("sum(a)", "Sum<>(a{__name__=\"a\"})")]
    [InlineData("topk by (x) (3, a)", "TopK<x>(3 a{__name__=\"a\"})")]
    [InlineData("count_values without (x, on) (\"v\", a)", "CountValues without<x,on>('v' a{__name__=\"a\"})")]
    [InlineData("limit_ratio(0.5, a) by (x)", "LimitRatio<x>(0.5 a{__name__=\"a\"})")]
    [InlineData("histogram_quantile(0.9, rate(a[5m]))", "histogram_quantile(0.9 rate(a{__name__=\"a\"}[300000ms]))")]
    [InlineData("label_join(a, \"x\", \",\")", "label_join(a{__name__=\"a\"} 'x' ',')")]
    [InlineData("time()", "time()")]
    public void Calls_and_aggregations_are_kept(string text, string expected) => Assert.Equal(expected, TreeText.Parse(text));

    [Theory]
    [InlineData("{\"my metric\", \"a b\"=\"c\"}", "{\"a b\"=\"c\",__name__=\"my metric\"}")]
    [InlineData("sum{by=\"x\"}", "sum{__name__=\"sum\",by=\"x\"}")]
    [InlineData("by", "by{__name__=\"by\"}")]
    [InlineData("a{b!=\"\",}", "a{__name__=\"a\",b!=\"\"}")]
    [InlineData("a:b{}", "a:b{__name__=\"a:b\"}")]
    public void Names_may_be_quoted_and_keywords(string text, string expected) => Assert.Equal(expected, TreeText.Parse(text));

    [Theory]
    [InlineData("", "unknown position: parse error: no expression found in input")]
    [InlineData("sum(foo bar)", "1:9: parse error: unexpected identifier \"bar\" in aggregation")]
    [InlineData("a +\n  + on", "2:5: parse error: unexpected <on>")]
    [InlineData("foo{a=\"b\" c=\"d\"}", "1:11: parse error: unexpected identifier \"c\" in label matching, expected \",\" or \"}\"")]
    [InlineData("foo{a=~\"(\"}", "1:5: parse error: error parsing regexp: missing closing ): `(`")]
    [InlineData("nope(a)", "1:1: parse error: unknown function with name \"nope\"")]
    [InlineData("rate(a)", "1:6: parse error: expected type range vector in call to function \"rate\", got instant vector")]
    [InlineData("rate(a[5m],)", "1:11: parse error: trailing commas not allowed in function call args")]
    [InlineData("1e999", "1:1: parse error: error parsing number: strconv.ParseFloat: parsing \"1e999\": value out of range")]
    [InlineData("{}", "1:1: parse error: vector selector must contain at least one non-empty matcher")]
    [InlineData("sum by (\"\") (a)", "1:9: parse error: invalid label name for grouping: \"\"")]
    [InlineData("\"é\" + a }", "1:10: parse error: unexpected character: '}'")]
    public void An_error_says_where_and_what(string text, string message)
    {
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr(text));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void All_errors_are_collected()
    {
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr("sum(rate("));
        Assert.Equal(
            ["1:10: parse error: unclosed left parenthesis", "1:1: parse error: no arguments for aggregate expression provided"],
            error.Errors.Select(static e => e.ToString()));
        Assert.Equal(new PositionRange(9, 9), error.Position);
    }

    [Theory]
    [InlineData("sort_by_label(a, \"x\")", "function \"sort_by_label\" is not enabled")]
    [InlineData("limitk(1, a)", "limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions")]
    [InlineData("a[5m+1m]", "experimental duration expression is not enabled")]
    [InlineData("a[step()]", "experimental duration expression is not enabled")]
    [InlineData("a[5m] anchored", "anchored modifier is experimental and not enabled")]
    [InlineData("a + fill(0) b", "binop fill modifiers are experimental and not enabled")]
    public void What_is_experimental_must_be_enabled(string text, string message)
    {
        ParserOptions least = ParserOptions.Default with { DurationExpressions = false };
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr(text, least));
        Assert.Equal(message, error.Errors[0].Message);
        Assert.NotNull(PromQLParser.ParseExpr(text, ParserOptions.Everything));
    }

    [Fact]
    public void Duration_expressions_are_part_of_the_stable_language() => Assert.NotNull(PromQLParser.ParseExpr("a[5m+1m]"));

    [Theory]
    [InlineData("(", ")", 10_000)]
    [InlineData("sum(", ")", 10_000)]
    [InlineData("-", "", 10_000)]
    [InlineData("2^", "", 10_000)]
    [InlineData("1+", "", 10_000)]
    [InlineData("abs(-(", "))", 5_000)]
    public void Nesting_beyond_the_limit_is_an_error_and_no_overflow(string open, string close, int times)
    {
        string text = string.Concat(Enumerable.Repeat(open, times)) + "a" + string.Concat(Enumerable.Repeat(close, times));
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr(text));
        Assert.Matches("^expression is nested (more than 2000 levels deep|1000[01] levels deep, the limit is 2000)$", error.Errors[0].Message);
    }

    [Theory]
    [InlineData("a[", "(", "5m", ")", "]")]
    [InlineData("a[", "-", "5m", "", "]")]
    [InlineData("a[", "1+", "5m", "", "]")]
    public void Durations_nested_beyond_the_limit_are_an_error(string start, string open, string inner, string close, string end)
    {
        string text = start + string.Concat(Enumerable.Repeat(open, 10_000)) + inner + string.Concat(Enumerable.Repeat(close, 10_000)) + end;
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr(text, ParserOptions.Everything));
        Assert.Equal("duration expression is nested more than 200 levels deep", error.Errors[^1].Message);
    }

    [Fact]
    public void Nesting_within_the_limit_parses_prints_and_formats()
    {
        string text = new string('(', 1999) + "a" + new string(')', 1999);
        Expr expr = PromQLParser.ParseExpr(text);
        Assert.Equal(text, expr.ToString());
        Assert.StartsWith("(\n  (\n", expr.ToPrettyString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_of_a_megabyte_is_parsed()
    {
        string text = "sum(a{b=~\"" + new string('x', 999) + "\"" + string.Concat(Enumerable.Repeat(",c!=\"0123456789\"", 60_000)) + "})";
        var sum = Assert.IsType<AggregateExpr>(PromQLParser.ParseExpr(text));
        Assert.Equal(60_002, Assert.IsType<VectorSelector>(sum.Inner).Matchers.Count);
    }

    [Fact]
    public void Long_lists_of_labels_cost_no_more_than_their_length()
    {
        string labels = string.Join(',', Enumerable.Repeat("a", 100_000));
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr($"x + on({labels}) group_left({labels}) y"));
        Assert.Equal("label \"a\" must not occur in ON and GROUP clause at once", error.Errors[0].Message);
        Assert.Equal(1000, error.Errors.Count);
    }

    [Fact]
    public void A_query_beyond_the_limit_of_length_is_an_error()
    {
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr(new string(' ', 101), ParserOptions.Default with { MaxQueryBytes = 100 }));
        Assert.Equal("1:1: parse error: query is too long: 101 bytes, the limit is 100", error.Message);
    }

    [Fact]
    public void Text_that_is_not_valid_utf8_is_an_error()
    {
        byte[] text = [.. "a{b=\""u8, 0xff, .. "\"}"u8];
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr(text));
        Assert.Equal("1:5: parse error: invalid UTF-8 rune", error.Message);
    }

    [Fact]
    public void Escapes_can_make_a_string_that_is_not_valid_utf8()
    {
        var text = Assert.IsType<StringLiteral>(PromQLParser.ParseExpr("\"a\\xff\""));
        Assert.Equal([(byte)'a', 0xff], text.Bytes.ToArray());
        Assert.Equal("a\uFFFD", text.Value);
        Assert.Equal("\"a\\xff\"", text.ToString());
    }

    [Fact]
    public void A_list_of_matchers_without_name_is_a_metric_selector()
    {
        Assert.Equal("a=\"b\" c!~\"d\"", string.Join(' ', PromQLParser.ParseMetricSelector("{a=\"b\",c!~\"d\"}")));
        Assert.Equal("x=\"y\" __name__=\"up\"", string.Join(' ', PromQLParser.ParseMetricSelector("up{x='y'}")));
        Assert.Equal(2, PromQLParser.ParseMetricSelectors(["up", "{a=\"b\"}"]).Count);
    }

    [Theory]
    [InlineData("", "unknown position: parse error: unexpected end of input")]
    [InlineData("up[5m]", "1:3: parse error: unexpected \"[\"")]
    [InlineData("up offset 5m", "1:4: parse error: unexpected <offset>")]
    [InlineData("up + down", "1:4: parse error: unexpected <op:+>")]
    public void More_than_a_selector_is_no_metric_selector(string text, string message) =>
        Assert.Equal(message, Assert.Throws<PromQLException>(() => PromQLParser.ParseMetricSelector(text)).Message);

    [Fact]
    public void Labels_of_a_series_are_parsed()
    {
        Assert.Equal("{__name__=\"up\", a=\"b\"}", PromQLParser.ParseSeriesDescription("up{a=\"b\"}").Labels.ToString());
        Assert.Equal("{__name__=\"x y\", \"z.z\"=\"b\"}", PromQLParser.ParseSeriesDescription("{\"x y\", 'z.z'=`b`}").Labels.ToString());
        Assert.Equal("{}", PromQLParser.ParseSeriesDescription("{}").Labels.ToString());
        Assert.Throws<PromQLException>(() => PromQLParser.ParseSeriesDescription("up{a!=\"b\"}"));
    }

    [Fact]
    public void Positions_cover_modifiers()
    {
        var binary = Assert.IsType<BinaryExpr>(PromQLParser.ParseExpr(" rate(a[5m] offset 1h) + sum(b) by (x)"));
        Assert.Equal(new PositionRange(1, Encoding.UTF8.GetByteCount(" rate(a[5m] offset 1h) + sum(b) by (x)")), binary.Position);
        var call = Assert.IsType<Call>(binary.Left);
        Assert.Equal(new PositionRange(6, 21), call.Arguments[0].Position);
    }
}
