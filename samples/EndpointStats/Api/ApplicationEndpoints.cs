using EndpointStats.Limits;
using EndpointStats.Statistics;
using EndpointStats.Traffic;

namespace EndpointStats.Api;

/// <summary>What visitors see.</summary>
internal static class ApplicationEndpoints
{
    private static readonly string[] Endpoints = ["/health", "/api/stats", "/api/users/{id}", "/api/report", "/login", "/metrics", "/traffic"];

    public static void MapApplication(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Workload work, CancellationToken gone) => AnswerAsync(
            work, EndpointProfile.Home, static () => new { application = "endpoint-stats", endpoints = Endpoints }, gone));
        routes.MapGet("/health", static async (Workload work, CancellationToken gone) =>
        {
            // It tells whether the process is well, not whether its work is.
            await work.WorkAsync(EndpointProfile.Health, gone).ConfigureAwait(false);
            return Results.Json(new { status = "ok" });
        });
        routes.MapGet("/api/stats", (Workload work, EndpointStatistics statistics, CancellationToken gone) => AnswerAsync(
            work, EndpointProfile.Stats, () => new { endpoints = statistics.Report() }, gone));
        routes.MapGet("/api/users/{id}", (int id, Workload work, CancellationToken gone) => AnswerAsync(
            work, EndpointProfile.User, () => new { id, name = $"user {id}" }, gone));
        routes.MapGet("/api/report", (Workload work, EndpointStatistics statistics, CancellationToken gone) => AnswerAsync(
            work, EndpointProfile.Report, () => new { requests = statistics.Report().Sum(static e => e.Requests) }, gone));
        routes.MapPost("/login", (Workload work, CancellationToken gone) => AnswerAsync(
            work, EndpointProfile.Login, static () => new { signedIn = true }, gone)).WithMetadata(new LimitedAttribute());
    }

    private static async Task<IResult> AnswerAsync(Workload work, EndpointProfile profile, Func<object> body, CancellationToken gone)
    {
        int status = await work.WorkAsync(profile, gone).ConfigureAwait(false);
        return status == StatusCodes.Status200OK ? Results.Json(body()) : Results.Json(new { error = "the work failed" }, statusCode: status);
    }
}
