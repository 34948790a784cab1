namespace Pharos.Server.Access;

/// <summary>
/// Tells whether a browser sends a request on behalf of a page of another site. Browsers keep a password of basic authentication and send it
/// with whatever a stranger's page makes them send; what changes something is therefore refused to such pages.
/// </summary>
internal static class SameOrigin
{
    /// <param name="request">Requests of programs have neither header and pass.</param>
    /// <param name="externalUrl">Under which users reach the server, where a proxy has changed the Host header.</param>
    public static bool IsForeign(HttpRequest request, Uri? externalUrl)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is not ("same-origin" or "none");
        }

        string origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return false;
        }

        return !Uri.TryCreate(origin, UriKind.Absolute, out Uri? page)
            || !(IsSame(page.Authority, request.Host.Value) || IsSame(page.Authority, externalUrl?.Authority));
    }

    private static bool IsSame(string authority, string? other) => string.Equals(authority, other, StringComparison.OrdinalIgnoreCase);
}
