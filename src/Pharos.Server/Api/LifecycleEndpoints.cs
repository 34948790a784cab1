using Pharos.Server.Http;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api;

/// <summary><c>/-/reload</c> and <c>/-/quit</c>, with <c>--web.enable-lifecycle</c>.</summary>
internal sealed class LifecycleEndpoints
{
    private static readonly string[] Changing = [HttpMethods.Post, HttpMethods.Put];
    private readonly bool _enabled;
    private readonly Func<CancellationToken, Task<string?>> _reload;
    private readonly StopSwitch _stop;

    /// <param name="enabled">Whether the flag was given.</param>
    /// <param name="reload">Loads the configuration anew; answers why it failed, or null.</param>
    /// <param name="stop">What ends the server.</param>
    public LifecycleEndpoints(bool enabled, Func<CancellationToken, Task<string?>> reload, StopSwitch stop)
    {
        _enabled = enabled;
        _reload = reload;
        _stop = stop;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/-/reload", Changing, _enabled ? ReloadAsync : ForbidAsync);
        routes.MapMethods("/-/quit", Changing, _enabled ? QuitAsync : ForbidAsync);
        routes.MapGet("/-/reload", OnlyPostAsync);
        routes.MapGet("/-/quit", OnlyPostAsync);
    }

    private static Task ForbidAsync(HttpContext context) => PlainText.WriteAsync(context, StatusCodes.Status403Forbidden, "Lifecycle API is not enabled.");

    private static Task OnlyPostAsync(HttpContext context) =>
        PlainText.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Only POST or PUT requests allowed");

    private async Task ReloadAsync(HttpContext context)
    {
        // A client that goes away does not stop the reload halfway.
        if (await _reload(CancellationToken.None).ConfigureAwait(false) is { } error)
        {
            await PlainText.WriteAsync(context, StatusCodes.Status500InternalServerError, $"failed to reload config: {error}\n").ConfigureAwait(false);
        }
    }

    private Task QuitAsync(HttpContext context) =>
        PlainText.WriteAsync(context, _stop.Request("web interface") ? "Requesting termination... Goodbye!" : "Termination already in progress.");
}
