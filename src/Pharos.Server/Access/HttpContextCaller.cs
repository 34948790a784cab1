using Pharos.Core.Contracts;

namespace Pharos.Server.Access;

/// <summary>The caller of a request, from <see cref="AuthenticationStep"/> on.</summary>
internal static class HttpContextCaller
{
    /// <summary>Null only where the endpoint is open to everybody.</summary>
    public static Caller? GetCaller(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>The session of the cookie; null for callers that proved themselves otherwise, and for nobody.</summary>
    public static CookieSession? GetSession(this HttpContext context) => context.Features.Get<CookieSession>();

    /// <summary>Somebody whose password is good for nothing but choosing another one; then there is no caller.</summary>
    public static Caller? GetCallerToChangePassword(this HttpContext context) => context.Features.Get<PasswordChangeNeeded>()?.Caller;

    internal static void SetSession(this HttpContext context, CookieSession session) => context.Features.Set(session);

    internal static void SetCallerToChangePassword(this HttpContext context, Caller caller) => context.Features.Set(new PasswordChangeNeeded(caller));

    internal static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);
}
