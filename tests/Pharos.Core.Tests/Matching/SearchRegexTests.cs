using Pharos.Core.Matching;

namespace Pharos.Core.Tests.Matching;

public class SearchRegexTests
{
    [Theory]
    [InlineData("a+", "xaay", true)]
    [InlineData("^a", "ba", false)]
    [InlineData("a$", "ba", true)]
    [InlineData("\\bfoo\\b", "a foo b", true)]
    [InlineData(".", "\n", false)]
    [InlineData("", "", true)]
    public void A_match_may_be_anywhere(string pattern, string text, bool expected) => Assert.Equal(expected, SearchRegex.Parse(pattern).IsMatch(text));

    [Theory]
    [InlineData("ab", "AB", "abcdabcda", "ABcdABcda")]
    [InlineData("(\\w)(\\d)", "$2$1", "a1 b2", "1a 2b")]
    [InlineData("(?P<x>a)", "<${x}>", "banana", "b<a>n<a>n<a>")]
    [InlineData("a*", "-", "baac", "-b-c-")]
    [InlineData("", "-", "\ud83d\ude00b", "-\ud83d\ude00-b-")]
    [InlineData("^a", "x", "aaa", "xaa")]
    [InlineData("\\b", "|", "ab cd", "|ab| |cd|")]
    [InlineData("z", "x", "abc", "abc")]
    [InlineData("a|ab", "x", "abab", "xbxb")]
    public void Every_match_is_replaced_as_Go_does(string pattern, string template, string text, string expected) =>
        Assert.Equal(expected, SearchRegex.Parse(pattern).ReplaceAll(text, template, 1000, CancellationToken.None));

    [Fact]
    public void A_result_that_is_too_long_is_none()
    {
        Assert.Null(SearchRegex.Parse("a").ReplaceAll(new string('a', 100), "0123456789", 999, CancellationToken.None));
        Assert.NotNull(SearchRegex.Parse("a").ReplaceAll(new string('a', 100), "0123456789", 1000, CancellationToken.None));
    }

    [Fact]
    public void A_pattern_that_is_not_valid_is_refused() => Assert.Throws<RegexSyntaxException>(() => SearchRegex.Parse("("));
}
