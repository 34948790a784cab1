using Pharos.Core.Matching;

namespace Pharos.Core.Tests.Matching;

public sealed class ReplacementRegexTests
{
    [Theory]
    [InlineData("(a|ab)(c|bcd)(d*)", "abcd", "a|bcd|")]
    [InlineData("(a+)(b*)", "aab", "aa|b|")]
    [InlineData("(a*?)(a*)", "aaa", "|aaa|")]
    [InlineData("(?U)(a+)(a*)", "aaa", "a|aa|")]
    [InlineData("(a{2,3}?)(a*)", "aaaa", "aa|aa|")]
    [InlineData("(|a)*", "aa", "a||")]
    [InlineData("(|a)+", "aa", "a||")]
    [InlineData("((a)|b)*", "ab", "b|a|")]
    [InlineData("(?:a(b)?)+", "aba", "b||")]
    [InlineData("(x)?y", "y", "||")]
    [InlineData("(.+)(.+)", "x😀", "x|😀|")]
    [InlineData("(.)(.)", "😀a", "😀|a|")]
    [InlineData("(.*)", "a\nb", "a\nb||")]
    [InlineData("(a){0}(b)", "b", "|b|")]
    [InlineData("some-([^-]+)-([^,]+)", "some-name-value", "name|value|")]
    public void Groups_capture_as_in_Go(string pattern, string value, string expected)
    {
        Assert.Equal(expected, ReplacementRegex.Parse(pattern).Expand(value, "$1|$2|$3"));
    }

    [Theory]
    [InlineData("$1x", "")]
    [InlineData("${1}x", "aax")]
    [InlineData("$n-${n}-$n_", "aa-aa-")]
    [InlineData("$$1", "$1")]
    [InlineData("$$$1", "$aa")]
    [InlineData("$", "$")]
    [InlineData("${", "${")]
    [InlineData("${n", "${n")]
    [InlineData("${}", "${}")]
    [InlineData("$ 1", "$ 1")]
    [InlineData("a$", "a$")]
    [InlineData("$01", "")]
    [InlineData("$3", "")]
    [InlineData("$99999999999", "")]
    [InlineData("[$0]", "[aab]")]
    [InlineData("plain", "plain")]
    public void Templates_expand_as_in_Go(string template, string expected)
    {
        Assert.Equal(expected, ReplacementRegex.Parse("(?P<n>a+)(b*)").Expand("aab", template));
    }

    [Fact]
    public void A_name_given_twice_means_the_group_that_took_part()
    {
        ReplacementRegex regex = ReplacementRegex.Parse("(?P<n>a)|(?P<n>b)");

        Assert.Equal("a", regex.Expand("a", "$n"));
        Assert.Equal("b", regex.Expand("b", "$n"));
    }

    [Fact]
    public void A_value_that_does_not_match_expands_to_nothing()
    {
        Assert.Null(ReplacementRegex.Parse("(a+)").Expand("ab", "$1"));
        Assert.Null(ReplacementRegex.Parse("(a+)").Expand("ab", "plain"));
        Assert.False(ReplacementRegex.Parse("a").IsMatch("ba"));
    }

    [Theory]
    [InlineData("xxb", "|b")]
    [InlineData("axx", "|")]
    [InlineData("xxx", null)]
    public void A_pattern_that_closes_the_anchoring_group_searches_as_upstream(string value, string? expected)
    {
        Assert.Equal(expected, ReplacementRegex.Parse("a)|(b").Expand(value, "|$1"));
    }

    [Fact]
    public void Errors_show_the_pattern_with_its_anchors()
    {
        Assert.Equal("error parsing regexp: missing closing ): `^(?s:(abc)$`", Assert.Throws<RegexSyntaxException>(() => ReplacementRegex.Parse("(abc")).Message);
    }

    [Fact]
    public void A_long_value_is_searched_in_bounded_memory()
    {
        ReplacementRegex regex = ReplacementRegex.Parse("(.*?)([a-z]+)([0-9]{1,50})(x?)");
        string value = new string('#', 200_000) + "abc" + new string('7', 30);

        Assert.Equal("abc-" + new string('7', 30), regex.Expand(value, "$2-$3"));
    }

    [Fact]
    public void More_groups_than_can_be_tracked_are_refused()
    {
        Assert.Throws<RegexSyntaxException>(() => ReplacementRegex.Parse(string.Concat(Enumerable.Repeat("(a)", 5_000))));
    }
}
