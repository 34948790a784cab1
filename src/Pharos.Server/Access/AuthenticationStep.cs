using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Pharos.Access;
using Pharos.Access.Authentication;
using Pharos.Access.Sessions;
using Pharos.Access.WebConfig;
using Pharos.Core.Contracts;
using Pharos.Server.Api.Ui;
using Pharos.Server.Http;

namespace Pharos.Server.Access;

/// <summary>
/// Stands before routing and finds out who sent a request: by the Authorization header, else by the cookie of a session. Who says nothing goes on as a stranger,
/// whom <see cref="AuthorizationStep"/> turns away at all but the endpoints that are open to all. Also limits the rate of requests and puts the security
/// headers on every answer.
/// </summary>
internal sealed partial class AuthenticationStep
{
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
        else if (context.Request.Headers.Authorization.Count > 0)
        {
            await PassByHeaderAsync(context, next).ConfigureAwait(false);
        }
        else
        {
            await PassByCookieAsync(context, next).ConfigureAwait(false);
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

    private async Task PassByHeaderAsync(HttpContext context, RequestDelegate next)
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
                Enter(context, result.Caller!, result.MustChangePassword);
                await next(context).ConfigureAwait(false);
                return;
            case AuthenticationOutcome.Unavailable:
                Log.Unavailable(_logger, result.Message);
                await Refusal.UnavailableAsync(context).ConfigureAwait(false);
                return;
            case AuthenticationOutcome.TooManyFailures:
                await Refusal.TooManyAsync(context, result.RetryAfter, result.Message).ConfigureAwait(false);
                return;
            case AuthenticationOutcome.Refused:
                Log.Refused(_logger, context.Connection.RemoteIpAddress, result.Message);
                break;
        }

        await Refusal.UnauthorizedAsync(context, result.Message).ConfigureAwait(false);
    }

    private async Task PassByCookieAsync(HttpContext context, RequestDelegate next)
    {
        Session? session = null;
        string? secret = UiApi.IsSignIn(context.Request) ? null : SessionCookie.Read(context.Request);
        if (secret is not null)
        {
            try
            {
                session = await _access.Sessions.FindAsync(secret, context.RequestAborted).ConfigureAwait(false);
            }
            catch (DocumentStoreException exception)
            {
                Log.Unavailable(_logger, exception.Message);
                await Refusal.UnavailableAsync(context).ConfigureAwait(false);
                return;
            }
        }

        if (session is not null)
        {
            _access.Metrics.CountSignIn(AuthenticationOutcome.Accepted);
            if (WhyForged(context.Request, session) is { } reason)
            {
                _access.Metrics.CountForbidden();
                await Refusal.ForbiddenAsync(context, reason).ConfigureAwait(false);
                return;
            }

            context.SetSession(new CookieSession(secret!, session));
            Enter(context, session.Caller, session.MustChangePassword);
        }

        // Without a session the endpoint decides: AuthorizationStep lets strangers to those alone that are open to all.
        await next(context).ConfigureAwait(false);
    }

    private static void Enter(HttpContext context, Caller caller, bool mustChangePassword)
    {
        if (mustChangePassword)
        {
            context.SetCallerToChangePassword(caller);
        }
        else
        {
            context.SetCaller(caller);
        }
    }

    /// <summary>Why a request with a cookie may be another page's doing; null when it is not, or when it changes nothing.</summary>
    private string? WhyForged(HttpRequest request, Session session)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        if (SameOrigin.IsForeign(request, _access.ExternalUrl))
        {
            return "a page of another site may not change anything here";
        }

        byte[] given = Encoding.UTF8.GetBytes(request.Headers[SessionCookie.CsrfHeader].ToString());
        return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(session.Csrf))
            ? null
            : $"with a session every request but GET and HEAD bears the header {SessionCookie.CsrfHeader} with the value of this session";
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
