using Pharos.Dashboards.Model;
using Pharos.Dashboards.Resolving;
using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Tests.Variables;

public class VariableResolverTests
{
    private readonly FakeVariableSource _source = new();

    [Fact]
    public async Task Chained_variables_are_asked_in_the_order_of_their_dependencies()
    {
        _source.Answers["values namespace"] = ["kube-system", "shop"];
        _source.Answers["values pod kube_pod_info{namespace=\"shop\"}"] = ["cart-1", "cart-2"];
        IReadOnlyList<ResolvedVariable> variables = await ResolveAsync(
            "{'name':'pod','type':'query','query':'label_values(kube_pod_info{namespace=\\'$namespace\\'}, pod)','includeAll':true,'multi':true},{'name':'namespace','type':'query','query':'label_values(namespace)','current':{'value':'shop'}}");
        Assert.Equal(["values namespace", "values pod kube_pod_info{namespace=\"shop\"}"], _source.Asked);
        Assert.Equal(["pod", "namespace"], variables.Select(static v => v.Definition.Name));
        Assert.True(variables[0].IsAll);
        Assert.Equal(["cart-1", "cart-2"], variables[0].Effective.Select(static o => o.Value));
        Assert.Equal("shop", variables[1].Text);
    }

    [Theory]
    [InlineData("label_names()", "names")]
    [InlineData("label_names(up)", "names up")]
    [InlineData("label_values(job)", "values job")]
    [InlineData("label_values(up{a=\\'b\\',c=\\'d\\'}, job)", "values job up{a=\"b\",c=\"d\"}")]
    [InlineData("query_result(sum by (a) (up))", "result sum by (a) (up)")]
    [InlineData("up{job=\\'x\\'}", "series up{job=\"x\"}")]
    public async Task Every_question_is_understood(string query, string asked)
    {
        _source.Answers[asked] = ["v"];
        Assert.Equal("v", Assert.Single(await ResolveAsync($"{{'name':'x','type':'query','query':'{query}'}}")).Text);
    }

    [Fact]
    public async Task Metrics_are_chosen_by_a_regular_expression()
    {
        _source.Answers["values __name__"] = ["node_cpu", "up", "node_load1"];
        Assert.Equal(["node_cpu", "node_load1"], Assert.Single(await ResolveAsync("{'name':'x','type':'query','query':'metrics(node_.*)'}")).Options.Select(static o => o.Value));
    }

    [Theory]
    [InlineData("/web-(.*)/", "a,b")]
    [InlineData("/WEB-(.*)/i", "a,b")]
    [InlineData("web-.*", "web-a,web-b")]
    [InlineData("/^(?!web).*/", "db-a")]
    [InlineData("/(?<value>\\\\w+)-(?<text>\\\\w+)/", "web=a,db=a")]
    [InlineData("/nothing/", "")]
    public async Task A_regular_expression_chooses_options_and_their_part(string regex, string expected)
    {
        _source.Answers["values h"] = ["web-a", "web-b", "db-a"];
        ResolvedVariable variable = Assert.Single(await ResolveAsync($"{{'name':'x','type':'query','query':'label_values(h)','regex':'{regex}'}}"));
        Assert.Equal(expected, string.Join(',', variable.Options.Select(static o => o.Text == o.Value ? o.Value : $"{o.Value}={o.Text}")));
        Assert.Null(variable.Error);
    }

    [Theory]
    [InlineData("/(\\\\w+)-(\\\\w+)/g", "web,db")]
    [InlineData("/-(.)/g", "a,b")]
    [InlineData("/(?<text>\\\\w+)-.*/", "web,db")]
    [InlineData("/(?<value>.)$/", "a,b")]
    [InlineData("/x(y)?|web-a/", "")]
    public async Task Groups_of_a_regular_expression_give_text_and_value(string regex, string expected)
    {
        _source.Answers["values h"] = ["web-a", "web-b", "db-a"];
        ResolvedVariable variable = Assert.Single(await ResolveAsync($"{{'name':'x','type':'query','query':'label_values(h)','regex':'{regex}'}}"));
        Assert.Equal(expected, string.Join(',', variable.Options.Select(static o => o.Value)));
    }

    [Theory]
    [InlineData("/(/")]
    [InlineData("/a{99999999999}/")]
    public async Task A_regular_expression_that_is_none_is_told_at_its_variable(string regex)
    {
        _source.Answers["values h"] = ["a"];
        ResolvedVariable variable = Assert.Single(await ResolveAsync($"{{'name':'x','type':'query','query':'label_values(h)','regex':'{regex}'}}"));
        Assert.StartsWith($"the regular expression {regex} cannot be used", variable.Error, StringComparison.Ordinal);
        Assert.Empty(variable.Options);
    }

