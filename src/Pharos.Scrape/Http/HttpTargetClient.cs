using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Pharos.Config.Http.Client;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Http;

/// <summary>Fetches over HTTP, as the job's configuration says. One for all targets of a job.</summary>
internal sealed class HttpTargetClient : ITargetClient
{
    /// <summary>No body is larger, whatever the job allows: a target must not take the server's memory.</summary>
    public const long MaxBodyBytes = 256L * 1024 * 1024;

    /// <summary>The limit where the job sets none: room for several hundred thousand series.</summary>
    public const long DefaultBodyBytes = MaxBodyBytes / 4;

    private readonly HttpMessageInvoker _http;
    private readonly ScrapeMetrics _metrics;
    private readonly string _userAgent;
    private readonly string _accept;
    private readonly bool _compression;
    private readonly long _bodySizeLimit;

    static HttpTargetClient()
    {
        // Otherwise a gzip stream that was cut off passes for a whole one.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
    }

    /// <exception cref="NotSupportedException">The configuration asks for what is not built.</exception>
    public HttpTargetClient(ScrapeConfig config, string userAgent, ScrapeMetrics metrics)
    {
        _http = HttpClientBuilder.Build(config.Http);
        _metrics = metrics;
        _userAgent = userAgent;
        _accept = AcceptHeader.Build(config.ScrapeProtocols, config.NameEscaping);
        _compression = config.EnableCompression;
        _bodySizeLimit = config.BodySizeLimit > 0 ? Math.Min(config.BodySizeLimit, MaxBodyBytes) : DefaultBodyBytes;
    }

    public async ValueTask<string> FetchAsync(Target target, ScrapeBuffer buffer, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(target);
        using HttpResponseMessage response = await SendAsync(request, target, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new ScrapeException($"server returned HTTP status {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd());
        }

        try
        {
            await ReadAsync(response, buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or HttpRequestException)
        {
            throw new ScrapeException(FetchError.WhileReading(e, buffer.Length), e);
        }
        catch (OperationCanceledException e)
        {
            throw new ScrapeException("context deadline exceeded", e);
        }

        return response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues type) ? type.ToString() : "";
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, Target target, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ScrapeException($"Get \"{target.Url}\": {FetchError.Describe(e, request.RequestUri!)}", e);
        }
        catch (OperationCanceledException e)
        {
            throw new ScrapeException($"Get \"{target.Url}\": context deadline exceeded", e);
        }
    }

    private HttpRequestMessage Request(Target target)
    {
        if (!Uri.TryCreate(target.Url, UriKind.Absolute, out Uri? uri))
        {
            throw new ScrapeException($"parse \"{target.Url}\": invalid URL");
        }

        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        {
            throw new ScrapeException($"Get \"{target.Url}\": unsupported protocol scheme \"{uri.Scheme}\"");
        }

        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Accept", _accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", _compression ? "gzip" : "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        request.Headers.TryAddWithoutValidation(
            "X-Prometheus-Scrape-Timeout-Seconds", target.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        return request;
    }

    private async ValueTask ReadAsync(HttpResponseMessage response, ScrapeBuffer buffer, CancellationToken cancellationToken)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closesStream = stream.ConfigureAwait(false);
        if (!response.Content.Headers.ContentEncoding.Contains("gzip"))
        {
            await CopyAsync(stream, buffer, cancellationToken).ConfigureAwait(false);
            return;
        }

        var gzip = new GZipStream(stream, CompressionMode.Decompress);
        await using ConfiguredAsyncDisposable closesGzip = gzip.ConfigureAwait(false);
        await CopyAsync(gzip, buffer, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CopyAsync(Stream stream, ScrapeBuffer buffer, CancellationToken cancellationToken)
    {
        int read;
        while ((read = await stream.ReadAsync(buffer.GetFree(), cancellationToken).ConfigureAwait(false)) > 0)
        {
            buffer.Advance(read);
            if (buffer.Length >= _bodySizeLimit)
            {
                _metrics.ExceededBodySizeLimit.Increment();
                buffer.Discard();
                throw new BodySizeLimitException();
            }
        }
    }
}
