using System.Collections.Concurrent;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Server.Access;
using Pharos.Server.Http;

namespace Pharos.Server.Api.Ui;

/// <summary>
/// <c>p/events</c>: server-sent events. A stream ends with its session, with the server, after an hour, or when its client goes; the browser then opens another one.
/// </summary>
internal sealed class EventEndpoint
{
    internal const int MaxPerCaller = 20;
    internal const int MaxInAll = 500;

    private const int TicksPerComment = 15;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    private readonly UiServices _services;
    private readonly LiveState _state;
    private readonly CancellationToken _stopping;
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _openInAll;

    /// <param name="services">Whose clock and sessions are used.</param>
    /// <param name="state">What is told.</param>
    /// <param name="stopping">The server ends: streams must not keep it.</param>
    public EventEndpoint(UiServices services, LiveState state, CancellationToken stopping)
    {
        _services = services;
        _state = state;
        _stopping = stopping;
    }

    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "events", StreamAsync);

    private async Task StreamAsync(HttpContext context)
    {
        string caller = context.GetCaller()!.ToString();
        int inAll = Interlocked.Increment(ref _openInAll);
        int own = _open.AddOrUpdate(caller, 1, static (_, count) => count + 1);
        try
        {
            if (own > MaxPerCaller || inAll > MaxInAll)
            {
                context.Response.Headers.RetryAfter = "30";
                throw new UiRequestException(StatusCodes.Status429TooManyRequests, "too many event streams are open") { Fix = "Close some of the tabs." };
            }

            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
            await TellAsync(context, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _openInAll);
            if (_open.AddOrUpdate(caller, 0, static (_, count) => count - 1) <= 0)
            {
                _open.TryRemove(new KeyValuePair<string, int>(caller, 0));
            }
        }
    }

    private async Task TellAsync(HttpContext context, CancellationToken cancellationToken)
    {
        HttpResponse response = context.Response;
        response.ContentType = RequestLoop.EventStream;
        response.Headers["X-Accel-Buffering"] = "no";
        long start = _services.Clock.GetTimestamp();
        LiveMoment? told = null;
        int ticks = 0;
        while (_services.Clock.GetElapsedTime(start) < MaxAge)
        {
            if (!await IsSignedInAsync(context, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            LiveMoment now = _state.Take();
            string text = now.EventsSince(told);
            told = now;
            if (ticks++ % TicksPerComment == TicksPerComment - 1)
            {
                text += ":\n\n";
            }

            if (text.Length > 0)
            {
                await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
                await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Tick, _services.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Who signed out, or whose password or role was taken away, hears nothing more. Other proofs are asked for again with the next stream.</summary>
    private async ValueTask<bool> IsSignedInAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.GetSession() is not { } session)
        {
            return true;
        }

        try
        {
            return await _services.Access.Sessions.FindAsync(session.Secret, cancellationToken).ConfigureAwait(false) is { MustChangePassword: false };
        }
        catch (DocumentStoreException)
        {
            return false;
        }
    }
}
