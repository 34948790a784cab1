using Pharos.Access;
using Pharos.Core.Contracts;
using Pharos.PromQL;

namespace Pharos.Server.Api.Ui;

/// <summary>The interface between the UI and the server, <c>/api/pharos/v1</c>: its paths, and how what goes wrong is answered.</summary>
internal static class UiApi
{
    /// <summary>All of its paths begin so; written <c>p/</c> in <c>docs/api.md</c>.</summary>
    public const string Root = "/api/pharos/v1";

    private static readonly PathString RootPath = Root;

    public static bool IsUnder(PathString path) => path.StartsWithSegments(RootPath, StringComparison.Ordinal);

    /// <summary>Signing in and claiming the server: a session that the browser still has is not used for them.</summary>
    public static bool IsSignIn(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Path.Value is Root + "/session" or Root + "/setup";

    /// <summary>Maps a path below <see cref="Root"/>; errors that <paramref name="answer"/> throws are written as <c>docs/api.md</c> states.</summary>
    public static IEndpointConventionBuilder MapUi(this IEndpointRouteBuilder routes, string method, string path, Func<HttpContext, Task> answer) =>
        routes.MapMethods($"{Root}/{path}", [method], context => AnswerAsync(context, answer));

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        try
        {
            context.Response.Headers.CacheControl = "no-store";
            await answer(context).ConfigureAwait(false);
        }
        catch (UiRequestException error) when (!context.Response.HasStarted)
        {
            await UiError.WriteAsync(context, error.StatusCode, error.Message, error.Cause, error.Place, error.Fix).ConfigureAwait(false);
        }
        catch (AccessException error) when (!context.Response.HasStarted)
        {
            await UiError.WriteAsync(context, StatusCodes.Status400BadRequest, error.Message).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DocumentStoreException or StorageUnavailableException && !context.Response.HasStarted)
        {
            await UiError.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the server cannot answer this now", error.Message).ConfigureAwait(false);
        }
        catch (QueryException error) when (!context.Response.HasStarted)
        {
            int status = error.Kind switch
            {
                QueryErrorKind.BadData => StatusCodes.Status400BadRequest,
                QueryErrorKind.Timeout => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status422UnprocessableEntity,
            };
            await UiError.WriteAsync(context, status, "a query was not answered", error.Message).ConfigureAwait(false);
        }
    }
}
