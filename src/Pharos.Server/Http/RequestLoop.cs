using Microsoft.AspNetCore.Http.Features;
using Pharos.Core.Contracts;
using Pharos.Server.Api;
using Pharos.Server.Metrics;

namespace Pharos.Server.Http;

/// <summary>
/// The outermost step of every request: counts it, turns what was thrown into an answer that tells no more than it should, and gives the bare
/// refusals of routing upstream's words.
/// </summary>
internal sealed partial class RequestLoop
{
    /// <summary>The content type of answers that last as long as somebody listens.</summary>
    public const string EventStream = "text/event-stream";

    private const string Unrouted = "unrouted";
    private readonly HttpMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<RequestLoop> _logger;

    public RequestLoop(HttpMetrics metrics, TimeProvider clock, ILogger<RequestLoop> logger)
    {
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        long start = _clock.GetTimestamp();
        _metrics.Begin();
        try
        {
            await next(context).ConfigureAwait(false);
            await ExplainAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            SetStatus(context, StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception exception)
        {
            await AnswerAsync(context, exception).ConfigureAwait(false);
        }
        finally
        {
            string handler = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Unrouted;
            bool isStream = string.Equals(context.Response.ContentType, EventStream, StringComparison.Ordinal);
            _metrics.End(handler, context.Response.StatusCode, isStream ? null : _clock.GetElapsedTime(start));
        }
    }

    private static Task ExplainAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        bool isBare = !response.HasStarted && response.ContentLength is null && response.ContentType is null;
        return (isBare, response.StatusCode) switch
        {
            (true, StatusCodes.Status404NotFound) => PlainText.WriteAsync(context, "404 page not found\n"),
            (true, StatusCodes.Status405MethodNotAllowed) => PlainText.WriteAsync(context, "Method Not Allowed\n"),
            _ => Task.CompletedTask,
        };
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (context.Response.HasStarted)
        {
            Log.FailedMidway(_logger, context.Request.Path, exception);
            context.Abort();
            return;
        }

        context.Response.Clear();
        switch (exception)
        {
            case BadHttpRequestException bad:
                await PlainText.WriteAsync(context, bad.StatusCode, bad.Message + "\n").ConfigureAwait(false);
                break;
            case StorageUnavailableException unavailable:
                Log.Unavailable(_logger, context.Request.Path, unavailable.Message);
                await PlainText.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, unavailable.Message + "\n").ConfigureAwait(false);
                break;
            default:
                Log.Failed(_logger, context.Request.Path, exception);
                await ApiResponse.WriteErrorAsync(context, ApiErrorType.Internal, "internal error: see the log of the server").ConfigureAwait(false);
                break;
        }
    }

    private static void SetStatus(HttpContext context, int statusCode)
    {
        if (!context.Response.HasStarted && context.Features.Get<IHttpResponseFeature>() is not null)
        {
            context.Response.StatusCode = statusCode;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A request failed")]
        public static partial void Failed(ILogger logger, PathString path, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "A request failed after its answer had begun: the connection is cut")]
        public static partial void FailedMidway(ILogger logger, PathString path, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The store refused a request")]
        public static partial void Unavailable(ILogger logger, PathString path, string reason);
    }
}
