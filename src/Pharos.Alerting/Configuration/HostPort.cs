using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration;

/// <summary>A host and a port, as <c>mail.example.com:25</c>; both empty where nothing is written.</summary>
public readonly record struct HostPort(string Host, string Port)
{
    /// <summary>Splits an address; an IPv6 host stands in brackets.</summary>
    /// <exception cref="FormatException">There is no port; the message is upstream's.</exception>
    public static HostPort Parse(string text)
    {
        if (text.Length == 0)
        {
            return new HostPort("", "");
        }

        int colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            throw new FormatException($"address {text}: missing port in address");
        }

        string host = text[..colon];
        bool isBracketed = host.StartsWith('[');
        if (isBracketed && !host.EndsWith(']'))
        {
            throw new FormatException(host.Contains(']', StringComparison.Ordinal) || text.EndsWith(']') ? $"address {text}: missing port in address" : $"address {text}: missing ']' in address");
        }

        if (!isBracketed && host.Contains(':', StringComparison.Ordinal))
        {
            throw new FormatException($"address {text}: too many colons in address");
        }

        string port = text[(colon + 1)..];
        return port.Length == 0
            ? throw new FormatException($"address {GoQuote.Quote(text)}: port cannot be empty")
            : new HostPort(isBracketed ? host[1..^1] : host, port);
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => Port is null or "" ? "" : Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
