namespace Pharos.Dashboards.Tests.Variables;

public class VariableFormatsTests
{
    private const string Multi = "{'name':'x','type':'custom','query':'a.b,c d','multi':true,'includeAll':true}";
    private const string Single = "{'name':'x','type':'custom','query':'a.b,c d'}";

    [Theory]
    [InlineData("${x}", "a.b + c d")]
    [InlineData("$x", "a.b + c d")]
    [InlineData("[[x]]", "a.b + c d")]
    [InlineData("${x:raw}", "a.b,c d")]
    [InlineData("[[x:raw]]", "a.b,c d")]
    [InlineData("${x:csv}", "a.b,c d")]
    [InlineData("${x:pipe}", "a.b|c d")]
    [InlineData("${x:regex}", "(a\\.b|c d)")]
    [InlineData("${x:glob}", "{a.b,c d}")]
    [InlineData("${x:json}", "[\"a.b\",\"c d\"]")]
    [InlineData("${x:queryparam}", "var-x=a.b&var-x=c%20d")]
    [InlineData("${x:singlequote}", "'a.b','c d'")]
    [InlineData("${x:doublequote}", "\"a.b\",\"c d\"")]
    [InlineData("${x:sqlstring}", "'a.b','c d'")]
    [InlineData("${x:percentencode}", "%7Ba.b%2Cc%20d%7D")]
    [InlineData("${x:text}", "a.b + c d")]
    [InlineData("${x:lucene}", "(\"a.b\" OR \"c d\")")]
    [InlineData("${x:distributed}", "a.b,x=c d")]
    [InlineData("${x:join:;}", "a.b;c d")]
    [InlineData("${x:html}", "a.b, c d")]
    [InlineData("${x.text}", "a.b + c d")]
    [InlineData("${x:nonsense}", "a.b + c d")]
    [InlineData("$xy ${y} $1 $", "$xy ${y} $1 $")]
    public async Task Two_values_are_written_in_every_format(string text, string expected) =>
        Assert.Equal(expected, await Make.TitleAsync(Multi, text, ("x", ["a.b", "c d"])));

    [Theory]
    [InlineData("$x", "All")]
    [InlineData("${x:raw}", "a.b,c d")]
    [InlineData("${x:regex}", "(a\\.b|c d)")]
    [InlineData("${x:queryparam}", "var-x=%24__all")]
    public async Task All_is_every_option_or_its_name(string text, string expected) =>
        Assert.Equal(expected, await Make.TitleAsync(Multi, text, ("x", ["$__all"])));

    [Theory]
    [InlineData("up{a=~\"$x\"}", "up{a=~\"(a\\\\.b|c d)\"}")]
    [InlineData("up{a=~\"${x:regex}\"}", "up{a=~\"(a\\.b|c d)\"}")]
    [InlineData("rate(up[$__rate_interval])", "rate(up[$__rate_interval])")]
    [InlineData("up > $__interval_ms + ${__range_s} + $__from", "up > $__interval_ms + ${__range_s} + $__from")]
    [InlineData("label_replace(up, \"a\", \"$1\", \"b\", \"(.*)\")", "label_replace(up, \"a\", \"$1\", \"b\", \"(.*)\")")]
    public async Task In_PromQL_several_values_are_an_escaped_alternative(string expr, string expected) =>
        Assert.Equal(expected, await Make.ExpressionAsync(Multi, expr, ("x", ["a.b", "c d"])));

    [Fact]
    public async Task In_PromQL_one_value_of_several_is_an_escaped_expression_and_a_single_one_plain_text()
    {
        Assert.Equal("up{a=~\"a\\\\.b\"}", await Make.ExpressionAsync(Multi, "up{a=~\"$x\"}", ("x", ["a.b"])));
        Assert.Equal("up{a=\"a.b\"}", await Make.ExpressionAsync(Single, "up{a=\"$x\"}", ("x", ["a.b"])));
        Assert.Equal("up{a=\"say \\\"x\\\" \\\\d\"}", await Make.ExpressionAsync(Single, "up{a=\"$x\"}", ("x", ["say \"x\" \\d"])));
    }

    [Theory]
    [InlineData("${x:uriencode}", "a/b?c=%22d%20%F0%9F%9A%A2%22")]
    [InlineData("${x:percentencode}", "a%2Fb%3Fc%3D%22d%20%F0%9F%9A%A2%22")]
    [InlineData("${x:json}", "\"a/b?c=\\\"d \\uD83D\\uDEA2\\\"\"")]
    [InlineData("${x:doublequote}", "\"a/b?c=\\\"d 🚢\\\"\"")]
    [InlineData("${x:html}", "a/b?c=&quot;d 🚢&quot;")]
    [InlineData("${x:lucene}", "a\\/b\\?c\\=\\\"d 🚢\\\"")]
    [InlineData("${x:glob}", "a/b?c=\"d 🚢\"")]
    [InlineData("${x:customqueryparam:who}", "who=a%2Fb%3Fc%3D%22d%20%F0%9F%9A%A2%22")]
    [InlineData("${x:customqueryparam}", "x=a%2Fb%3Fc%3D%22d%20%F0%9F%9A%A2%22")]
    [InlineData("${x:date}", "a/b?c=\"d 🚢\"")]
    public async Task One_value_with_special_characters_is_escaped_by_its_format(string text, string expected) =>
        Assert.Equal(expected, await Make.TitleAsync("{'name':'x','type':'textbox','query':''}", text, ("x", ["a/b?c=\"d 🚢\""])));

    [Theory]
    [InlineData("YY-M-D H:m:s", "23-11-14 22:13:20")]
    [InlineData("dddd ddd, MMMM MMM", "Tuesday Tue, November Nov")]
    [InlineData("hh h A ss SSS", "10 10 PM 20 000")]
    [InlineData("[at] HH [h]", "at 22 h")]
    [InlineData("Z ZZ [open", "+00:00 +0000 [open")]
    public async Task Times_are_written_by_the_patterns_of_Grafana(string pattern, string expected) =>
        Assert.Equal(expected, await Make.TitleAsync(Single, $"${{__from:date:{pattern}}}"));

    [Fact]
    public async Task The_own_value_of_All_is_put_in_as_it_is() => Assert.Equal(
        "up{a=~\".+\"}",
        await Make.ExpressionAsync("{'name':'x','type':'custom','query':'a,b','multi':true,'includeAll':true,'allValue':'.+'}", "up{a=~\"$x\"}", ("x", ["$__all"])));

    [Theory]
    [InlineData("${__from}", "1700000000000")]
    [InlineData("${__from:date}", "2023-11-14T22:13:20.000Z")]
    [InlineData("${__from:date:iso}", "2023-11-14T22:13:20.000Z")]
    [InlineData("${__from:date:seconds}", "1700000000")]
    [InlineData("${__to:date:YYYY-MM-DD HH:mm}", "2023-11-14 23:13")]
    [InlineData("$__dashboard ${__dashboard.uid}", "Board b")]
    [InlineData("$__range $__range_s $__range_ms", "3600s 3600 3600000")]
    [InlineData("${__url_time_range}", "from=1700000000000&to=1700003600000")]
    [InlineData("${__all_variables}", "var-x=a.b&var-x=c%20d")]
    [InlineData("${__field.labels.job} ${__value.raw}", "${__field.labels.job} ${__value.raw}")]
    public async Task What_every_dashboard_has_is_filled_in(string text, string expected) =>
        Assert.Equal(expected, await Make.TitleAsync(Multi, text, ("x", ["a.b", "c d"])));
}
