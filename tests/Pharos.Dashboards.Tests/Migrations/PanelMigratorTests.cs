using System.Text.Json.Nodes;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Tests.Migrations;

public class PanelMigratorTests
{
    [Fact]
    public void A_singlestat_becomes_a_stat_with_its_thresholds_and_mappings()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'singlestat','format':'percent','decimals':1,'valueName':'current','colorValue':true,'colors':['green','orange','red'],'thresholds':'50,80','sparkline':{'show':true},
             'nullText':'none','mappingType':1,'valueMaps':[{'op':'=','text':'N/A','value':'null'},{'op':'=','text':'Down','value':'0'}],'targets':[{'expr':'up'}]}
            """, schema: 16);
        JsonNode defaults = panel.FieldConfig["defaults"]!;
        Assert.Equal("stat", panel.Type);
        Assert.Equal("""[{"value":null,"color":"green"},{"value":50,"color":"orange"},{"value":80,"color":"red"}]""", defaults["thresholds"]!["steps"]!.ToJsonString());
        Assert.Equal(("percent", "none"), ((string?)defaults["unit"], (string?)defaults["noValue"]));
        Assert.Equal(
            """[{"type":"value","options":{"0":{"text":"Down","index":1}}},{"type":"special","options":{"match":"null","result":{"text":"N/A","index":0}}}]""",
            defaults["mappings"]!.ToJsonString());
        Assert.Equal(("value", "area", "[\"lastNotNull\"]"), ((string?)panel.Options["colorMode"], (string?)panel.Options["graphMode"], panel.Options["reduceOptions"]!["calcs"]!.ToJsonString()));
        Assert.Empty(panel.Problems);
    }

    [Fact]
    public void A_singlestat_with_a_gauge_becomes_one()
    {
        Panel panel = Make.Panel("{'id':1,'type':'singlestat','gauge':{'show':true,'minValue':0,'maxValue':10,'thresholdLabels':true},'targets':[{'expr':'up'}]}", schema: 16);
        Assert.Equal("gauge", panel.Type);
        Assert.Equal((10, true), ((double)panel.FieldConfig["defaults"]!["max"]!, (bool)panel.Options["showThresholdLabels"]!));
    }

    [Fact]
    public void Text_around_a_singlestat_that_has_no_place_is_listed() =>
        Assert.Equal("panel setting postfix", Assert.Single(Make.Panel("{'id':1,'type':'singlestat','postfix':' pods','prefix':'','targets':[{'expr':'up'}]}", schema: 16).Problems).Feature);

    [Fact]
    public void The_old_table_becomes_todays_with_its_styles_as_overrides()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'table','transform':'table','columns':[],'styles':[{'pattern':'Time','type':'hidden'},{'pattern':'/Value #A/','alias':'CPU','type':'number','unit':'percentunit','decimals':2,'colorMode':'cell','colors':['green','red'],'thresholds':['1']},
             {'pattern':'pod','link':true,'linkUrl':'/d/x?var-pod=$__cell','linkTooltip':'Open','type':'number'}],'sort':{'col':0,'desc':true},'targets':[{'expr':'up','format':'table','instant':true}]}
            """, schema: 22);
        JsonArray overrides = (JsonArray)panel.FieldConfig["overrides"]!;
        Assert.Equal(("table", "merge"), (panel.Type, Assert.Single(panel.Transformations).Id));
        Assert.Equal("""{"matcher":{"id":"byName","options":"Time"},"properties":[{"id":"custom.hidden","value":true}]}""", overrides[0]!.ToJsonString());
        Assert.Equal(["displayName", "unit", "decimals", "custom.cellOptions", "thresholds"], ((JsonArray)overrides[1]!["properties"]!).Select(static p => (string)p!["id"]!));
        Assert.Contains("${__value.raw}", overrides[2]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(panel.Problems);
    }

    [Fact]
    public void Options_of_fields_of_version_6_go_to_their_places()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'gauge','options':{'fieldOptions':{'calcs':['mean'],'defaults':{'unit':'s','max':10},'thresholds':[{'color':'green','value':null},{'color':'red','value':5}],'mappings':[{'type':1,'value':'1','text':'one'}],'overrides':[]}},'targets':[{'expr':'up'}]}
            """, schema: 21);
        Assert.Equal("""{"calcs":["mean"],"fields":"","values":false}""", panel.Options["reduceOptions"]!.ToJsonString());
        Assert.Equal(("s", 10), ((string?)panel.FieldConfig["defaults"]!["unit"], (double)panel.FieldConfig["defaults"]!["max"]!));
        Assert.Equal("""[{"type":"value","options":{"1":{"text":"one","index":0}}}]""", panel.FieldConfig["defaults"]!["mappings"]!.ToJsonString());
    }

    [Fact]
    public void The_old_pie_and_the_old_text_become_todays()
    {
        Assert.Equal(("piechart", "donut"), (Make.Panel("{'id':1,'type':'grafana-piechart-panel','pieType':'donut','targets':[{'expr':'up'}]}", 21) is var pie ? pie.Type : "", (string?)pie.Options["pieType"]));
        Assert.Equal(("html", "<b>x</b>"), (Make.Panel("{'id':1,'type':'text','mode':'html','content':'<b>x</b>'}", 16) is var text ? (string?)text.Options["mode"] : "", (string?)text.Options["content"]));
    }

    [Fact]
    public void Ranges_of_values_and_hidden_legends_are_brought_up_to_date()
    {
        Panel panel = Make.Panel("""
            {'id':1,'type':'timeseries','options':{'legend':{'displayMode':'hidden'}},'fieldConfig':{'defaults':{'mappings':[{'type':2,'from':'1','to':'5','text':'few'}]},
             'overrides':[{'matcher':{'id':'byName','options':'x'},'properties':[{'id':'custom.displayMode','value':'lcd-gauge'}]}]}}
            """, schema: 28);
        Assert.False((bool)panel.Options["legend"]!["showLegend"]!);
        Assert.Equal("""[{"type":"range","options":{"from":1,"to":5,"result":{"text":"few","index":0}}}]""", panel.FieldConfig["defaults"]!["mappings"]!.ToJsonString());
        Assert.Contains("""{"id":"custom.cellOptions","value":{"type":"gauge","mode":"lcd"}}""", panel.FieldConfig.ToJsonString(), StringComparison.Ordinal);
    }
}
