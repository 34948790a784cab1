using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Tests.Reading;

public class PanelReaderTests
{
    [Theory]
    [InlineData("heatmap")]
    [InlineData("logs")]
    [InlineData("state-timeline")]
    [InlineData("some-plugin-panel")]
    public void A_kind_that_is_not_drawn_is_listed_with_the_panel(string type)
    {
        Panel panel = Make.Panel($"{{'id':5,'type':'{type}','title':'P'}}");
        Assert.Equal(PanelTypes.Unsupported, panel.Type);
        Assert.Equal(new DashboardProblem($"panel type {type}", $"panels of the type {type} are not drawn") { PanelId = 5, PanelTitle = "P" }, Assert.Single(panel.Problems));
    }

    [Fact]
    public void Queries_of_another_data_source_are_listed_and_the_others_asked()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'timeseries','datasource':{'type':'datasource','uid':'-- Mixed --'},'targets':[
              {'refId':'A','expr':'up','datasource':{'type':'prometheus','uid':'x'}},{'refId':'B','expr':'{app="x"}','datasource':{'type':'loki','uid':'l'}}]}
            """.Replace("\"x\"", "x", StringComparison.Ordinal));
        Assert.Equal("A", Assert.Single(panel.Targets).RefId);
        Assert.Equal("data source loki", Assert.Single(panel.Problems).Feature);
        Assert.Equal("timeseries", panel.Type);
    }

    [Fact]
    public void A_panel_of_another_data_source_alone_is_not_drawn_as_empty()
    {
        Panel panel = Make.Panel("{'id':1,'type':'stat','datasource':{'type':'mysql','uid':'m'},'targets':[{'refId':'A','rawSql':'select 1'}]}");
        Assert.Equal(PanelTypes.Unsupported, panel.Type);
        Assert.Equal("data source mysql", Assert.Single(panel.Problems).Feature);
    }

    [Theory]
    [InlineData("'Prometheus'")]
    [InlineData("null")]
    [InlineData("'default'")]
    [InlineData("'$ds'")]
    [InlineData("'${ds}'")]
    [InlineData("'[[ds]]'")]
    [InlineData("{'uid':'${DS_PROM}'}")]
    [InlineData("{'type':'prometheus','uid':'of-another-grafana'}")]
    public void All_the_ways_to_name_the_Prometheus_mean_this_server(string reference)
    {
        Dashboard dashboard = Make.Dashboard($$"""
            {'title':'D','__inputs':[{'name':'DS_PROM','type':'datasource','pluginId':'prometheus'}],'templating':{'list':[{'name':'ds','type':'datasource','query':'prometheus'}]},
             'panels':[{'id':1,'type':'stat','datasource':{{reference}},'targets':[{'expr':'up'}]}]}
            """);
        Assert.Single(Assert.Single(dashboard.Panels).Targets);
        Assert.Empty(dashboard.Problems);
    }

    [Fact]
    public void Transformations_that_are_built_are_kept_and_others_listed()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'table','transformations':[{'id':'organize','options':{'excludeByName':{}}},{'id':'groupingToMatrix','options':{}},{'id':'merge','disabled':true},{'id':'seriesToColumns','options':{'byField':'Time'}}]}
            """);
        Assert.Equal(["organize", "joinByField"], panel.Transformations.Select(static t => t.Id));
        Assert.Equal("transformation groupingToMatrix", Assert.Single(panel.Problems).Feature);
    }

    [Fact]
    public void Options_settings_and_overrides_that_are_not_drawn_are_listed()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'timeseries','options':{'legend':{'showLegend':true},'somethingNew':'on','alsoNew':false},'fieldConfig':{'defaults':{'unit':'s','custom':{'lineWidth':2,'lineInterpolation':'smooth'}},
             'overrides':[{'matcher':{'id':'byMagic','options':'x'},'properties':[{'id':'custom.sparkles','value':true},{'id':'unit','value':'s'}]}]}}
            """);
        Assert.Equal(
            ["timeseries option somethingNew", "smooth lines", "override matcher byMagic", "override custom.sparkles"],
            panel.Problems.Select(static problem => problem.Feature));
    }

    [Fact]
    public void What_a_list_of_alerts_asks_beyond_names_states_and_order_is_listed()
    {
        Panel plain = Make.Panel("""{'id':1,'type':'alertlist','options':{'alertName':'a','maxItems':5,'sortOrder':3,'stateFilter':{'firing':true},'viewMode':'list','groupBy':[],'groupMode':'default','folder':''}}""");
        Panel asking = Make.Panel("""{'id':1,'type':'alertlist','options':{'viewMode':'stat','groupBy':['job'],'alertInstanceLabelFilter':'a=b','dashboardAlerts':true}}""");

        Assert.Empty(plain.Problems);
        Assert.Equal(
            ["alertlist option viewMode", "alertlist option groupBy", "alertlist option alertInstanceLabelFilter", "alertlist option dashboardAlerts"],
            asking.Problems.Select(static problem => problem.Feature));
    }

    [Fact]
    public void Links_of_data_and_limits_that_are_series_are_listed()
    {
        Panel panel = Make.Panel("""{'id':1,'type':'timeseries','options':{'dataLinks':[{'url':'x'}]},'fieldConfig':{'defaults':{'custom':{'thresholdsStyle':{'mode':'series'}}}}}""");
        Assert.Equal(["timeseries option dataLinks", "thresholds of series"], panel.Problems.Select(static problem => problem.Feature));
    }

    [Fact]
    public void Queries_get_names_of_their_own_and_say_whether_they_want_a_range()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'table','targets':[{'expr':'a','refId':'A','instant':true},{'expr':'b','refId':'A'},{'expr':'c','instant':true,'range':true,'format':'table'},{'expr':''}]}
            """);
        Assert.Equal(["A", "B", "C"], panel.Targets.Select(static t => t.RefId));
        Assert.Equal([false, true, true], panel.Targets.Select(static t => t.Range));
        Assert.Equal("table", panel.Targets[2].Format);
        Assert.Empty(panel.Problems);
    }

    [Fact]
    public void A_library_panel_is_drawn_from_its_model_and_listed_without_one()
    {
        Dashboard dashboard = Make.Dashboard("""
            {'title':'L','__elements':{'u1':{'model':{'type':'stat','title':'Known','targets':[{'expr':'up'}]}}},
             'panels':[{'id':1,'libraryPanel':{'uid':'u1','name':'Known'}},{'id':2,'libraryPanel':{'uid':'u2','name':'Lost'}}]}
            """);
        Assert.Equal(["stat", PanelTypes.Unsupported], dashboard.Panels.Select(static panel => panel.Type));
        Assert.Equal("panel type library panel", Assert.Single(dashboard.Problems).Feature);
    }

    [Fact]
    public void Copies_that_a_repeat_left_in_the_file_are_made_anew()
    {
        Dashboard dashboard = Make.Panels("{'id':1,'type':'stat','repeat':'x'},{'id':2,'type':'stat','repeatPanelId':1,'repeatIteration':5}");
        Assert.Equal(1, Assert.Single(dashboard.Panels).Id);
    }
}
