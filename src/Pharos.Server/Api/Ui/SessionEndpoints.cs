using Pharos.Access;
using Pharos.Access.Authentication;
using Pharos.Access.Sessions;
using Pharos.Access.Users;
using Pharos.Core.Contracts;
using Pharos.Server.Access;
using Pharos.Server.Options;

namespace Pharos.Server.Api.Ui;

/// <summary><c>p/session</c>, <c>p/session/password</c> and <c>p/setup</c>: signing in and out with a cookie, and taking the server over at the first start.</summary>
internal sealed class SessionEndpoints
{
    private const string WrongOneTimePassword = "this is not the one-time password of the first start";

    private readonly PharosAccess _access;
    private readonly WebOptions _web;
    private readonly TimeProvider _clock;

    public SessionEndpoints(PharosAccess access, WebOptions web, TimeProvider clock)
    {
        _access = access;
        _web = web;
        _clock = clock;
    }

    /// <param name="routes">Needs no permission: who is signed in is looked for here.</param>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapUi(HttpMethods.Get, "session", WriteAsync).OpenToAll();
        routes.MapUi(HttpMethods.Post, "session", SignInAsync).OpenToAll();
        routes.MapUi(HttpMethods.Delete, "session", SignOutAsync).OpenToAll();
        routes.MapUi(HttpMethods.Post, "session/password", ChangePasswordAsync).OpenToAll();
        routes.MapUi(HttpMethods.Post, "setup", ClaimAsync).OpenToAll();
    }

    private async Task WriteAsync(HttpContext context)
    {
        CookieSession? session = context.GetSession();
        Caller? caller = context.GetCaller() ?? context.GetCallerToChangePassword();
        await WriteAsync(context, caller, session?.Session).ConfigureAwait(false);
    }

    private async Task SignInAsync(HttpContext context)
    {
        RefuseForeign(context);
        RefuseWithoutSignIn();
        UiBody body = await UiBody.ReadAsync(context).ConfigureAwait(false);
        if (await CheckAsync(context, body.Text("name"), body.Text("password")).ConfigureAwait(false) is { } caller)
        {
            await OpenAsync(context, caller).ConfigureAwait(false);
        }
    }

    private async Task SignOutAsync(HttpContext context)
    {
        if (context.GetSession() is { } session)
        {
            await _access.Sessions.EndAsync(session.Secret, CancellationToken.None).ConfigureAwait(false);
        }

        SessionCookie.Remove(context, _access.ExternalUrl);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ChangePasswordAsync(HttpContext context)
    {
        if ((context.GetCaller() ?? context.GetCallerToChangePassword()) is not { } caller)
        {
            await Refusal.UnauthorizedAsync(context, "sign in first").ConfigureAwait(false);
            return;
        }

        if (caller.Kind != CallerKind.User)
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, $"{caller} has no password that could be changed here");
        }

        RefuseForeign(context);
        UiBody body = await UiBody.ReadAsync(context).ConfigureAwait(false);
        string current = body.Text("current");
        string password = body.Text("password");
        if (current == password)
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, "choose another password than the present one");
        }

        if (await CheckAsync(context, caller.Name, current).ConfigureAwait(false) is not { Kind: CallerKind.User } checkedCaller)
        {
            return;
        }

        await _access.Users.SetPasswordAsync(caller.Name, password, CancellationToken.None).ConfigureAwait(false);
        await ForgetOneTimePasswordAsync(context.RequestAborted).ConfigureAwait(false);
        await OpenAsync(context, checkedCaller).ConfigureAwait(false);
    }

    private async Task ClaimAsync(HttpContext context)
    {
        RefuseForeign(context);
        RefuseWithoutSignIn();
        UiBody body = await UiBody.ReadAsync(context).ConfigureAwait(false);
        string oneTimePassword = body.Text("oneTimePassword");
        string name = body.Text("name");
        string password = body.Text("password");
        if (await FindUnclaimedAsync(context.RequestAborted).ConfigureAwait(false) is not { } unclaimed)
        {
            throw new UiRequestException(StatusCodes.Status409Conflict, "this server has its admin already: sign in");
        }

        if (oneTimePassword == password)
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, "choose another password than the one-time password");
        }

        if (await CheckAsync(context, unclaimed.Name, oneTimePassword, WrongOneTimePassword).ConfigureAwait(false) is { Kind: CallerKind.User })
        {
            await _access.Users.ClaimAsync(unclaimed, name, password, CancellationToken.None).ConfigureAwait(false);
            await ForgetOneTimePasswordAsync(context.RequestAborted).ConfigureAwait(false);
            await OpenAsync(context, PermissionTable.User(name, Role.Admin)).ConfigureAwait(false);
        }
    }

    /// <summary>Null when it was answered that the password is wrong, or that it cannot be checked now.</summary>
    private async Task<Caller?> CheckAsync(HttpContext context, string name, string password, string? wrong = null)
    {
        AuthenticationResult result = await _access.Authenticator
            .SignInAsync(name, password, context.Connection.RemoteIpAddress, context.RequestAborted).ConfigureAwait(false);
        _access.Metrics.CountSignIn(result.Outcome);
        switch (result.Outcome)
        {
            case AuthenticationOutcome.Accepted:
                return result.Caller;
            case AuthenticationOutcome.TooManyFailures:
                await Refusal.TooManyAsync(context, result.RetryAfter, result.Message).ConfigureAwait(false);
                return null;
            case AuthenticationOutcome.Unavailable:
                await Refusal.UnavailableAsync(context).ConfigureAwait(false);
                return null;
            default:
                // No challenge: a browser must not ask for the password over the head of the page that just did.
                await UiError.WriteAsync(context, StatusCodes.Status401Unauthorized, wrong ?? "wrong name or password").ConfigureAwait(false);
                return null;
        }
    }

    private async Task OpenAsync(HttpContext context, Caller caller)
    {
        string secret = await _access.Sessions.OpenAsync(caller, CancellationToken.None).ConfigureAwait(false);
        Session session = await _access.Sessions.FindAsync(secret, context.RequestAborted).ConfigureAwait(false)
            ?? throw new UiRequestException(StatusCodes.Status409Conflict, $"{caller} was changed at the same moment: sign in again");
        SessionCookie.Set(context, secret, _access.ExternalUrl);
        await WriteAsync(context, session.Caller, session).ConfigureAwait(false);
    }

    private async Task WriteAsync(HttpContext context, Caller? caller, Session? session)
    {
        bool setupNeeded = !_access.IsOpen && await FindUnclaimedAsync(context.RequestAborted).ConfigureAwait(false) is not null;
        bool mustChange = session?.MustChangePassword ?? context.GetCallerToChangePassword() is not null;
        await UiAnswer.WriteAsync(context, _clock, json =>
        {
            json.WriteBoolean("signedIn"u8, caller is not null);
            json.WriteString("authMode"u8, _access.IsOpen ? "none" : "full");
            json.WriteBoolean("setupNeeded"u8, setupNeeded);
            json.WriteString("instance"u8, _web.ExternalUrl?.Authority ?? Environment.MachineName);
            if (setupNeeded && caller is null)
            {
                json.WriteIfAny("passwordFile", FirstStart.FindPasswordFile(_access.DataFolder));
            }

            if (caller is null)
            {
                return;
            }

            json.WriteString("name"u8, caller.Name);
            json.WriteString("role"u8, caller.Role.ToString());
            if (mustChange)
            {
                json.WriteBoolean("mustChangePassword"u8, true);
            }

            json.WriteIfAny("csrf", session?.Csrf);
            json.WriteString("version"u8, BuildInfo.Version);
            json.WriteString("timeZone"u8, _clock.LocalTimeZone.Id);
        }).ConfigureAwait(false);
    }

    private async ValueTask<User?> FindUnclaimedAsync(CancellationToken cancellationToken)
    {
        UserList users = await _access.Users.ListAsync(cancellationToken).ConfigureAwait(false);
        return users.Users.FirstOrDefault(static user => user.IsUnclaimed);
    }

    private async Task ForgetOneTimePasswordAsync(CancellationToken cancellationToken)
    {
        if (await FindUnclaimedAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            return;
        }

        try
        {
            FirstStart.Forget(_access.DataFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What it holds is no password any more.
            return;
        }
    }

    private void RefuseForeign(HttpContext context)
    {
        if (SameOrigin.IsForeign(context.Request, _access.ExternalUrl))
        {
            throw new UiRequestException(StatusCodes.Status403Forbidden, "a page of another site may not sign in here");
        }
    }

    private void RefuseWithoutSignIn()
    {
        if (_access.IsOpen)
        {
            throw new UiRequestException(StatusCodes.Status409Conflict, "this server runs without sign-in (--web.auth=none)");
        }
    }
}
