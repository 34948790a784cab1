using System.Text;

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

    /// <summary>
    /// Moves the prefix from the path to the path base. Slashes that follow one another count as one: clients that put paths behind an address with a slash
    /// at its end send them, and upstream's router takes them.
    /// </summary>
    public Task TakeOffAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.Value is { } path && path.Contains("//", StringComparison.Ordinal))
        {
            context.Request.Path = Collapse(path);
        }

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

    private static string Collapse(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (char c in path)
        {
            if (c != '/' || text.Length == 0 || text[^1] != '/')
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
