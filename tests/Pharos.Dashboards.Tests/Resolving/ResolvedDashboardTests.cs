using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Library;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Reading;
using Pharos.Dashboards.Resolving;
using Pharos.Testing;

namespace Pharos.Dashboards.Tests.Resolving;

public class ResolvedDashboardTests
{
    [Fact]
    public async Task The_whole_answer_is_as_docs_api_says()
    {
        string folder = Path.Combine(Repository.Root, "tests", "Pharos.Dashboards.Tests", "Golden");
        Dashboard dashboard = DashboardReader.Read(await File.ReadAllBytesAsync(Path.Combine(folder, "shop.json"), TestContext.Current.CancellationToken), DatasourceDirectory.Empty);
        var source = new FakeVariableSource { Answers = { ["values job up"] = ["api", "web"], ["values instance up{job=~\"api\"}"] = ["h1:80", "h2:80"] } };
        ResolvedDashboard resolved = await Make.ResolveAsync(dashboard, source, ("job", ["api"]));
        string golden = Path.Combine(folder, "shop.resolved.json");
        string actual = Write(resolved);
        if (Environment.GetEnvironmentVariable("PHAROS_UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(golden, actual, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken), actual);
    }

    [Theory]
    [InlineData("1s", "5s")]
    [InlineData("30s", "30s")]
    [InlineData("", "")]
    [InlineData("whenever", "")]
    public async Task Refreshing_too_often_is_slowed_down(string asked, string expected) =>
        Assert.Equal(expected, (await Make.ResolveAsync(Make.Dashboard($"{{'title':'R','refresh':'{asked}','panels':[]}}"))).Refresh);

    [Theory]
    [InlineData("javascript:alert(1)", false)]
    [InlineData(" JavaScript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("https://x.example/a", true)]
    [InlineData("/d/other?from=now:1", true)]
    public async Task Links_lead_only_where_a_page_may_go(string url, bool kept) =>
        Assert.Equal(kept ? 1 : 0, (await Make.ResolveAsync(Make.Dashboard($"{{'title':'L','panels':[],'links':[{{'type':'link','title':'x','url':'{url}'}}]}}"))).Links.Count);

    [Fact]
    public async Task Links_take_time_and_variables_along()
    {
        ResolvedDashboard resolved = await Make.ResolveAsync(Make.Dashboard("""
            {'title':'L','panels':[],'templating':{'list':[{'name':'x','type':'custom','query':'a b'}]},
             'links':[{'type':'link','title':'T','url':'/d/o?y=${x}','keepTime':true,'includeVars':true},{'type':'dashboards','title':'All','tags':['k8s']}]}
            """));
        Assert.Equal(
            [new ResolvedLink("T", "/d/o?y=a%20b&from=1700000000000&to=1700003600000&var-x=a%20b", false), new ResolvedLink("All", "/dashboards?tag=k8s", false)],
            resolved.Links);
    }

    [Fact]
    public async Task Values_in_Markdown_and_HTML_are_escaped()
    {
        ResolvedDashboard resolved = await Make.ResolveAsync(
            Make.Dashboard("{'title':'M','panels':[{'id':1,'type':'text','options':{'mode':'html','content':'<b>$x</b>'}}],'templating':{'list':[{'name':'x','type':'textbox','query':''}]}}"),
            null,
            ("x", ["<script>"]));
        Assert.Equal("<b>&lt;script&gt;</b>", (string?)Assert.Single(resolved.Panels).Options["content"]);
    }

    [Fact]
    public async Task Panels_say_their_least_step_and_their_own_time()
    {
        ResolvedDashboard resolved = await Make.ResolveAsync(Make.Panels("""
            {'id':1,'type':'stat','interval':'>30s','timeFrom':'2h','timeShift':'1d','targets':[{'expr':'up','interval':'1m'},{'expr':'up','interval':'$__rate_interval'}]},{'id':2,'type':'stat','timeFrom':'now/d'}
            """));
        ResolvedPanel panel = resolved.Panels[0];
        Assert.Equal((30_000, 7_200_000, 86_400_000), (panel.MinIntervalMs, panel.TimeFromMs, panel.TimeShiftMs));
        Assert.Equal([60_000, null], panel.Targets.Select(static t => t.MinIntervalMs));
        Assert.Equal("time range of its own", Assert.Single(resolved.Problems).Feature);
    }

    [Fact]
    public void The_names_of_queries_are_filled_in_by_step_and_interval()
    {
        var names = new QueryNames(30_000, 15_000, 0, 3_600_000);
        Assert.Equal("rate(x[1m])", names.Replace("rate(x[$__rate_interval])"));
        Assert.Equal("x[30s] + 30000 + x[3600s] + 3600 + 3600000 + 0 + $other", names.Replace("x[${__interval}] + $__interval_ms + x[$__range] + [[__range_s]] + $__range_ms + ${__from} + $other"));
        Assert.Equal(75_000, (names with { StepMs = 60_000 }).RateIntervalMs);
    }

    [Fact]
    public async Task The_built_in_dashboard_is_drawn_whole()
    {
        Dashboard dashboard = DashboardReader.Read(BuiltInDashboards.SystemOverview, DatasourceDirectory.Empty);
        var source = new FakeVariableSource { Answers = { ["values instance node_uname_info"] = ["localhost:9100"] } };
        ResolvedDashboard resolved = await Make.ResolveAsync(dashboard, source);
        Assert.Empty(resolved.Problems);
        Assert.Equal("system-overview", dashboard.Uid);
        Assert.All(resolved.Panels.SelectMany(static panel => panel.Targets), static target => Assert.Contains("instance=~\"localhost:9100\"", target.Expr, StringComparison.Ordinal));
    }

    private static string Write(ResolvedDashboard resolved)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            ResolvedDashboardWriter.WriteMembers(json, resolved, "Shops", DashboardOrigin.Saved, 4, editable: true);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