    [Theory]
    [InlineData("label_values()")]
    [InlineData("label_values(up{a=\\'b\\'})")]
    [InlineData("metrics(()")]
    public async Task A_question_that_is_none_is_told_at_its_variable(string query) =>
        Assert.NotNull(Assert.Single(await ResolveAsync($"{{'name':'x','type':'query','query':'{query}'}}")).Error);

    [Theory]
    [InlineData(0, "names job", "{'qryType':0,'metric':'job'}")]
    [InlineData(1, "values job up", "{'qryType':1,'metric':'up','label':'job'}")]
    [InlineData(1, "values job", "{'qryType':1,'label':'job'}")]
    [InlineData(2, "values __name__", "{'qryType':2,'metric':'.*'}")]
    [InlineData(3, "result up == 0", "{'qryType':3,'varQuery':'up == 0'}")]
    [InlineData(4, "series up", "{'qryType':4,'seriesQuery':'up'}")]
    [InlineData(5, "series up", "{'qryType':5,'expr':'up'}")]
    public async Task Questions_of_the_query_editor_are_those_of_the_text(int type, string asked, string query)
    {
        _source.Answers[asked] = [$"v{type}"];
        Assert.Equal($"v{type}", Assert.Single(await ResolveAsync($"{{'name':'x','type':'query','query':{query}}}")).Text);
        Assert.Equal([asked], _source.Asked);
    }

    [Theory]
    [InlineData("'1d'", 30, "10s", "1d", "2m")]
    [InlineData("'1d'", 1, "10s", "1d", "1h")]
    [InlineData("'1d'", 3600, "1s", "1d", "1s")]
    [InlineData("'1d'", 30, "90s", "1d", "2m")]
    [InlineData("'1d'", 3600, "70s", "1d", "70s")]
    [InlineData("'1d'", 30, "nonsense", "1d", "2m")]
    public async Task Auto_is_the_range_in_so_many_round_steps_and_not_below_the_least(string list, int count, string least, string second, string expected)
    {
        ResolvedVariable variable = Assert.Single(await ResolveAsync($"{{'name':'step','type':'interval','query':{list},'auto':true,'auto_count':{count},'auto_min':'{least}','current':{{'value':'auto'}}}}"));
        Assert.Equal((second, expected), (variable.Options[1].Text, variable.AutoInterval));
    }

    [Theory]
    [InlineData(0, "b10,a2,B1,b2")]
    [InlineData(1, "B1,a2,b10,b2")]
    [InlineData(2, "b2,b10,a2,B1")]
    [InlineData(3, "B1,a2,b2,b10")]
    [InlineData(4, "b10,b2,a2,B1")]
    [InlineData(5, "a2,B1,b10,b2")]
    [InlineData(6, "b2,b10,B1,a2")]
    [InlineData(7, "B1,a2,b2,b10")]
    [InlineData(8, "b10,b2,a2,B1")]
    public async Task Options_are_sorted_in_nine_ways(int sort, string expected)
    {
        _source.Answers["values h"] = ["b10", "a2", "B1", "b2"];
        ResolvedVariable variable = Assert.Single(await ResolveAsync($"{{'name':'x','type':'query','query':'label_values(h)','sort':{sort}}}"));
        Assert.Equal(expected, string.Join(',', variable.Options.Select(static o => o.Value)));
    }

    [Fact]
    public async Task A_list_in_the_file_may_name_texts_and_escape_commas()
    {
        ResolvedVariable variable = Assert.Single(await ResolveAsync("{'name':'x','type':'custom','query':'One : 1, two, a\\\\,b'}"));
        Assert.Equal([new VariableOption("One", "1"), new VariableOption("two", "two"), new VariableOption("a,b", "a,b")], variable.Options);
        Assert.Equal("One", variable.Text);
    }

    [Fact]
    public async Task An_interval_may_be_chosen_by_the_range()
    {
        const string Interval = "{'name':'step','type':'interval','query':'1m,10m,1h','auto':true,'auto_count':30,'auto_min':'10s','current':{'value':'$__auto_interval_step'}}";
        ResolvedVariable variable = Assert.Single(await ResolveAsync(Interval));
        Assert.Equal(["auto", "1m", "10m", "1h"], variable.Options.Select(static o => o.Text));
        Assert.Equal("2m", variable.AutoInterval);
        Assert.Equal("rate(up[2m])", await Make.ExpressionAsync(Interval, "rate(up[$step])"));
        Assert.Equal("rate(up[10m])", await Make.ExpressionAsync(Interval, "rate(up[${step}])", ("step", ["10m"])));
    }

