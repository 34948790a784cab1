namespace Pharos.Server.Api;

/// <summary>
/// Turns the URL of a target on this machine into one that works from elsewhere, as upstream guesses it: the external URL's host, and for the server
/// itself its scheme and port too.
/// </summary>
internal sealed class GlobalUrl
{
    private static readonly string[] LocalHosts = ["127.0.0.1", "localhost", "[::1]"];
    private readonly Uri _external;
    private readonly int _ownPort;

    /// <param name="external">Under which users reach this server.</param>
    /// <param name="ownPort">On which it listens.</param>
    public GlobalUrl(Uri external, int ownPort)
    {
        _external = external;
        _ownPort = ownPort;
    }

    public string Of(string targetUrl)
    {
        if (!Uri.TryCreate(targetUrl, UriKind.Absolute, out Uri? url) || !LocalHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase))
        {
            return targetUrl;
        }

        var global = new UriBuilder(url) { Host = _external.Host };
        if (url.Port == _ownPort)
        {
            global.Scheme = _external.Scheme;
            global.Port = _external.Port;
        }

        return global.Uri.AbsoluteUri;
    }
}
