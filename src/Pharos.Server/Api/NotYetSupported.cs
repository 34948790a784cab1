namespace Pharos.Server.Api;

/// <summary>Endpoints of Prometheus that are known and not built: they say so by name instead of answering something that is not true.</summary>
internal static class NotYetSupported
{
    private static readonly string[] Any = [HttpMethods.Get, HttpMethods.Post];

    private static readonly (string Path, string[] Methods, string What)[] Endpoints =
    [
        ("/api/v1/status/self_metrics", [HttpMethods.Get], "the server's own metrics are answered by /metrics alone"),
        ("/api/v1/scrape_pools/config", [HttpMethods.Get], "the configuration of one pool is part of /api/v1/status/config"),
        ("/api/v1/notifications/live", [HttpMethods.Get], "live notifications are not built yet"),
        ("/api/v1/search/{what}", Any, "the search API is not built yet"),
        ("/api/v1/openapi.yaml", [HttpMethods.Get], "the description of the API is not written yet"),
    ];

    public static void Map(IEndpointRouteBuilder reading)
    {
        foreach ((string path, string[] methods, string what) in Endpoints)
        {
            reading.MapMethods(path, methods, context => WriteAsync(context, what));
        }
    }

    public static Task WriteAsync(HttpContext context, string what) => ApiResponse.WriteErrorAsync(context, ApiErrorType.Unavailable, "not yet supported: " + what);
}
