namespace Pharos.Server.Http;

/// <summary>
/// Keeps every route under <c>--web.route-prefix</c>. The prefix is taken off before access is checked, so that the open paths are found;
/// what lies outside of it is answered only after that check.
/// </summary>
internal sealed class RoutePrefix
{
    private readonly PathString _prefix;

    /// <param name="prefix">Empty, or starting with a slash and not ending with one.</param>
    public RoutePrefix(string prefix)
    {
        _prefix = prefix;
    }

    /// <summary>Moves the prefix from the path to the path base.</summary>
    public Task TakeOffAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(_prefix, StringComparison.Ordinal, out PathString rest))
        {
            context.Request.PathBase = _prefix;
            context.Request.Path = rest.HasValue ? rest : "/";
        }

        return next(context);
    }

    /// <summary>Refuses what does not lie under the prefix; the root leads to it.</summary>
    public Task EnforceAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.PathBase == _prefix)
        {
            return next(context);
        }

        if (context.Request.Path == "/")
        {
            context.Response.Redirect(_prefix + "/");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Task.CompletedTask;
    }
}
