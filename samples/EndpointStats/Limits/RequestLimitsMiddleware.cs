namespace EndpointStats.Limits;

/// <summary>Answers 429 where a limited route is asked too often.</summary>
internal sealed class RequestLimitsMiddleware(RequestDelegate next, RequestLimits limits)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<LimitedAttribute>() is null || limits.Allows())
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }
}
