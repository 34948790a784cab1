namespace Pharos.Config.Http;

/// <summary>Headers that a <c>headers</c> field may not set.</summary>
public static class ReservedHeaders
{
    // Headers that carry the connection, that the sender sets, or that request signing adds.
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "host", "content-encoding", "content-length", "content-type", "user-agent", "connection", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "www-authenticate", "accept-encoding", "x-prometheus-remote-write-version", "x-prometheus-remote-read-version", "x-amz-date", "x-amz-security-token",
        "x-amz-content-sha256",
    };

    /// <summary>What is wrong with setting a header; null when it may be set.</summary>
    /// <param name="header">Its name.</param>
    /// <param name="authorizationMessage">Upstream's message of the section about <c>Authorization</c>.</param>
    public static string? Check(string header, string authorizationMessage)
    {
        if (string.Equals(header, "authorization", StringComparison.OrdinalIgnoreCase))
        {
            return authorizationMessage;
        }

        return Names.Contains(header) ? $"{header} is a reserved header. It must not be changed" : null;
    }
}
