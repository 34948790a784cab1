using System.Globalization;
using System.Net;
using Pharos.Scrape;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>
/// Which scrape URLs are this server's own pages of metrics: loopback with a port of ours. A prometheus.yml nearly always has such a target; it is served
/// from inside, so that no password has to stand in that file. Thread-safe.
/// </summary>
internal sealed class OwnUrls
{
    private readonly IReadOnlyDictionary<string, IExpositionSource> _pages;
    private readonly WebOptions _options;
    private volatile Dictionary<string, IExpositionSource> _urls = new(StringComparer.Ordinal);

    /// <param name="pages">What stands at which path, as <c>/metrics</c>.</param>
    /// <param name="options">The route prefix.</param>
    public OwnUrls(IReadOnlyDictionary<string, IExpositionSource> pages, WebOptions options)
    {
        _pages = pages;
        _options = options;
    }

    /// <summary>Takes the addresses that were bound, as <c>http://127.0.0.1:9090</c>; what loopback does not reach is none of ours.</summary>
    public void Set(IReadOnlyList<string> boundAddresses)
    {
        var urls = new Dictionary<string, IExpositionSource>(StringComparer.Ordinal);
        foreach (Uri bound in boundAddresses.Select(static address => new Uri(address)))
        {
            string host = bound.Host.Trim('[', ']');
            bool reachesAll = IPAddress.TryParse(host, out IPAddress? ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
            string[] hosts = reachesAll ? ["127.0.0.1", "localhost", "[::1]"] : bound.IsLoopback ? [bound.Host, "localhost"] : [];
            foreach (string own in hosts)
            {
                foreach ((string path, IExpositionSource source) in _pages)
                {
                    urls[string.Create(CultureInfo.InvariantCulture, $"{bound.Scheme}://{own}:{bound.Port}{_options.RoutePrefix}{path}")] = source;
                }
            }
        }

        _urls = urls;
    }

    /// <summary>Whether a scheme and an address, as <c>localhost:9090</c>, are this server's own.</summary>
    public bool IsOwn(string scheme, string address) => _urls.ContainsKey($"{scheme}://{address}{_options.RoutePrefix}/metrics") || IsExternal(scheme, address);

    public IExpositionSource? Find(string url) => _urls.GetValueOrDefault(url);

    /// <summary>Whether a URL leads to this server, whatever its path.</summary>
    public bool IsOwn(Uri url) => _urls.ContainsKey(string.Create(CultureInfo.InvariantCulture, $"{url.Scheme}://{url.Host}:{url.Port}{_options.RoutePrefix}/metrics"));

    private bool IsExternal(string scheme, string address) =>
        _options.ExternalUrl is { } external && external.Scheme == scheme
        && (address.Equals(external.Authority, StringComparison.OrdinalIgnoreCase) || address.Equals($"{external.Host}:{external.Port}", StringComparison.OrdinalIgnoreCase));
}
