using System.Globalization;
using System.Net;
using Pharos.Access;
using Pharos.Access.Authentication;
using Pharos.Access.WebConfig;
using Pharos.Server.Http;

namespace Pharos.Server.Access;

/// <summary>
/// Stands before routing: who does not say who it is learns nothing of what there is, not even which paths exist. Also limits the rate of
/// requests and puts the security headers on every answer.
/// </summary>
internal sealed partial class AuthenticationStep
{
    private const string Challenge = "Basic realm=\"Pharos\", charset=\"UTF-8\"";

    private readonly PharosAccess _access;
    private readonly TimeProvider _clock;
    private readonly ILogger<AuthenticationStep> _logger;

    /// <summary>Made anew when the configuration of the limit changes.</summary>
    private volatile RequestRateLimit? _limit;

    public AuthenticationStep(PharosAccess access, TimeProvider clock, ILogger<AuthenticationStep> logger)
    {
        _access = access;
        _clock = clock;
        _logger = logger;
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        WebConfigFile config = _access.WebConfig.Current().Config;
        SecurityHeaders.Arrange(context.Response, config.Headers);
        if (LimitOf(config) is { } limit && !limit.TryTake())
        {
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(limit.Config.Interval.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await PlainText.WriteAsync(context, StatusCodes.Status429TooManyRequests, "Too Many Requests\n").ConfigureAwait(false);
            return;
        }

        if (OpenPaths.Contains(context.Request))
        {
            await next(context).ConfigureAwait(false);
        }
        else if (_access.IsOpen)
        {
            await PassLocalAsync(context, next).ConfigureAwait(false);
        }
        else
        {
            await PassSignedInAsync(context, next).ConfigureAwait(false);
        }
    }

    private static Task PassLocalAsync(HttpContext context, RequestDelegate next)
    {
        string origin = context.Request.Headers.Origin.ToString();
        bool isLocal = LoopbackNames.IsLoopbackAuthority(context.Request.Host.Value ?? "") && (origin.Length == 0 || LoopbackNames.IsLoopbackOrigin(origin));
        if (!isLocal)
        {
            return PlainText.WriteAsync(context, StatusCodes.Status403Forbidden,
                "without sign-in (--web.auth=none) only requests are answered whose Host and Origin are of this machine: localhost, 127.0.0.1 or [::1]\n");
        }

        context.SetCaller(PermissionTable.Anonymous);
        return next(context);
    }

    private async Task PassSignedInAsync(HttpContext context, RequestDelegate next)
    {
        // Two headers are two claims: neither counts, and no part of the server may take the other one.
        Microsoft.Extensions.Primitives.StringValues headers = context.Request.Headers.Authorization;
        string? header = headers.Count == 1 ? headers[0] : null;
        AuthenticationResult result = await _access.Authenticator
            .AuthenticateAsync(header, context.Connection.RemoteIpAddress, context.RequestAborted).ConfigureAwait(false);
        _access.Metrics.CountSignIn(result.Outcome);
        switch (result.Outcome)
        {
            case AuthenticationOutcome.Accepted:
                context.SetCaller(result.Caller!);
                await next(context).ConfigureAwait(false);
                return;
            case AuthenticationOutcome.Unavailable:
                Log.Unavailable(_logger, result.Message);
                await PlainText.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "sign-in is not available: see the log of the server\n").ConfigureAwait(false);
                return;
            case AuthenticationOutcome.TooManyFailures:
                context.Response.Headers.RetryAfter = result.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                await PlainText.WriteAsync(context, StatusCodes.Status429TooManyRequests, result.Message + "\n").ConfigureAwait(false);
                return;
            case AuthenticationOutcome.Refused:
                Log.Refused(_logger, context.Connection.RemoteIpAddress, result.Message);
                break;
        }

        context.Response.Headers.WWWAuthenticate = Challenge;
        await PlainText.WriteAsync(context, StatusCodes.Status401Unauthorized, $"Unauthorized: {result.Message}\n").ConfigureAwait(false);
    }

    private RequestRateLimit? LimitOf(WebConfigFile config)
    {
        RequestRateLimit? limit = _limit;
        if (limit?.Config != config.RateLimit)
        {
            limit = config.RateLimit is { } changed ? new RequestRateLimit(changed, _clock) : null;
            _limit = limit;
        }

        return limit;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "A sign-in was refused")]
        public static partial void Refused(ILogger logger, IPAddress? address, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Nobody can sign in")]
        public static partial void Unavailable(ILogger logger, string reason);
    }
}
