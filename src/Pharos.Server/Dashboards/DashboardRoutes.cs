using Pharos.Core.Contracts;
using Pharos.Scrape;
using Pharos.Server.Api;
using Pharos.Server.Api.Grafana;
using Pharos.Server.Api.Ui;

namespace Pharos.Server.Dashboards;

/// <summary>The routes of dashboards: those of the page and Grafana's.</summary>
internal static class DashboardRoutes
{
    /// <param name="reading">For those that read.</param>
    /// <param name="editing">For those that change dashboards.</param>
    /// <param name="part">The library.</param>
    /// <param name="services">Answers queries and variables.</param>
    /// <param name="scrape">Knows how often jobs are scraped.</param>
    /// <param name="journal">Is told of changes.</param>
    public static void Map(
        IEndpointRouteBuilder reading, IEndpointRouteBuilder editing, DashboardsPart part, PrometheusApiServices services, ScrapeManager scrape, IJournal journal)
    {
        new DashboardEndpoints(part, services).Map(reading);
        new QueryBatchEndpoint(services, scrape, part).Map(reading);
        GrafanaApi.Map(reading, editing, part, journal, services.Clock);
    }
}
