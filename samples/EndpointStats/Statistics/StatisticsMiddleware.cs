using Microsoft.AspNetCore.Http.Metadata;

namespace EndpointStats.Statistics;

/// <summary>Feeds the statistics with every request that a route takes.</summary>
internal sealed class StatisticsMiddleware(RequestDelegate next, EndpointStatistics statistics, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long started = clock.GetTimestamp();
        await next(context).ConfigureAwait(false);
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } template } endpoint
            && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null
            && endpoint.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is null)
        {
            statistics.Add(context.Request.Method, template, context.Response.StatusCode, clock.GetElapsedTime(started).TotalSeconds);
        }
    }
}
