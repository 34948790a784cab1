using Pharos.Core.Contracts;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Api.Grafana;

/// <summary>Grafana's API as far as scripts use it.</summary>
internal static class GrafanaApi
{
    /// <summary>Adds the routes.</summary>
    /// <param name="reading">For those that read.</param>
    /// <param name="editing">For those that change dashboards.</param>
    /// <param name="dashboards">The library.</param>
    /// <param name="journal">Is told of changes.</param>
    /// <param name="clock">Says when.</param>
    public static void Map(IEndpointRouteBuilder reading, IEndpointRouteBuilder editing, DashboardsPart dashboards, IJournal journal, TimeProvider clock)
    {
        new GrafanaSystemEndpoints(dashboards).Map(reading);
        new GrafanaSearchEndpoint(dashboards).Map(reading);
        new GrafanaFolderEndpoints(dashboards).Map(reading, editing);
        new GrafanaDashboardEndpoints(dashboards, journal, clock).Map(reading, editing);
    }
}
