using System.Globalization;
using Pharos.Server.Api.Ui;
using Pharos.Server.Http;

namespace Pharos.Server.Access;

/// <summary>The answers of the door: in the form of the UI's interface on its paths, as plain text elsewhere.</summary>
internal static class Refusal
{
    private const string Challenge = "Basic realm=\"Pharos\", charset=\"UTF-8\"";

    public const string PasswordChangeCause = "password change required";

    /// <summary>401. Programs are told how to sign in; a page of ours is not, since the browser would ask for the password over the page's head.</summary>
    public static Task UnauthorizedAsync(HttpContext context, string message)
    {
        if (!IsOfPage(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = Challenge;
        }

        return WriteAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized: ", message);
    }

    /// <summary>403.</summary>
    public static Task ForbiddenAsync(HttpContext context, string message, string? cause = null) =>
        WriteAsync(context, StatusCodes.Status403Forbidden, "Forbidden: ", message, cause);

    /// <summary>403 for who may only choose another password.</summary>
    public static Task PasswordChangeAsync(HttpContext context) =>
        ForbiddenAsync(context, "the password is good for nothing but choosing another one: sign in and change it", PasswordChangeCause);

    /// <summary>429.</summary>
    public static Task TooManyAsync(HttpContext context, TimeSpan retryAfter, string message)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, StatusCodes.Status429TooManyRequests, "", message);
    }

    /// <summary>503: the documents of users cannot be read.</summary>
    public static Task UnavailableAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "", "sign-in is not available: see the log of the server");

    // Browsers tell the mode over TLS and on loopback addresses only; our pages ask for JSON and nothing else.
    private static bool IsOfPage(HttpRequest request) =>
        UiApi.IsUnder(request.Path)
        || request.Headers.Accept.ToString() == "application/json"
        || request.Headers.XRequestedWith.Count > 0
        || (request.Headers["Sec-Fetch-Mode"].ToString() is { Length: > 0 } mode && mode != "navigate");

    private static Task WriteAsync(HttpContext context, int statusCode, string prefix, string message, string? cause = null) =>
        UiApi.IsUnder(context.Request.Path)
            ? UiError.WriteAsync(context, statusCode, message, cause)
            : PlainText.WriteAsync(context, statusCode, $"{prefix}{message}\n");
}
