using System.Text.Json.Nodes;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Tests.Migrations;

public class GraphMigrationTests
{
    [Fact]
    public void Lines_fill_stack_and_unit_come_over()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'graph','lines':true,'linewidth':2,'fill':3,'stack':true,'percentage':true,'nullPointMode':'connected','steppedLine':true,
             'yaxes':[{'format':'bytes','min':'0','max':null,'logBase':2,'label':'Size','show':true},{'format':'short'}],'legend':{'show':true,'values':true,'avg':true,'max':true,'alignAsTable':true,'rightSide':true,'sort':'avg','sortDesc':true},
             'tooltip':{'shared':false,'sort':2},'targets':[{'expr':'up'}]}
            """, schema: 16);
        JsonNode custom = panel.FieldConfig["defaults"]!["custom"]!;
        Assert.Equal("timeseries", panel.Type);
        Assert.Equal(("line", 2, 30, true, "stepAfter", "percent"), ((string?)custom["drawStyle"], (double)custom["lineWidth"]!, (double)custom["fillOpacity"]!, (bool)custom["spanNulls"]!, (string?)custom["lineInterpolation"], (string?)custom["stacking"]!["mode"]));
        Assert.Equal(("bytes", 0, "Size", 2), ((string?)panel.FieldConfig["defaults"]!["unit"], (double)panel.FieldConfig["defaults"]!["min"]!, (string?)custom["axisLabel"], (double)custom["scaleDistribution"]!["log"]!));
        JsonNode legend = panel.Options["legend"]!;
        Assert.Equal(("table", "right", "[\"max\",\"mean\"]", "Mean", true), ((string?)legend["displayMode"], (string?)legend["placement"], legend["calcs"]!.ToJsonString(), (string?)legend["sortBy"], (bool)legend["sortDesc"]!));
        Assert.Equal(("single", "desc"), ((string?)panel.Options["tooltip"]!["mode"], (string?)panel.Options["tooltip"]!["sort"]));
        Assert.Empty(panel.Problems);
    }

    [Fact]
    public void Settings_of_single_series_become_overrides()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'graph','aliasColors':{'errors':'#E24D42'},'yaxes':[{'format':'reqps'},{'format':'s','min':'0'}],
             'seriesOverrides':[{'alias':'/latency.*/','yaxis':2,'transform':'negative-Y','fill':0,'legend':false},{'alias':'x','zindex':3}],'targets':[{'expr':'up'}]}
            """, schema: 16);
        JsonArray overrides = (JsonArray)panel.FieldConfig["overrides"]!;
        Assert.Equal("""{"matcher":{"id":"byName","options":"errors"},"properties":[{"id":"color","value":{"mode":"fixed","fixedColor":"#E24D42"}}]}""", overrides[0]!.ToJsonString());
        Assert.Equal("byRegexp", (string?)overrides[1]!["matcher"]!["id"]);
        Assert.Equal(
            ["custom.axisPlacement", "unit", "min", "custom.transform", "custom.fillOpacity", "custom.hideFrom"],
            ((JsonArray)overrides[1]!["properties"]!).Select(static p => (string)p!["id"]!));
        Assert.Equal("panel setting graphSeriesOverridesLeft", Assert.Single(panel.Problems).Feature);
    }

    [Theory]
    [InlineData("gt", "[{\"value\":null,\"color\":\"transparent\"},{\"value\":5,\"color\":\"red\"}]")]
    [InlineData("lt", "[{\"value\":null,\"color\":\"red\"},{\"value\":5,\"color\":\"transparent\"}]")]
    public void Thresholds_colour_the_side_that_they_name(string op, string steps)
    {
        Panel panel = Make.Panel($"{{'id':1,'type':'graph','thresholds':[{{'value':5,'op':'{op}','colorMode':'critical','fill':true,'line':true}}],'targets':[{{'expr':'up'}}]}}", schema: 16);
        Assert.Equal(steps, panel.FieldConfig["defaults"]!["thresholds"]!["steps"]!.ToJsonString());
        Assert.Equal("line+area", (string?)panel.FieldConfig["defaults"]!["custom"]!["thresholdsStyle"]!["mode"]);
    }

    [Theory]
    [InlineData("'xaxis':{'mode':'histogram'}", "panel setting graphXAxisMode")]
    [InlineData("'nullPointMode':'null as zero'", "panel setting graphNullAsZero")]
    [InlineData("'timeRegions':[{'from':'1'}]", "panel setting timeRegions")]
    [InlineData("'alert':{'name':'a'}", "panel setting alert")]
    public void What_the_new_panel_cannot_do_is_listed(string setting, string feature) =>
        Assert.Equal(feature, Assert.Single(Make.Panel($"{{'id':1,'type':'graph',{setting},'targets':[{{'expr':'up'}}]}}", schema: 16).Problems).Feature);

    [Fact]
    public void Axes_of_the_oldest_schemas_are_read()
    {
        Panel panel = Make.Panel("{'id':1,'type':'graph','y_formats':['percent','short'],'grid':{'leftMax':100,'leftMin':0},'leftYAxisLabel':'Busy','targets':[{'expr':'up'}]}", schema: 8);
        JsonNode defaults = panel.FieldConfig["defaults"]!;
        Assert.Equal(("percent", 0, 100, "Busy"), ((string?)defaults["unit"], (double)defaults["min"]!, (double)defaults["max"]!, (string?)defaults["custom"]!["axisLabel"]));
    }
}
