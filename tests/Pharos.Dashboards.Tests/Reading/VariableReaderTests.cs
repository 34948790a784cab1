using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Tests.Reading;

public class VariableReaderTests
{
    [Fact]
    public void All_that_a_variable_says_is_read()
    {
        Variable variable = Assert.Single(Read("""
            {'name':'job','label':'Job','type':'query','query':{'query':'label_values(up, job)','refId':'x'},'multi':true,'includeAll':true,'allValue':'.+','regex':'/(.*)/','sort':3,'hide':1,
             'current':{'text':['A','B'],'value':['a','b']}}
            """).Variables);
        Assert.Equal(("job", "Job", VariableType.Query, "label_values(up, job)", true, true, ".+", "/(.*)/", 3, 1), (
            variable.Name, variable.Label, variable.Type, variable.Query, variable.Multi, variable.IncludeAll, variable.CustomAll, variable.Regex, variable.Sort, variable.Hide));
        Assert.Equal(["a", "b"], variable.Current);
    }

    [Theory]
    [InlineData("{'qryType':0}", "label_names()")]
    [InlineData("{'qryType':1,'metric':'up','label':'job'}", "label_values(up, job)")]
    [InlineData("{'qryType':1,'label':'job'}", "label_values(job)")]
    [InlineData("{'qryType':2,'metric':'node_.*'}", "metrics(node_.*)")]
    [InlineData("{'qryType':3,'varQuery':'sum(up)'}", "query_result(sum(up))")]
    [InlineData("{'qryType':4,'seriesQuery':'up'}", "up")]
    public void A_question_in_fields_becomes_one_in_words(string query, string expected) =>
        Assert.Equal(expected, Assert.Single(Read($"{{'name':'x','type':'query','query':{query}}}").Variables).Query);

    [Theory]
    [InlineData("adhoc")]
    [InlineData("groupby")]
    [InlineData("switch")]
    public void A_kind_that_is_not_built_is_listed(string type)
    {
        Dashboard dashboard = Read($"{{'name':'x','type':'{type}'}}");
        Assert.Empty(dashboard.Variables);
        DashboardProblem problem = Assert.Single(dashboard.Problems);
        Assert.Equal(("x", $"variable type {type}"), (problem.Variable, problem.Feature));
    }

    [Fact]
    public void A_variable_of_another_data_source_is_listed() =>
        Assert.Equal("data source loki", Assert.Single(Read("{'name':'x','type':'query','query':'a','datasource':{'type':'loki','uid':'l'}}").Problems).Feature);

    [Fact]
    public void Of_two_with_one_name_the_first_counts_and_the_other_is_listed()
    {
        Dashboard dashboard = Read("{'name':'x','type':'constant','query':'1'},{'name':'x','type':'constant','query':'2'}");
        Assert.Equal("1", Assert.Single(dashboard.Variables).Query);
        Assert.Equal("x", Assert.Single(dashboard.Problems).Variable);
    }

    private static Dashboard Read(string variables) => Make.Dashboard($"{{'title':'V','panels':[],'templating':{{'list':[{variables}]}}}}");
}
