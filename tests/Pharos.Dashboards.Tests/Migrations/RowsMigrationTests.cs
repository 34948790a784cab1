using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Tests.Migrations;

public class RowsMigrationTests
{
    [Fact]
    public void Panels_of_rows_get_places_by_their_spans_and_heights()
    {
        Dashboard dashboard = Make.Dashboard("""
            {'title':'R','schemaVersion':14,'rows':[{'height':'250px','panels':[{'id':1,'type':'graph','span':6},{'id':2,'type':'graph','span':6}]},{'height':380,'panels':[{'id':3,'type':'graph','span':12}]}]}
            """);
        Assert.Equal([new GridPosition(0, 0, 12, 7), new GridPosition(12, 0, 12, 7), new GridPosition(0, 7, 24, 10)], dashboard.Panels.Select(static panel => panel.Grid));
        Assert.All(dashboard.Panels, static panel => Assert.Equal("timeseries", panel.Type));
    }

    [Fact]
    public void Spans_beyond_a_row_go_below() => Assert.Equal(
        [new GridPosition(0, 0, 16, 7), new GridPosition(16, 0, 8, 7), new GridPosition(0, 7, 8, 7)],
        Make.Dashboard("{'title':'R','rows':[{'panels':[{'id':1,'type':'graph','span':8},{'id':2,'type':'graph','span':4},{'id':3,'type':'graph','span':4}]}]}").Panels.Select(static p => p.Grid));

    [Fact]
    public void Rows_with_titles_become_row_panels_and_collapsed_ones_hold_theirs()
    {
        Dashboard dashboard = Make.Dashboard("""
            {'title':'R','rows':[{'title':'One','showTitle':true,'panels':[{'id':1,'type':'graph','span':12}]},{'title':'Two','collapse':true,'repeat':'host','panels':[{'id':2,'type':'graph','span':12}]}]}
            """);
        Assert.Equal(["row", "timeseries", "row"], dashboard.Panels.Select(static panel => panel.Type));
        Assert.Equal((true, "Two", "host"), (dashboard.Panels[2].Collapsed, dashboard.Panels[2].Title, dashboard.Panels[2].Repeat));
        Assert.Equal(2, Assert.Single(dashboard.Panels[2].Panels).Id);
    }
}
