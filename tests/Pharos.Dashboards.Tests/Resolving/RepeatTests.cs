using Pharos.Dashboards.Model;
using Pharos.Dashboards.Resolving;

namespace Pharos.Dashboards.Tests.Resolving;

public class RepeatTests
{
    private const string Hosts = "{'name':'host','type':'custom','query':'a,b,c','multi':true,'includeAll':true}";

    [Fact]
    public async Task A_panel_is_repeated_beside_itself_and_what_is_below_moves_down()
    {
        ResolvedDashboard resolved = await ResolveAsync(
            "{'id':1,'type':'stat','title':'CPU $host','repeat':'host','maxPerRow':2,'gridPos':{'x':0,'y':0,'w':6,'h':4},'targets':[{'expr':'up{h=\\'$host\\'}'}]},{'id':2,'type':'text','gridPos':{'x':0,'y':4,'w':24,'h':2}}");
        Assert.Equal(["CPU a", "CPU b", "CPU c", ""], resolved.Panels.Select(static p => p.Title));
        Assert.Equal(
            [new GridPosition(0, 0, 12, 4), new GridPosition(12, 0, 12, 4), new GridPosition(0, 4, 12, 4), new GridPosition(0, 8, 24, 2)],
            resolved.Panels.Select(static p => p.Grid));
        Assert.Equal("up{h=\"a\"}", Assert.Single(resolved.Panels[0].Targets).Expr);
        Assert.Equal(4, resolved.Panels.Select(static p => p.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_panel_may_be_repeated_downwards()
    {
        ResolvedDashboard resolved = await ResolveAsync("{'id':1,'type':'text','repeat':'host','repeatDirection':'v','gridPos':{'x':3,'y':1,'w':5,'h':4}}");
        Assert.Equal([new GridPosition(3, 1, 5, 4), new GridPosition(3, 5, 5, 4), new GridPosition(3, 9, 5, 4)], resolved.Panels.Select(static p => p.Grid));
    }

    [Fact]
    public async Task Only_the_chosen_values_are_repeated()
    {
        ResolvedDashboard resolved = await ResolveAsync("{'id':1,'type':'text','title':'$host','repeat':'host'}", ("host", ["c"]));
        ResolvedPanel panel = Assert.Single(resolved.Panels);
        Assert.Equal(("c", "1", 24), (panel.Title, panel.Key, panel.Grid.W));
    }

    [Fact]
    public async Task A_row_is_repeated_with_its_panels()
    {
        ResolvedDashboard resolved = await ResolveAsync("""
            {'id':1,'type':'row','title':'Host $host','repeat':'host','gridPos':{'x':0,'y':0,'w':24,'h':1}},{'id':2,'type':'text','title':'$host','gridPos':{'x':0,'y':1,'w':24,'h':3}},
            {'id':3,'type':'row','title':'Rest','gridPos':{'x':0,'y':4,'w':24,'h':1}},{'id':4,'type':'text','gridPos':{'x':0,'y':5,'w':24,'h':2}}
            """, ("host", ["a", "b"]));
        Assert.Equal(["Host a", "a", "Host b", "b", "Rest", ""], resolved.Panels.Select(static p => p.Title));
        Assert.Equal([0, 1, 4, 5, 8, 9], resolved.Panels.Select(static p => p.Grid.Y));
        Assert.Equal(["1.r0", "2.r0", "1.r1", "2.r1", "3", "4"], resolved.Panels.Select(static p => p.Key));
    }

    [Fact]
    public async Task A_collapsed_row_keeps_its_panels_within()
    {
        ResolvedDashboard resolved = await ResolveAsync("{'id':1,'type':'row','collapsed':true,'repeat':'host','panels':[{'id':2,'type':'text','title':'$host'}]}", ("host", ["a", "b"]));
        Assert.Equal(["a", "b"], resolved.Panels.Select(static row => Assert.Single(row.Panels).Title));
    }

    [Fact]
    public async Task Too_many_copies_are_cut_and_told()
    {
        Dashboard dashboard = Make.Dashboard("{'title':'R','panels':[{'id':1,'type':'text','title':'P','repeat':'n'}],'templating':{'list':[{'name':'n','type':'query','query':'label_values(n)','multi':true,'includeAll':true}]}}");
        var source = new FakeVariableSource { Answers = { ["values n"] = [.. Enumerable.Range(0, 300).Select(static i => $"v{i}")] } };
        ResolvedDashboard resolved = await Make.ResolveAsync(dashboard, source);
        Assert.Equal(DashboardLimits.MaxRepeats, resolved.Panels.Count);
        Assert.Equal("it is to be repeated 300 times for n: 200 are shown", Assert.Single(resolved.Problems).Message);
    }

    [Fact]
    public async Task A_thousand_panels_that_are_repeated_end_at_a_bound()
    {
        string panels = string.Join(',', Enumerable.Range(1, 1000).Select(static i => $"{{'id':{i},'type':'text','repeat':'host'}}"));
        ResolvedDashboard resolved = await ResolveAsync(panels);
        Assert.Equal(DashboardLimits.MaxPanels, resolved.Panels.Count);
        Assert.Contains("more than 2000 panels", Assert.Single(resolved.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_for_a_variable_that_is_not_there_is_told()
    {
        ResolvedDashboard resolved = await ResolveAsync("{'id':1,'type':'text','title':'P','repeat':'nobody'}");
        Assert.Single(resolved.Panels);
        Assert.Equal(1, Assert.Single(resolved.Problems).PanelId);
    }

    private static Task<ResolvedDashboard> ResolveAsync(string panels, params (string Name, string[] Values)[] chosen) =>
        Make.ResolveAsync(Make.Dashboard($"{{'title':'R','panels':[{panels.Replace("\\'", "\\u0022", StringComparison.Ordinal)}],'templating':{{'list':[{Hosts}]}}}}"), null, chosen);
}
