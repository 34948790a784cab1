using System.Text.Json.Nodes;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Tests.Migrations;

/// <summary>Every setting of a single series of the old graph, and what it is today.</summary>
public class GraphSeriesOverridesTests
{
    [Theory]
    [InlineData("'color':'#fff'", "color={\"mode\":\"fixed\",\"fixedColor\":\"#fff\"}")]
    [InlineData("'fill':3", "custom.fillOpacity=30")]
    [InlineData("'fillGradient':5", "custom.gradientMode=\"opacity\"")]
    [InlineData("'fillGradient':0", "custom.gradientMode=\"none\"")]
    [InlineData("'linewidth':4", "custom.lineWidth=4")]
    [InlineData("'pointradius':3", "custom.pointSize=6")]
    [InlineData("'transform':'constant'", "custom.transform=\"constant\"")]
    [InlineData("'fillBelowTo':'min'", "custom.fillBelowTo=\"min\"")]
    [InlineData("'stack':false", "custom.stacking={\"mode\":\"none\",\"group\":\"A\"}")]
    [InlineData("'stack':true", "custom.stacking={\"mode\":\"normal\",\"group\":\"A\"}")]
    [InlineData("'stack':'B'", "custom.stacking={\"mode\":\"normal\",\"group\":\"B\"}")]
    [InlineData("'lines':true", "custom.drawStyle=\"line\"")]
    [InlineData("'lines':false", "custom.lineWidth=0")]
    [InlineData("'bars':true", "custom.drawStyle=\"bars\"")]
    [InlineData("'points':true", "custom.showPoints=\"always\"")]
    [InlineData("'dashes':true,'dashLength':4,'spaceLength':2", "custom.lineStyle={\"fill\":\"dash\",\"dash\":[4,2]}")]
    [InlineData("'dashes':false", "custom.lineStyle={\"fill\":\"solid\"}")]
    [InlineData("'steppedLine':true", "custom.lineInterpolation=\"stepAfter\"")]
    [InlineData("'nullPointMode':'connected'", "custom.spanNulls=true")]
    [InlineData("'nullPointMode':'null'", "custom.spanNulls=false")]
    [InlineData("'legend':false,'hideTooltip':true,'hiddenSeries':true", "custom.hideFrom={\"viz\":true,\"legend\":true,\"tooltip\":true}")]
    [InlineData("'yaxis':1,'fill':1", "custom.fillOpacity=10")]
    public void A_setting_is_the_property_of_today(string setting, string expected)
    {
        JsonArray overrides = Overrides($"{{'alias':'a',{setting}}}", out Panel panel);
        Assert.Equal(expected, string.Join(' ', Properties(Assert.Single(overrides)!)));
        Assert.Empty(panel.Problems);
    }

    [Fact]
    public void A_series_on_the_right_takes_all_of_the_right_axis()
    {
        JsonArray overrides = Overrides("{'alias':'a','yaxis':2}", out _, ",'yaxes':[{},{'format':'s','min':0,'max':'9','decimals':1,'label':'Time','logBase':10,'show':false}]");
        Assert.Equal(
            ["custom.axisPlacement=\"right\"", "unit=\"s\"", "min=0", "max=9", "decimals=1", "custom.axisLabel=\"Time\"", "custom.scaleDistribution={\"type\":\"log\",\"log\":10}"],
            Properties(Assert.Single(overrides)!));
    }

    [Theory]
    [InlineData("{'alias':'','fill':1}")]
    [InlineData("{'fill':1}")]
    [InlineData("{'alias':'a'}")]
    public void Settings_of_nobody_and_nobodys_settings_are_left_out(string series) => Assert.Empty(Overrides(series, out _));

    private static JsonArray Overrides(string series, out Panel panel, string more = "")
    {
        panel = Make.Panel($"{{'id':1,'type':'graph','seriesOverrides':[{series}],'targets':[{{'expr':'up'}}]{more}}}", schema: 16);
        return (JsonArray)panel.FieldConfig["overrides"]!;
    }

    private static IEnumerable<string> Properties(JsonNode one) => ((JsonArray)one["properties"]!).Select(static p => $"{p!["id"]}={p["value"]!.ToJsonString()}");
}
