using Pharos.Access;
using Pharos.Access.Authentication;
using Pharos.Core.Contracts;

namespace Pharos.Server.Access;

/// <summary>Stands after routing: may this caller call this endpoint? What routing found no endpoint for goes on to its 404 or 405.</summary>
internal sealed class AuthorizationStep
{
    private readonly Uri? _externalUrl;
    private readonly AccessMetrics _metrics;

    /// <param name="externalUrl">See <see cref="SameOrigin.IsForeign"/>.</param>
    /// <param name="metrics">Counts refusals.</param>
    public AuthorizationStep(Uri? externalUrl, AccessMetrics metrics)
    {
        _externalUrl = externalUrl;
        _metrics = metrics;
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetCaller() is null)
        {
            return MayPassWithoutCaller(context) ? next(context) : TurnAwayAsync(context);
        }

        // The refusals of routing, such as 405, are endpoints too: without a route, and they do nothing.
        if (context.GetEndpoint() is not { } endpoint || (endpoint is not RouteEndpoint && endpoint.Metadata.Count == 0))
        {
            return next(context);
        }

        Caller caller = context.GetCaller()!;
        Permissions needed = EndpointPermissions.NeededBy(endpoint);
        if (!caller.May(needed))
        {
            return RefuseAsync(context, $"{caller} may not do this: it needs {PermissionTable.Describe(needed)}");
        }

        bool changesSomething = (needed & ~Permissions.Read) != 0 && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        if (changesSomething && caller.Kind != CallerKind.Token && SameOrigin.IsForeign(context.Request, _externalUrl))
        {
            return RefuseAsync(context, "a page of another site may not change anything here");
        }

        return next(context);
    }

    private static bool MayPassWithoutCaller(HttpContext context) =>
        EndpointPermissions.IsOpenToAll(context.GetEndpoint()) || OpenPaths.Contains(context.Request);

    /// <summary>Also where there is no endpoint: a stranger learns nothing of what there is, not even which paths exist.</summary>
    private Task TurnAwayAsync(HttpContext context)
    {
        if (context.GetCallerToChangePassword() is not null)
        {
            _metrics.CountForbidden();
            return Refusal.PasswordChangeAsync(context);
        }

        _metrics.CountSignIn(AuthenticationOutcome.NoCredentials);
        return Refusal.UnauthorizedAsync(context, "sign in with basic authentication or a bearer token");
    }

    private Task RefuseAsync(HttpContext context, string reason)
    {
        _metrics.CountForbidden();
        return Refusal.ForbiddenAsync(context, reason);
    }
}
