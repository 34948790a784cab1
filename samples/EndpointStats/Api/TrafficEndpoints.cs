using System.Net;
using EndpointStats.Traffic;

namespace EndpointStats.Api;

/// <summary>The switch for errors, slowness and the rate. For this machine alone, wherever the application is bound; not measured.</summary>
internal static class TrafficEndpoints
{
    private const string Path = "/traffic";

    public static void MapTraffic(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext context, TrafficSwitch traffic) => IsLocal(context) ? Results.Json(traffic.Settings) : Refuse()).DisableHttpMetrics();
        routes.MapPost(Path, (HttpContext context, TrafficChange change, TrafficSwitch traffic) =>
            !IsLocal(context) ? Refuse()
            : traffic.Change(change) is { } problem ? Results.Json(new { error = problem }, statusCode: StatusCodes.Status400BadRequest)
            : Results.Json(traffic.Settings)).DisableHttpMetrics();
    }

    private static bool IsLocal(HttpContext context) => context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private static IResult Refuse() => Results.Json(new { error = "only from this machine" }, statusCode: StatusCodes.Status403Forbidden);
}
