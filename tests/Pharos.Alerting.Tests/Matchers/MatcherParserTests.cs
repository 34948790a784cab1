using Pharos.Alerting.Matchers;

namespace Pharos.Alerting.Tests.Matchers;

public class MatcherParserTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("{foo=bar}", "{foo=\"bar\"}")]
    [InlineData(" foo = bar , baz != \"qux\" , ", "{foo=\"bar\",baz!=\"qux\"}")]
    [InlineData("{\"a b\"=~\"x.*\"}", "{\"a b\"=~\"x.*\"}")]
    [InlineData("{\"foo\"=\"\\xf0\\x9f\\x99\\x82\"}", "{foo=\"🙂\"}")]
    [InlineData("{foo=\"\\101\\u00e4\"}", "{foo=\"Aä\"}")]
    public void The_utf8_syntax_is_read(string input, string expected) => Assert.Equal(expected, new MatcherParser(MatcherMode.Utf8).ParseAll(input).Format());

    [Theory]
    [InlineData("{foo=bar", "0:8: end of input: expected close brace")]
    [InlineData("foo=bar}", "0:8: }: expected opening brace")]
    [InlineData("{foo!bar}", "4:5: !: expected one of '=~': expected an operator such as '=', '!=', '=~' or '!~'")]
    [InlineData("foo!", "3:4: unexpected end of input, expected one of '=~': expected an operator such as '=', '!=', '=~' or '!~'")]
    [InlineData("{foo=\"bar}", "5:10: \"bar}: missing end \": expected label value")]
    [InlineData("foo", "end of input: expected an operator such as '=', '!=', '=~' or '!~'")]
    [InlineData("{foo=bar} x", "10:11: x: expected end of input")]
    [InlineData("foo=~\"[\"", "failed to create matcher: error parsing regexp: missing closing ]: `[)$`")]
    [InlineData("foo='x'", "4:5: ': invalid input: expected label value")]
    public void The_utf8_syntax_says_where_it_ends(string input, string message) =>
        Assert.Equal(message, Assert.Throws<MatcherException>(() => new MatcherParser(MatcherMode.Utf8).ParseAll(input)).Message);

    [Theory]
    [InlineData("{a=\"b,c\",d=e}", "{a=\"b,c\",d=\"e\"}")]
    [InlineData("a=b\\d", "{a=\"b\\\\d\"}")]
    [InlineData("{quote=\"She said: \\\"Hi!\\\"\"}", "{quote=\"She said: \\\"Hi!\\\"\"}")]
    public void The_classic_syntax_is_lenient_about_backslashes(string input, string expected) => Assert.Equal(expected, new MatcherParser(MatcherMode.Classic).ParseAll(input).Format());

    [Fact]
    public void What_only_the_classic_syntax_takes_is_taken_with_a_warning()
    {
        var warnings = new List<string>();

        IReadOnlyList<AlertMatcher> matchers = new MatcherParser(MatcherMode.Fallback, warnings.Add).ParseAll("{foo=~\"\\d+\"}");

        Assert.Equal("\\d+", Assert.Single(matchers).Value);
        Assert.Contains("{foo=~\\\"\\\\d+\\\"}", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_syntaxes_disagree_the_classic_one_counts_with_a_warning()
    {
        var warnings = new List<string>();

        AlertMatcher matcher = new MatcherParser(MatcherMode.Fallback, warnings.Add).ParseOne("foo=\"\\xf0\\x9f\\x99\\x82\"");

        Assert.Equal("\\xf0\\x9f\\x99\\x82", matcher.Value);
        Assert.Single(warnings);
    }

    [Fact]
    public void What_neither_syntax_takes_is_refused_in_the_classic_words() =>
        Assert.Equal("bad matcher format: foo bar", Assert.Throws<MatcherException>(() => new MatcherParser().ParseAll("foo bar")).Message);

    [Fact]
    public void One_matcher_has_no_braces() =>
        Assert.Equal("unexpected open or close brace: {foo=bar}", Assert.Throws<MatcherException>(() => new MatcherParser().ParseOne("{foo=bar}")).Message);
}
