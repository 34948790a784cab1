using Pharos.Core.Matching;

namespace Pharos.Server.Http;

/// <summary>
/// The headers by which scripts of other origins may read answers of the API, as Prometheus sets them. Stands behind sign-in: a script that cannot
/// sign in learns nothing, not even this.
/// </summary>
internal sealed class CorsHeaders
{
    private static readonly PathString ApiPath = "/api/v1";
    private readonly AnchoredRegex _origin;
    private readonly bool _allowsAll;

    public CorsHeaders(AnchoredRegex origin)
    {
        _origin = origin;
        _allowsAll = origin.Pattern == ".*";
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(ApiPath, StringComparison.Ordinal))
        {
            return next(context);
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.Vary = "Origin";
        if (context.Request.Headers.Origin.ToString() is { Length: > 0 } origin)
        {
            headers.AccessControlAllowHeaders = "Accept, Authorization, Content-Type, Origin";
            headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
            headers.AccessControlExposeHeaders = "Date";
            if (_allowsAll)
            {
                headers.AccessControlAllowOrigin = "*";
            }
            else if (_origin.IsMatch(origin))
            {
                headers.AccessControlAllowOrigin = origin;
            }
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
