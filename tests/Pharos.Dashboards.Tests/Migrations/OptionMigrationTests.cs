using System.Text.Json.Nodes;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Tests.Migrations;

/// <summary>Options of old panels, one by one.</summary>
public class OptionMigrationTests
{
    [Theory]
    [InlineData("'bars':true,'lines':false", "drawStyle", "\"bars\"")]
    [InlineData("'lines':false,'points':true", "drawStyle", "\"points\"")]
    [InlineData("'lines':false", "drawStyle", "\"line\"")]
    [InlineData("'bars':true", "fillOpacity", "100")]
    [InlineData("'fill':0", "fillOpacity", "0")]
    [InlineData("'fillGradient':2", "gradientMode", "\"opacity\"")]
    [InlineData("'points':true", "showPoints", "\"always\"")]
    [InlineData("'pointradius':5", "pointSize", "10")]
    [InlineData("'dashes':true", "lineStyle", "{\"fill\":\"dash\",\"dash\":[10,10]}")]
    [InlineData("'stack':true", "stacking", "{\"mode\":\"normal\",\"group\":\"A\"}")]
    [InlineData("'nullPointMode':'null'", "spanNulls", "false")]
    [InlineData("'yaxes':[{'show':false}]", "axisPlacement", "\"hidden\"")]
    public void A_setting_of_the_old_graph_is_one_of_its_fields(string setting, string name, string expected) =>
        Assert.Equal(expected, Old("graph", setting).FieldConfig["defaults"]!["custom"]![name]!.ToJsonString());

