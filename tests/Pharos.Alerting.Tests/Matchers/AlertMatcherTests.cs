using Pharos.Alerting.Matchers;
using Pharos.Core.Labels;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Alerting.Tests.Matchers;

public class AlertMatcherTests
{
    [Fact]
    public void A_dot_does_not_match_a_line_feed_unless_the_pattern_says_so()
    {
        Assert.False(new AlertMatcher(MatchType.Match, "a", "foo.bar").Matches("foo\nbar"));
        Assert.True(new AlertMatcher(MatchType.Match, "a", "(?s)foo.bar").Matches("foo\nbar"));
    }

    [Fact]
    public void An_absent_label_is_the_empty_one()
    {
        var labels = Labels.Of("a", "1");

        Assert.True(new AlertMatcher(MatchType.Equal, "b", "").Matches(labels));
        Assert.True(new AlertMatcher(MatchType.NotEqual, "b", "x").Matches(labels));
        Assert.False(new AlertMatcher(MatchType.Match, "b", ".+").Matches(labels));
        Assert.True(new AlertMatcher(MatchType.NotMatch, "b", ".+").Matches(labels));
    }

    [Theory]
    [InlineData("a", "x\"y\\z\n", "a=\"x\\\"y\\\\z\\n\"")]
    [InlineData("a b", "x\t", "\"a b\"=\"x\\t\"")]
    [InlineData("ä", "x\t", "ä=\"x\t\"")]
    public void The_text_form_is_upstreams(string name, string value, string expected) => Assert.Equal(expected, new AlertMatcher(MatchType.Equal, name, value).ToString());

    [Fact]
    public void Lists_are_sorted_by_name_then_value_then_type()
    {
        IEnumerable<AlertMatcher> matchers =
        [
            new(MatchType.NotEqual, "b", "1"),
            new(MatchType.Equal, "b", "1"),
            new(MatchType.Equal, "b", "0"),
            new(MatchType.Match, "a", "9"),
        ];

        Assert.Equal("{a=~\"9\",b=\"0\",b=\"1\",b!=\"1\"}", AlertMatchers.Sorted(matchers).Format());
    }

    [Theory]
    [InlineData(false, true, MatchType.Equal)]
    [InlineData(false, false, MatchType.NotEqual)]
    [InlineData(true, true, MatchType.Match)]
    [InlineData(true, false, MatchType.NotMatch)]
    public void The_flags_of_the_api_are_types(bool isRegex, bool isEqual, MatchType type) => Assert.Equal(type, AlertMatcher.Of("a", "b", isRegex, isEqual).Type);
}
