using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Pharos.Instrumentation.AspNetCore;

/// <summary>Measures each request from before everything behind it until after.</summary>
internal sealed class HttpMetricsMiddleware
{
    // What a client that has gone away would have got, in the words of proxies.
    private const int ClientClosedRequest = 499;

    private readonly RequestDelegate _next;
    private readonly HttpMetrics _metrics;
    private readonly TimeProvider _clock;

    public HttpMetricsMiddleware(RequestDelegate next, HttpMetrics metrics, TimeProvider clock)
    {
        _next = next;
        _metrics = metrics;
        _clock = clock;
    }

    public Task InvokeAsync(HttpContext context) => IsDisabled(context.GetEndpoint()) ? _next(context) : MeasureAsync(context);

    private static bool IsDisabled(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is not null;

    private async Task MeasureAsync(HttpContext context)
    {
        long started = _clock.GetTimestamp();
        int? failed = StatusCodes.Status500InternalServerError;
        _metrics.InProgress.Increment();
        try
        {
            await _next(context).ConfigureAwait(false);
            failed = null;
        }
        finally
        {
            Count(context, failed, _clock.GetElapsedTime(started).TotalSeconds);
            _metrics.InProgress.Decrement();
        }
    }

    private void Count(HttpContext context, int? failed, double seconds)
    {
        // A handler of exceptions forgets the route that failed.
        Endpoint? endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        if (IsDisabled(endpoint))
        {
            return;
        }

        // What has been sent counts, also when the client closes the connection as soon as it has it.
        int status = context.Response.HasStarted ? context.Response.StatusCode
            : context.RequestAborted.IsCancellationRequested ? ClientClosedRequest
            : failed ?? context.Response.StatusCode;
        _metrics.Count(context.Request.Method, endpoint, status, seconds);
    }
}
