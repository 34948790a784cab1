using Pharos.Core.Contracts;

namespace Pharos.Server.Access;

/// <summary>The caller of a request, from <see cref="AuthenticationStep"/> on.</summary>
internal static class HttpContextCaller
{
    /// <summary>Null only on the paths that are open to everybody.</summary>
    public static Caller? GetCaller(this HttpContext context) => context.Features.Get<Caller>();

    internal static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);
}
