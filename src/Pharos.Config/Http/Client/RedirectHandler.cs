using System.Net;

namespace Pharos.Config.Http.Client;

/// <summary>
/// Follows redirects of GET and HEAD requests, ten at most, as Go's client does. Credentials go along to the same host only.
/// </summary>
internal sealed class RedirectHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MaxRedirects = 10;

    /// <summary>Set on requests that a redirect has led to another host.</summary>
    public static readonly HttpRequestOptionsKey<bool> LeftHost = new("pharos.redirected-to-another-host");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        int redirects = 0;
        while (Target(request, response) is { } target)
        {
            response.Dispose();
            if (++redirects > MaxRedirects)
            {
                throw new HttpRequestException($"stopped after {MaxRedirects} redirects");
            }

            if (target.Scheme != Uri.UriSchemeHttp && target.Scheme != Uri.UriSchemeHttps)
            {
                throw new HttpRequestException($"unsupported protocol scheme \"{target.Scheme}\"");
            }

            if (!string.Equals(target.Authority, request.RequestUri!.Authority, StringComparison.OrdinalIgnoreCase))
            {
                request.Options.Set(LeftHost, true);
                request.Headers.Authorization = null;
                request.Headers.Remove("Cookie");
            }

            request.RequestUri = target;
            request.Headers.Host = null;
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }

    private static Uri? Target(HttpRequestMessage request, HttpResponseMessage response)
    {
        bool redirects = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        bool repeats = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        return redirects && repeats && response.Headers.Location is { } location ? new Uri(request.RequestUri!, location) : null;
    }
}
