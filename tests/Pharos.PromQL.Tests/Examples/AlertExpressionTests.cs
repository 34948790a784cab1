using Pharos.PromQL.Sources;

namespace Pharos.PromQL.Tests.Examples;

public class AlertExpressionTests
{
    [Fact]
    public async Task Too_many_errors_of_one_job_are_found_and_the_others_left_alone()
    {
        InMemorySeriesSource series = new InMemorySeriesSource().Load(TimeSpan.FromMinutes(1), """
            requests_total{job="api", code="200"} 0+90x30
            requests_total{job="api", code="500"} 0+10x30
            requests_total{job="web", code="200"} 0+99x30
            """);
        using var engine = new PromQLEngine(new EngineOptions());
        const string Alert = """sum by (job) (rate(requests_total{code=~"5.."}[5m])) / sum by (job) (rate(requests_total[5m])) > 0.05""";
        QueryResult firing = await engine.InstantAsync(series, Alert, 20 * 60_000, TestContext.Current.CancellationToken);
        Assert.Equal("""{job="api"}""", Assert.Single(firing.Rows).Labels.ToString());
    }
}
