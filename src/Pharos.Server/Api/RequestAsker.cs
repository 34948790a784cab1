using Pharos.PromQL;

namespace Pharos.Server.Api;

/// <summary>Who asks by a request, for the log of queries.</summary>
internal static class RequestAsker
{
    public static QueryAsker Of(HttpContext context) => new(
        "httpRequest",
        [
            new("clientIP", context.Connection.RemoteIpAddress?.ToString() ?? ""),
            new("method", context.Request.Method),
            new("path", context.Request.Path.Value ?? ""),
        ]);
}
