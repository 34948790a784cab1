using System.Text;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Reading;

namespace Pharos.Dashboards.Tests.Reading;

public class DashboardReaderTests
{
    [Fact]
    public void A_plain_dashboard_is_read_with_all_that_describes_it()
    {
        Dashboard dashboard = Make.Dashboard("""
            {'title':'Shop','uid':'shop','tags':['a','b'],'version':7,'time':{'from':'now-2h','to':'now'},'refresh':'30s','timezone':'utc','graphTooltip':1,
             'editable':false,'links':[{'title':'Docs','url':'https://x.example','targetBlank':true}],'panels':[{'id':3,'type':'text','title':'Hello','gridPos':{'x':2,'y':1,'w':6,'h':4}}]}
            """);
        Assert.Equal(("Shop", "shop", 7, "now-2h", "30s", "utc", 1, false), (dashboard.Title, dashboard.Uid, dashboard.Version, dashboard.From, dashboard.Refresh, dashboard.Timezone, dashboard.GraphTooltip, dashboard.Editable));
        Assert.Equal(["a", "b"], dashboard.Tags);
        Assert.True(Assert.Single(dashboard.Links).NewTab);
        Assert.Equal(new GridPosition(2, 1, 6, 4), Assert.Single(dashboard.Panels).Grid);
        Assert.Empty(dashboard.Problems);
    }

    [Theory]
    [InlineData("{'dashboard':{'title':'W','panels':[]}}")]
    [InlineData("{'dashboard':{'title':'W','panels':[]},'meta':{'slug':'w'},'overwrite':true}")]
    [InlineData("{'apiVersion':'dashboard.grafana.app/v1beta1','kind':'Dashboard','metadata':{'name':'w'},'spec':{'title':'W','panels':[]}}")]
    public void What_is_wrapped_around_a_dashboard_is_taken_off(string json) => Assert.Equal("W", Make.Dashboard(json).Title);

    [Fact]
    public void The_schema_v2_is_refused_by_name()
    {
        var error = Assert.Throws<DashboardException>(() => Make.Dashboard("{'apiVersion':'dashboard.grafana.app/v2beta1','kind':'Dashboard','spec':{'title':'W','elements':{},'layout':{}}}"));
        Assert.Contains("schema v2 (dashboard.grafana.app/v2beta1)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"title\": \"x\",\n  \"panels\": [}\n", 3, 14)]
    [InlineData("{\"panels\": [", 1, 13)]
    [InlineData("[]", 1, 1)]
    public void Broken_JSON_is_an_error_with_its_place(string json, int line, int column)
    {
        var error = Assert.Throws<DashboardException>(() => DashboardReader.Read(Encoding.UTF8.GetBytes(json), DatasourceDirectory.Empty));
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void Something_else_is_no_dashboard() =>
        Assert.Contains("neither panels nor rows", Assert.Throws<DashboardException>(() => Make.Dashboard("{'name':'x'}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Nesting_size_and_panels_have_bounds()
    {
        string deep = "{\"panels\":" + new string('[', 200) + new string(']', 200) + "}";
        Assert.Throws<DashboardException>(() => DashboardReader.Read(Encoding.UTF8.GetBytes(deep), DatasourceDirectory.Empty));
        Assert.Contains("bytes", Assert.Throws<DashboardException>(() => DashboardReader.Read(new byte[DashboardLimits.MaxBytes + 1], DatasourceDirectory.Empty)).Message, StringComparison.Ordinal);
        string many = string.Join(',', Enumerable.Repeat("{'type':'text'}", DashboardLimits.MaxPanels + 1));
        Assert.Contains("more than 2000 panels", Assert.Throws<DashboardException>(() => Make.Panels(many)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_panels_are_read_each_with_its_own_id()
    {
        Dashboard dashboard = Make.Panels(string.Join(',', Enumerable.Repeat("{'id':1,'type':'stat','targets':[{'expr':'up'}]}", 1000)));
        Assert.Equal(1000, dashboard.Panels.Select(static panel => panel.Id).Distinct().Count());
        Assert.Equal(1000, dashboard.PanelCount);
    }

    [Fact]
    public void A_text_that_is_no_Unicode_is_refused_and_not_a_crash()
    {
        byte[] half = Encoding.UTF8.GetBytes("{\"title\":\"\\ud800\",\"panels\":[]}");
        byte[] name = Encoding.UTF8.GetBytes("{\"\\udc00\":1,\"panels\":[]}");
        byte[] bytes = [.. "{\"title\":\""u8, 0xFF, .. "\",\"panels\":[]}"u8];
        foreach (byte[] file in new[] { half, name, bytes })
        {
            Assert.Contains("no Unicode", Assert.Throws<DashboardException>(() => DashboardReader.Read(file, DatasourceDirectory.Empty)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_two_members_of_one_name_the_last_counts() => Assert.Equal("second", Make.Dashboard("{'title':'first','title':'second','panels':[]}").Title);

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_file() =>
        Assert.Equal("B", DashboardReader.Read(Encoding.UTF8.GetBytes("\uFEFF{\"title\":\"B\",\"panels\":[]}"), DatasourceDirectory.Empty).Title);

    [Fact]
    public void Annotations_of_their_own_are_listed_and_the_built_in_ones_are_not()
    {
        Dashboard dashboard = Make.Dashboard("""
            {'title':'A','panels':[],'annotations':{'list':[{'builtIn':1,'name':'Annotations & Alerts','datasource':'-- Grafana --'},{'name':'deploys','datasource':'$ds','expr':'changes(x[1m])'}]}}
            """);
        DashboardProblem problem = Assert.Single(dashboard.Problems);
        Assert.Equal("annotation query", problem.Feature);
        Assert.Contains("deploys", problem.Message, StringComparison.Ordinal);
    }
}
