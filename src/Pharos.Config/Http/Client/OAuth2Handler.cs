using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pharos.Config.Http.Client;

/// <summary>
/// Signs requests in with an access token that it fetches by client credentials (RFC 6749, 4.4) and keeps until shortly before it expires.
/// The client's name and secret go in the Authorization header; a server that refuses that gets them in the form.
/// </summary>
internal sealed class OAuth2Handler : DelegatingHandler
{
    private const int MaxAnswerBytes = 1024 * 1024;

    // A token is not used in its last seconds: it could expire on the way.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly OAuth2Config _config;
    private readonly HttpMessageInvoker _tokens;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _fetch = new(1); // one request for a token at a time
    private (AuthenticationHeaderValue? Value, DateTimeOffset Expires) _token;
    private bool _inForm;

    public OAuth2Handler(OAuth2Config config, TimeProvider time, HttpMessageHandler inner)
        : base(inner)
    {
        _config = config;
        _time = time;
        _tokens = HttpClientBuilder.Build(new HttpClientConfig { Tls = config.Tls, Proxy = config.Proxy }, time);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(RedirectHandler.LeftHost, out _))
        {
            request.Headers.Authorization = await TokenAsync(cancellationToken).ConfigureAwait(false);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _tokens.Dispose();
            _fetch.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<AuthenticationHeaderValue?> TokenAsync(CancellationToken cancellationToken)
    {
        await _fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token.Value is null || _time.GetUtcNow() >= _token.Expires)
            {
                string secret = _config.ClientSecretFile.Length == 0
                    ? _config.ClientSecret.Reveal()
                    : await SecretFile.ReadAsync("oauth2 client secret", _config.ClientSecretFile, cancellationToken).ConfigureAwait(false);
                _token = await FetchAsync(secret, cancellationToken).ConfigureAwait(false);
            }

            return _token.Value;
        }
        finally
        {
            _fetch.Release();
        }
    }

    private async Task<(AuthenticationHeaderValue Value, DateTimeOffset Expires)> FetchAsync(string secret, CancellationToken cancellationToken)
    {
        (HttpStatusCode status, byte[] answer) = await AskAsync(secret, _inForm, cancellationToken).ConfigureAwait(false);
        if (status != HttpStatusCode.OK && !_inForm)
        {
            (status, answer) = await AskAsync(secret, inForm: true, cancellationToken).ConfigureAwait(false);
            _inForm = status == HttpStatusCode.OK;
        }

        // The answer may hold a token: only its status is shown.
        return status == HttpStatusCode.OK
            ? Read(answer)
            : throw new HttpRequestException($"oauth2: cannot fetch token: {(int)status} {status}");
    }

    private async Task<(HttpStatusCode Status, byte[] Answer)> AskAsync(string secret, bool inForm, CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (_config.Scopes.Count > 0)
        {
            form.Add(new("scope", string.Join(' ', _config.Scopes)));
        }

        form.AddRange(_config.EndpointParams);
        using var request = new HttpRequestMessage(HttpMethod.Post, _config.TokenUrl);
        if (inForm)
        {
            form.Add(new("client_id", _config.ClientId));
            form.Add(new("client_secret", secret));
        }
        else
        {
            string pair = $"{WebUtility.UrlEncode(_config.ClientId)}:{WebUtility.UrlEncode(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(form);
        using HttpResponseMessage response = await _tokens.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
    }

    private (AuthenticationHeaderValue Value, DateTimeOffset Expires) Read(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            JsonElement root = document.RootElement;
            string token = root.GetProperty("access_token").GetString() ?? "";
            string type = root.TryGetProperty("token_type", out JsonElement named) ? named.GetString() ?? "" : "";
            bool expires = root.TryGetProperty("expires_in", out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Number;
            DateTimeOffset end = expires ? _time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(seconds.GetDouble(), 1e9)) - Margin : DateTimeOffset.MaxValue;
            bool isBearer = type.Length == 0 || type.Equals("bearer", StringComparison.OrdinalIgnoreCase);
            return (new AuthenticationHeaderValue(isBearer ? "Bearer" : type, token), end);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HttpRequestException($"oauth2: cannot parse the answer of {_config.TokenUrl}: {e.Message}", e);
        }
    }
}
