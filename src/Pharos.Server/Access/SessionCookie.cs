namespace Pharos.Server.Access;

/// <summary>
/// The cookie of a session. SameSite is Strict: a link from elsewhere opens the page, which bears no data, and the page's own requests bear the cookie.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "pharos_session";

    /// <summary>The header that goes with the cookie wherever something may change.</summary>
    public const string CsrfHeader = "X-Pharos-Csrf";

    private static readonly TimeSpan MaxAge = new Pharos.Access.Sessions.SessionOptions().Absolute;

    /// <summary>Null without one.</summary>
    public static string? Read(HttpRequest request) => request.Cookies.TryGetValue(Name, out string? secret) && secret.Length > 0 ? secret : null;

    public static void Set(HttpContext context, string secret, Uri? externalUrl)
    {
        CookieOptions options = Options(context, externalUrl);
        options.MaxAge = MaxAge;
        context.Response.Cookies.Append(Name, secret, options);
    }

    public static void Remove(HttpContext context, Uri? externalUrl) => context.Response.Cookies.Delete(Name, Options(context, externalUrl));

    private static CookieOptions Options(HttpContext context, Uri? externalUrl) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        Secure = context.Request.IsHttps || IsBehindTls(context.Request, externalUrl),
    };

    private static bool IsBehindTls(HttpRequest request, Uri? externalUrl) =>
        externalUrl is { Scheme: "https" } && string.Equals(externalUrl.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
