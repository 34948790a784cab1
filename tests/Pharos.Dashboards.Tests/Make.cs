using System.Text;
using System.Text.Json;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Reading;
using Pharos.Dashboards.Resolving;

namespace Pharos.Dashboards.Tests;

/// <summary>Short ways to dashboards.</summary>
internal static class Make
{
    public const long From = 1_700_000_000_000;
    public const long To = From + 3_600_000;

    /// <summary>Reads JSON in which apostrophes stand for quotes.</summary>
    public static Dashboard Dashboard(string json) => DashboardReader.Read(Encoding.UTF8.GetBytes(json.Replace('\'', '"')), DatasourceDirectory.Empty);

    /// <summary>A dashboard with panels only.</summary>
    public static Dashboard Panels(string panels, int schema = 42) => Dashboard($"{{'title':'T','uid':'t','schemaVersion':{schema},'panels':[{panels}]}}");

    /// <summary>The only panel of a dashboard.</summary>
    public static Panel Panel(string panel, int schema = 42) => Assert.Single(Panels(panel, schema).Panels);

    public static async Task<ResolvedDashboard> ResolveAsync(Dashboard dashboard, FakeVariableSource? source = null, params (string Name, string[] Values)[] chosen)
    {
        var resolver = new DashboardResolver(DatasourceDirectory.Empty, static _ => []);
        var request = new ResolveRequest
        {
            From = From,
            To = To,
            Variables = chosen.ToDictionary(static c => c.Name, static c => (IReadOnlyList<string>)c.Values, StringComparer.Ordinal),
        };
        return await resolver.ResolveAsync(dashboard, request, source ?? new FakeVariableSource(), TestContext.Current.CancellationToken);
    }

    /// <summary>The text of one panel's title after resolving: the place where a format is looked at.</summary>
    public static async Task<string> TitleAsync(string variables, string title, params (string Name, string[] Values)[] chosen)
    {
        Dashboard dashboard = Dashboard($"{{'title':'Board','uid':'b','panels':[{{'id':1,'type':'text','title':{JsonSerializer.Serialize(title)}}}],'templating':{{'list':[{variables}]}}}}");
        return Assert.Single((await ResolveAsync(dashboard, null, chosen)).Panels).Title;
    }

    /// <summary>The expression of one panel after resolving.</summary>
    public static async Task<string> ExpressionAsync(string variables, string expr, params (string Name, string[] Values)[] chosen)
    {
        Dashboard dashboard = Dashboard(
            $"{{'title':'Board','uid':'b','panels':[{{'id':1,'type':'timeseries','targets':[{{'expr':{JsonSerializer.Serialize(expr)},'refId':'A'}}]}}],'templating':{{'list':[{variables}]}}}}");
        return Assert.Single(Assert.Single((await ResolveAsync(dashboard, null, chosen)).Panels).Targets).Expr;
    }
}
