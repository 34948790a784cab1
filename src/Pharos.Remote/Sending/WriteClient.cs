using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using Pharos.Remote.Configuration;

namespace Pharos.Remote.Sending;

/// <summary>Posts requests to one receiver. Usable from any thread.</summary>
internal sealed class WriteClient : IDisposable
{
    private const int MaxErrorBytes = 1024;

    private readonly RemoteWriteConfig _config;
    private readonly HttpMessageInvoker _http;
    private readonly Uri _url;
    private readonly string _userAgent;
    private readonly TimeProvider _clock;
    private readonly AuthenticationHeaderValue? _userOfUrl;

    /// <param name="config">Of the queue.</param>
    /// <param name="http">Connections, sign-in, proxy; owned.</param>
    /// <param name="userAgent">Who it is from.</param>
    /// <param name="clock">Paces timeouts.</param>
    public WriteClient(RemoteWriteConfig config, HttpMessageInvoker http, string userAgent, TimeProvider clock)
    {
        _config = config;
        _http = http;
        _url = config.Url!.ToUri();
        _userAgent = userAgent;
        _clock = clock;
        _userOfUrl = config.Url.User.Length == 0 || config.Http.HasAuthentication
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString($"{config.Url.User}:{config.Url.Password.Reveal()}"))));
    }

    /// <summary>Sends one request; the body is not used any more afterwards.</summary>
    /// <exception cref="OperationCanceledException">The token, and not the timeout, ended it.</exception>
    public async Task<WriteOutcome> PostAsync(ReadOnlyMemory<byte> body, int attempt, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_config.RemoteTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using HttpRequestMessage request = MakeRequest(body, attempt);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            return await ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Recoverable("context deadline exceeded");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException)
        {
            return Recoverable(e.InnerException is { } inner && e is HttpRequestException ? $"{e.Message} ({inner.Message})" : e.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private WriteOutcome Recoverable(string what) => new(default, $"Post \"{_config.Url}\": {what}", IsRecoverable: true, TimeSpan.Zero);

    private HttpRequestMessage MakeRequest(ReadOnlyMemory<byte> body, int attempt)
    {
        bool isVersion2 = _config.ProtobufMessage == RemoteWriteConfig.Version2Message;
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.TryAddWithoutValidation("Content-Encoding", "snappy");
        content.Headers.TryAddWithoutValidation("Content-Type", isVersion2 ? "application/x-protobuf;proto=" + RemoteWriteConfig.Version2Message : "application/x-protobuf");
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        request.Headers.TryAddWithoutValidation("X-Prometheus-Remote-Write-Version", isVersion2 ? "2.0.0" : "0.1.0");
        request.Headers.Authorization = _userOfUrl;
        if (attempt > 0)
        {
            request.Headers.TryAddWithoutValidation("Retry-Attempt", attempt.ToString(CultureInfo.InvariantCulture));
        }

        foreach ((string name, string value) in _config.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task<WriteOutcome> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        WriteStats stats = WriteStats.Read(response.Headers);
        if (response.IsSuccessStatusCode)
        {
            return new WriteOutcome(stats, null, IsRecoverable: false, TimeSpan.Zero);
        }

        string text = await ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
        string error = string.Create(CultureInfo.InvariantCulture, $"server returned HTTP status {(int)response.StatusCode} {response.ReasonPhrase}: {text}");
        bool recoverable = (int)response.StatusCode / 100 == 5 || (_config.Queue.RetryOnRateLimit && response.StatusCode == HttpStatusCode.TooManyRequests);
        return new WriteOutcome(stats, error, recoverable, recoverable ? RetryAfter(response) : TimeSpan.Zero);
    }

    private static async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxErrorBytes];
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        int length = await body.ReadAtLeastAsync(buffer, MaxErrorBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    // Whole seconds, or a date. What is neither is as if it were not there.
    private TimeSpan RetryAfter(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values))
        {
            return TimeSpan.Zero;
        }

        string text = values.First();
        if (DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
        {
            return TimeSpan.FromSeconds(Math.Truncate((date - _clock.GetUtcNow()).TotalSeconds));
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
    }
}