    [Fact]
    public async Task Constants_texts_and_data_sources_have_their_value()
    {
        IReadOnlyList<ResolvedVariable> variables = await ResolveAsync(
            "{'name':'c','type':'constant','query':'k'},{'name':'t','type':'textbox','query':'typed'},{'name':'ds','type':'datasource','query':'prometheus','regex':'/prod/'},{'name':'l','type':'datasource','query':'loki'}",
            ("t", ["$t"]),
            ("c", ["changed"]));
        Assert.Equal(["k", "$t", "Pharos", ""], variables.Select(static v => v.Text));
        Assert.Equal(2, variables[0].Definition.Hide);
    }

    [Fact]
    public async Task Variables_that_lead_back_to_themselves_are_told_and_the_rest_goes_on()
    {
        _source.Answers["values c"] = ["fine"];
        IReadOnlyList<ResolvedVariable> variables = await ResolveAsync(
            "{'name':'a','type':'query','query':'label_values($b)'},{'name':'b','type':'query','query':'label_values($a)'},{'name':'self','type':'custom','query':'x,$self'},{'name':'c','type':'query','query':'label_values(c)'}");
        Assert.Equal("the variables lead back to themselves: a → b → a", variables[0].Error);
        Assert.Equal("the variables lead back to themselves: a → b → a", variables[1].Error);
        Assert.Equal("the variable refers to itself: self → self", variables[2].Error);
        Assert.Equal("fine", variables[3].Text);
    }

    [Fact]
    public async Task A_value_that_holds_a_variable_is_not_looked_at_again() =>
        Assert.Equal("$t ${t}", await Make.TitleAsync("{'name':'t','type':'textbox','query':''}", "$t", ("t", ["$t ${t}"])));

    [Fact]
    public async Task An_own_value_of_All_that_names_itself_is_a_clear_error()
    {
        var error = await Assert.ThrowsAsync<DashboardException>(
            () => Make.ExpressionAsync("{'name':'x','type':'custom','query':'a','includeAll':true,'allValue':'$x$x'}", "up{a=~\"$x\"}", ("x", ["$__all"])));
        Assert.Contains("leads back to itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_grows_out_of_bounds_is_a_clear_error()
    {
        string big = new('v', 60_000);
        var error = await Assert.ThrowsAsync<DashboardException>(
            () => Make.TitleAsync("{'name':'t','type':'textbox','query':''}", string.Concat(Enumerable.Repeat("$t ", 100)), ("t", [big])));
        Assert.Contains("more than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_fails_stands_at_its_variable_and_among_the_problems()
    {
        ResolvedDashboard resolved = await Make.ResolveAsync(Dashboard("{'name':'x','type':'query','query':'label_values(lost)','current':{'value':'was'}}"), _source);
        ResolvedVariable variable = Assert.Single(resolved.Variables);
        Assert.Equal(("nobody knows: values lost", "was"), (variable.Error, variable.Text));
        Assert.Equal("x", Assert.Single(resolved.Problems).Variable);
    }

    [Fact]
    public async Task What_the_caller_chose_is_taken_also_where_it_is_no_option()
    {
        ResolvedVariable variable = Assert.Single(await ResolveAsync("{'name':'x','type':'custom','query':'a,b','multi':true}", ("x", ["b", "gone"])));
        Assert.Equal(["b", "gone"], variable.Chosen.Select(static o => o.Value));
    }

    [Fact]
    public async Task Too_many_options_are_cut_and_counted()
    {
        _source.Answers["values h"] = [.. Enumerable.Range(0, DashboardLimits.MaxOptions + 5).Select(static i => $"v{i}")];
        ResolvedVariable variable = Assert.Single(await ResolveAsync("{'name':'x','type':'query','query':'label_values(h)'}"));
        Assert.Equal((DashboardLimits.MaxOptions, DashboardLimits.MaxOptions + 5), (variable.Options.Count, variable.Total));
    }

    private static Dashboard Dashboard(string variables) =>
        Make.Dashboard($"{{'title':'V','panels':[],'templating':{{'list':[{variables.Replace("\\'", "\\u0022", StringComparison.Ordinal)}]}}}}");

    private async Task<IReadOnlyList<ResolvedVariable>> ResolveAsync(string variables, params (string Name, string[] Values)[] chosen) =>
        (await Make.ResolveAsync(Dashboard(variables), _source, chosen)).Variables;
}
