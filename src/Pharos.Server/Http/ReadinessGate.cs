using Pharos.Server.Access;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Http;

/// <summary>Answers 503 to whatever may need the store until the server is ready, and again while it stops. The UI's page and sign-in do not need it.</summary>
internal sealed class ReadinessGate
{
    private static readonly string[] AlwaysOpen = ["/-/healthy", "/metrics", "/api/v1/status/walreplay", "/-/quit"];
    private readonly Readiness _readiness;

    public ReadinessGate(Readiness readiness)
    {
        _readiness = readiness;
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ReadyState state = _readiness.State;
        if (state == ReadyState.Ready || EndpointPermissions.IsOpenToAll(context.GetEndpoint()) || AlwaysOpen.Contains(context.Request.Path.Value, StringComparer.Ordinal))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers["X-Prometheus-Stopping"] = state == ReadyState.Stopping ? "true" : "false";
        return PlainText.WriteAsync(context, "Service Unavailable");
    }
}