    [Theory]
    [InlineData("'colorBackground':true", "colorMode", "\"background\"")]
    [InlineData("'colorValue':false", "colorMode", "\"none\"")]
    [InlineData("'sparkline':{'show':false}", "graphMode", "\"none\"")]
    [InlineData("'valueName':'name'", "textMode", "\"name\"")]
    [InlineData("'valueName':'total'", "reduceOptions", "{\"calcs\":[\"sum\"],\"fields\":\"\",\"values\":false}")]
    [InlineData("'tableColumn':'a.b'", "reduceOptions", "{\"calcs\":[\"mean\"],\"fields\":\"/^a\\\\.b$/\",\"values\":false}")]
    public void A_setting_of_singlestat_is_an_option_of_stat(string setting, string name, string expected) =>
        Assert.Equal(expected, Old("singlestat", setting).Options[name]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));

    [Theory]
    [InlineData("'type':'hidden'", "custom.hidden=true")]
    [InlineData("'type':'date'", "unit=\"dateTimeAsIso\"")]
    [InlineData("'type':'date','dateFormat':'HH:mm'", "unit=\"time: HH:mm\"")]
    [InlineData("'type':'string','align':'right'", "custom.align=\"right\"")]
    [InlineData("'type':'string','mappingType':1,'valueMaps':[{'value':'1','text':'up'}]", "mappings=[{\"type\":\"value\",\"options\":{\"1\":{\"text\":\"up\",\"index\":0}}}]")]
    [InlineData("'type':'string','mappingType':2,'rangeMaps':[{'from':'1','to':'2','text':'few'}]", "mappings=[{\"type\":\"range\",\"options\":{\"from\":1,\"to\":2,\"result\":{\"text\":\"few\",\"index\":0}}}]")]
    [InlineData("'type':'string','colorMode':'value','colors':['a','b'],'thresholds':['1, 2','x']", "custom.cellOptions={\"type\":\"color-text\",\"mode\":\"basic\"} thresholds={\"mode\":\"absolute\",\"steps\":[{\"value\":null,\"color\":\"a\"},{\"value\":1,\"color\":\"b\"},{\"value\":2,\"color\":\"red\"}]}")]
    public void A_style_of_the_old_table_is_an_override(string style, string expected)
    {
        Panel panel = Old("table-old", $"'styles':[{{'pattern':'c',{style}}}]");
        JsonNode one = Assert.Single((JsonArray)panel.FieldConfig["overrides"]!)!;
        Assert.Equal(expected, string.Join(' ', ((JsonArray)one["properties"]!).Select(static p => $"{p!["id"]}={p["value"]!.ToJsonString()}")));
    }

    [Fact]
    public void The_style_of_all_columns_is_the_default_and_the_sorted_column_is_named()
    {
        Panel panel = Old("table-old", "'styles':[{'pattern':'/.*/','unit':'s','decimals':3},{'unit':'x'}],'columns':[{'text':'Avg','value':'avg'}],'sort':{'col':0,'desc':true},'showHeader':false");
        JsonNode defaults = panel.FieldConfig["defaults"]!;
        Assert.Equal(("s", 3, false), ((string?)defaults["unit"], (double)defaults["decimals"]!, (bool)panel.Options["showHeader"]!));
        Assert.Equal("[{\"displayName\":\"Avg\",\"desc\":true}]", panel.Options["sortBy"]!.ToJsonString());
        Assert.Empty((JsonArray)panel.FieldConfig["overrides"]!);
    }

    [Theory]
    [InlineData("timeseries_to_columns", "joinByField {\"byField\":\"Time\",\"mode\":\"outer\"}")]
    [InlineData("timeseries_aggregations", "reduce {\"reducers\":[\"mean\"],\"includeTimeField\":false}")]
    [InlineData("table", "merge {}")]
    [InlineData("json", "")]
    public void The_transform_of_the_old_table_is_a_transformation(string transform, string expected) =>
        Assert.Equal(expected, string.Join(' ', Old("table-old", $"'transform':'{transform}'").Transformations.Select(static t => $"{t.Id} {t.Options.ToJsonString()}")));

    [Theory]
    [InlineData("color-background", "{\"type\":\"color-background\",\"mode\":\"gradient\"}")]
    [InlineData("color-background-solid", "{\"type\":\"color-background\",\"mode\":\"basic\"}")]
    [InlineData("basic", "{\"type\":\"gauge\",\"mode\":\"basic\"}")]
    [InlineData("gradient-gauge", "{\"type\":\"gauge\",\"mode\":\"gradient\"}")]
    [InlineData("json-view", "{\"type\":\"json-view\"}")]
    [InlineData("", "{\"type\":\"auto\"}")]
    public void The_display_of_cells_is_their_kind(string mode, string expected) =>
        Assert.Equal(expected, Make.Panel($"{{'id':1,'type':'table','fieldConfig':{{'defaults':{{'custom':{{'displayMode':'{mode}'}}}}}}}}", 36).FieldConfig["defaults"]!["custom"]!["cellOptions"]!.ToJsonString());

    [Theory]
    [InlineData("{'type':1,'value':'null','text':'-'}", "[{\"type\":\"special\",\"options\":{\"match\":\"null\",\"result\":{\"text\":\"-\",\"index\":0}}}]")]
    [InlineData("{'type':2,'from':'null','to':'null','text':'-'}", "[{\"type\":\"special\",\"options\":{\"match\":\"null\",\"result\":{\"text\":\"-\",\"index\":0}}}]")]
    [InlineData("{'type':2,'from':'x','to':'2','text':'t'}", "[{\"type\":\"range\",\"options\":{\"from\":null,\"to\":2,\"result\":{\"text\":\"t\",\"index\":0}}}]")]
    [InlineData("{'type':'regex','options':{'pattern':'a'}}", "[{\"type\":\"regex\",\"options\":{\"pattern\":\"a\"}}]")]
    [InlineData("{'text':'nothing'}", "[]")]
    public void Mappings_of_every_age_are_those_of_today(string mapping, string expected) =>
        Assert.Equal(expected, Make.Panel($"{{'id':1,'type':'stat','fieldConfig':{{'defaults':{{'mappings':[{mapping}]}}}}}}", 28).FieldConfig["defaults"]!["mappings"]!.ToJsonString());

    [Fact]
    public void The_first_options_of_a_gauge_go_to_their_places()
    {
        Panel panel = Old("gauge", "'options':{'valueOptions':{'stat':'current','unit':'s','decimals':2},'minValue':1,'maxValue':'9','thresholds':[{'value':5,'color':'red'},{'value':null,'color':'green'}],'mappings':[{'type':1,'value':'1','text':'one'}]}");
        JsonNode defaults = panel.FieldConfig["defaults"]!;
        Assert.Equal(("s", 1, 9), ((string?)defaults["unit"], (double)defaults["min"]!, (double)defaults["max"]!));
        Assert.Equal("[{\"value\":null,\"color\":\"green\"},{\"value\":5,\"color\":\"red\"}]", defaults["thresholds"]!["steps"]!.ToJsonString());
        Assert.Equal("[\"lastNotNull\"]", panel.Options["reduceOptions"]!["calcs"]!.ToJsonString());
        Assert.Equal("[{\"type\":\"value\",\"options\":{\"1\":{\"text\":\"one\",\"index\":0}}}]", defaults["mappings"]!.ToJsonString());
    }

    [Fact]
    public void The_old_pie_keeps_its_legend_its_labels_and_its_colours()
    {
        Panel panel = Old("grafana-piechart-panel", "'legendType':'Right side','legend':{'show':true,'values':true,'percentage':true},'valueName':'max','format':'bytes','aliasColors':{'a':'#123456'}");
        JsonNode legend = panel.Options["legend"]!;
        Assert.Equal(("table", "right", "[\"value\",\"percent\"]"), ((string?)legend["displayMode"], (string?)legend["placement"], legend["values"]!.ToJsonString()));
        Assert.Equal(("bytes", "[\"max\"]"), ((string?)panel.FieldConfig["defaults"]!["unit"], panel.Options["reduceOptions"]!["calcs"]!.ToJsonString()));
        Assert.Contains("#123456", panel.FieldConfig["overrides"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("[\"name\"]", Old("grafana-piechart-panel", "'legendType':'On graph'").Options["displayLabels"]!.ToJsonString());
    }

    [Theory]
    [InlineData("'minSpan':6", 4)]
    [InlineData("'minSpan':1", 24)]
    [InlineData("'maxPerRow':3,'minSpan':6", 3)]
    public void The_least_width_of_a_copy_says_how_many_stand_in_a_row(string setting, int expected) => Assert.Equal(expected, Old("graph", setting).MaxPerRow);

    [Fact]
    public void A_shared_crosshair_and_the_text_of_old_panels_come_over()
    {
        Assert.Equal(1, Make.Dashboard("{'title':'x','sharedCrosshair':true,'panels':[]}").GraphTooltip);
        Assert.Equal(("markdown", "# a"), (Old("text", "'mode':'text','content':'# a'") is var text ? (string?)text.Options["mode"] : "", (string?)text.Options["content"]));
    }

    [Fact]
    public void Heights_of_rows_are_read_in_every_form_and_ids_that_are_missing_are_made()
    {
        Dashboard dashboard = Make.Dashboard("""
            {'title':'R','rows':[{'height':'5','panels':[{'type':'graph','span':12}]},{'height':'nonsense','panels':[{'type':'graph','span':99}]},{'height':'1e99px','panels':[{'type':'graph','height':'76px'}]},
             {'panels':[]},{'repeatRowId':1,'repeatIteration':5,'panels':[{'type':'graph'}]}]}
            """);
        Assert.Equal([new GridPosition(0, 0, 24, 3), new GridPosition(0, 3, 24, 7), new GridPosition(0, 10, 8, 3)], dashboard.Panels.Select(static p => p.Grid));
        Assert.Equal(3, dashboard.Panels.Select(static p => p.Id).Distinct().Count());
    }

    private static Panel Old(string type, string settings) => Make.Panel($"{{'id':1,'type':'{type}','targets':[{{'expr':'up'}}],{settings}}}", schema: 16);
}
