using System.Net;

namespace Pharos.Server.Access;

/// <summary>
/// Tells by a request's headers whether a browser believes to talk to this machine. A page of a stranger whose name was made to resolve to
/// 127.0.0.1 (DNS rebinding) has its own name in both.
/// </summary>
internal static class LoopbackNames
{
    /// <param name="authority">The Host header: a name or address with or without a port.</param>
    public static bool IsLoopbackAuthority(string authority)
    {
        var host = new HostString(authority);
        string name = host.HasValue ? host.Host.Trim('[', ']') : "";
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    /// <param name="origin">The Origin header; <c>null</c> is a stranger's.</param>
    public static bool IsLoopbackOrigin(string origin)
        => Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && IsLoopbackAuthority(uri.Authority);
}
