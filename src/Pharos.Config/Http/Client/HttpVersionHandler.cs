using System.Net;

namespace Pharos.Config.Http.Client;

/// <summary>Asks for HTTP/2 over TLS where it is enabled, for HTTP/1.1 otherwise.</summary>
internal sealed class HttpVersionHandler(bool enableHttp2, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Version = enableHttp2 && request.RequestUri?.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        return base.SendAsync(request, cancellationToken);
    }
}
