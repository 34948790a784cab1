using System.Net;

namespace Pharos.Config.Http.Client;

/// <summary>A proxy with a list of hosts that are reached without it, in the form of <c>NO_PROXY</c>.</summary>
internal sealed class ConfiguredProxy : IWebProxy
{
    private readonly Uri _proxy;
    private readonly string[] _direct;

    private ConfiguredProxy(Uri proxy, string[] direct)
    {
        _proxy = proxy;
        _direct = direct;
    }

    public ICredentials? Credentials { get; set; }

    /// <summary>Null when none is configured.</summary>
    public static ConfiguredProxy? From(ProxyConfig config)
    {
        if (config.Url is not { IsEmpty: false } url)
        {
            return null;
        }

        string[] direct = config.NoProxy.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new ConfiguredProxy(url.ToUri(), direct)
        {
            Credentials = url.User.Length == 0 ? null : new NetworkCredential(url.User, url.Password.Reveal()),
        };
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _proxy;

    public bool IsBypassed(Uri host) => Array.Exists(_direct, entry => Matches(entry, host.IdnHost, host.Port));

    // "*", "host", ".domain", "host:port", an address, or a network such as 10.0.0.0/8.
    private static bool Matches(string entry, string host, int port)
    {
        if (entry == "*")
        {
            return true;
        }

        bool isAddress = IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address);
        if (isAddress && IPNetwork.TryParse(entry, out IPNetwork network))
        {
            return network.Contains(address!);
        }

        int colon = entry.LastIndexOf(':');
        if (colon > 0 && int.TryParse(entry.AsSpan(colon + 1), out int entryPort) && !IPAddress.TryParse(entry, out _))
        {
            if (entryPort != port)
            {
                return false;
            }

            entry = entry[..colon];
        }

        if (isAddress)
        {
            return IPAddress.TryParse(entry, out IPAddress? direct) && direct.Equals(address);
        }

        string domain = entry.StartsWith("*.", StringComparison.Ordinal) ? entry[1..] : entry;
        return domain.StartsWith('.')
            ? host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            : host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
    }
}
