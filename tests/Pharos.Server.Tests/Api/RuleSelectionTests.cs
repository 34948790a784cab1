using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Pharos.PromQL.Syntax;
using Pharos.Rules.Views;
using Pharos.Server.Api;

namespace Pharos.Server.Tests.Api;

public sealed class RuleSelectionTests
{
    private static readonly RuleGroupView[] Groups =
    [
        RuleViews.Group("a.yml", "one", RuleViews.Recording("r1", ("team", "x")), RuleViews.Alerting("A1", ("team", "y"))),
        RuleViews.Group("a.yml", "two", RuleViews.Alerting("A2", ("severity", "page"))),
        RuleViews.Group("b.yml", "one", RuleViews.Recording("r2")),
        RuleViews.Group("b.yml", "empty"),
    ];

    [Theory]
    [InlineData("", "a.yml/one/r1 a.yml/one/A1 a.yml/two/A2 b.yml/one/r2")]
    [InlineData("?type=alert", "a.yml/one/A1 a.yml/two/A2")]
    [InlineData("?type=RECORD", "a.yml/one/r1 b.yml/one/r2")]
    [InlineData("?rule_name[]=r1&rule_name[]=A2", "a.yml/one/r1 a.yml/two/A2")]
    [InlineData("?rule_group[]=one", "a.yml/one/r1 a.yml/one/A1 b.yml/one/r2")]
    [InlineData("?file[]=b.yml", "b.yml/one/r2")]
    [InlineData("?rule_group[]=one&file[]=a.yml&type=alert&rule_name[]=A1", "a.yml/one/A1")]
    [InlineData("?match[]={team=~\"x|y\"}", "a.yml/one/r1 a.yml/one/A1")]
    [InlineData("?match[]={team=\"x\"}&match[]={severity=\"page\"}", "a.yml/one/r1 a.yml/two/A2")]
    [InlineData("?rule_name[]=none", "")]
    public async Task Each_parameter_selects_and_groups_without_a_rule_are_left_out(string query, string expected) =>
        Assert.Equal(expected, Names(await PageAsync(query)));

    [Fact]
    public async Task Pages_follow_one_another_by_their_tokens()
    {
        RulePage first = await PageAsync("?group_limit=1");
        RulePage second = await PageAsync("?group_limit=1&group_next_token=" + first.NextToken);
        RulePage third = await PageAsync("?group_limit=5&group_next_token=" + second.NextToken);

        Assert.Equal("a.yml/one/r1 a.yml/one/A1", Names(first));
        Assert.Equal("a.yml/two/A2", Names(second));
        Assert.Equal(("b.yml/one/r2", ""), (Names(third), third.NextToken));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("a.yml;two"u8)), first.NextToken);
    }

    [Theory]
    [InlineData("?exclude_alerts=TRUE", true)]
    [InlineData("?exclude_alerts=1", true)]
    [InlineData("?exclude_alerts=f", false)]
    [InlineData("", false)]
    public async Task Alerts_can_be_left_out(string query, bool excludes) => Assert.Equal(excludes, (await ReadAsync(query)).ExcludesAlerts);

    [Theory]
    [InlineData("?type=foo", "invalid parameter \"type\": not supported value \"foo\"")]
    [InlineData("?exclude_alerts=x", "invalid parameter \"exclude_alerts\": error converting exclude_alerts: strconv.ParseBool: parsing \"x\": invalid syntax")]
    [InlineData("?group_limit=0", "invalid parameter \"group_limit\": group_limit needs to be greater than 0")]
    [InlineData("?group_limit=x", "invalid parameter \"group_limit\": group_limit needs to be a valid number: strconv.ParseInt: parsing \"x\": invalid syntax")]
    [InlineData("?group_limit=9999999999", "invalid parameter \"group_limit\": group_limit needs to be a valid number: strconv.ParseInt: parsing \"9999999999\": value out of range")]
    [InlineData("?group_next_token=x", "invalid parameter \"group_next_token\": group_limit needs to be present in order to paginate over the groups")]
    [InlineData("?group_limit=1&group_next_token=x", "invalid parameter \"group_next_token\": invalid group_next_token 'x'. were rule groups changed?")]
    [InlineData("?match[]={}", "match[] must contain at least one non-empty matcher")]
    [InlineData("?match[]=sum(", "1:4: parse error: unexpected \"(\"")]
    public async Task What_is_wrong_is_said_in_upstreams_words(string query, string error) =>
        Assert.StartsWith(error, (await Assert.ThrowsAsync<ApiParameterException>(() => PageAsync(query))).Message, StringComparison.Ordinal);

    private static async Task<RulePage> PageAsync(string query) => (await ReadAsync(query)).Apply(Groups);

    private static async Task<RuleSelection> ReadAsync(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return RuleSelection.Read(await RequestParameters.ReadAsync(context), ParserOptions.Default);
    }

    private static string Names(RulePage page) => string.Join(' ', page.Groups.SelectMany(static g => g.Rules.Select(r => $"{g.File}/{g.Name}/{r.Name}")));
}
