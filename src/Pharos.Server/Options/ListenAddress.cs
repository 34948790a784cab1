using System.Globalization;
using System.Net;

namespace Pharos.Server.Options;

/// <summary>One <c>--web.listen-address</c>: <c>host:port</c>, <c>:port</c>, <c>[::1]:port</c>.</summary>
/// <param name="Host">Empty for every address of the machine.</param>
/// <param name="Port">0 for any free one.</param>
internal sealed record ListenAddress(string Host, int Port)
{
    /// <summary>Whether every address of the machine is meant; as Go's servers do, <c>0.0.0.0</c> then means IPv6 too.</summary>
    public bool IsAny => Host.Length == 0 || (IPAddress.TryParse(Host, out IPAddress? ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));

    /// <summary>Reads an address; false when it has no port or a wrong one.</summary>
    public static bool TryParse(string text, out ListenAddress? address)
    {
        address = null;
        int colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > ushort.MaxValue)
        {
            return false;
        }

        string host = text[..colon];
        bool isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (host.Contains(':', StringComparison.Ordinal) && !isBracketed)
        {
            return false;
        }

        address = new ListenAddress(isBracketed ? host[1..^1] : host, port);
        return true;
    }

    /// <summary>The addresses to bind, when not <see cref="IsAny"/>: those of the name, but one alone where the port is to be chosen.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name cannot be resolved.</exception>
    public IReadOnlyList<IPAddress> Resolve() =>
        IPAddress.TryParse(Host, out IPAddress? literal) ? [literal] : [.. Dns.GetHostAddresses(Host).Distinct().Take(Port == 0 ? 1 : int.MaxValue)];

    /// <summary>Whether only this machine can connect.</summary>
    public bool IsLoopback() => !IsAny && Resolve() is { Count: > 0 } addresses && addresses.All(IPAddress.IsLoopback);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
