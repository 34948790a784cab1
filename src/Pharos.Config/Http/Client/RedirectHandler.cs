using System.Net;

namespace Pharos.Config.Http.Client;

/// <summary>
/// Follows redirects, ten at most, as Go's client does: 307 and 308 with the same method and body, the others with GET and without a body where the request was neither GET
/// nor HEAD. A body that cannot be sent twice is not. Credentials go along to the same host only.
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

            if (!KeepsMethod(response.StatusCode) && !IsReading(request.Method))
            {
                request.Method = HttpMethod.Get;
                request.Content = null;
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
        bool repeats = !KeepsMethod(response.StatusCode) || request.Content is null or ByteArrayContent or ReadOnlyMemoryContent;
        return redirects && repeats && response.Headers.Location is { } location ? new Uri(request.RequestUri!, location) : null;
    }

    private static bool KeepsMethod(HttpStatusCode status) => status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static bool IsReading(HttpMethod method) => method == HttpMethod.Get || method == HttpMethod.Head;
}
