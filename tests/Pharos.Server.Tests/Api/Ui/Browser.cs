using System.Net.Http.Json;
using System.Text.Json;
using Pharos.Server.Tests.Access;

namespace Pharos.Server.Tests.Api.Ui;

/// <summary>Asks as a page does: with the cookie that it got and the token against forgery that the server told it. Both can be set by the test.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri address)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
    }

    public Browser(AccessHost host)
        : this(host.Address)
    {
    }

    /// <summary>As <c>pharos_session=…</c>; null for none.</summary>
    public string? Cookie { get; set; }

    public string? Csrf { get; set; }

    /// <summary>The last <c>Set-Cookie</c>, with its attributes.</summary>
    public string? LastSetCookie { get; private set; }

    public Dictionary<string, string> Headers { get; } = [];

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Cookie", Cookie);
        if (Csrf is not null)
        {
            request.Headers.Add("X-Pharos-Csrf", Csrf);
        }

        foreach ((string name, string value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
        {
            LastSetCookie = cookies.Last();
            Cookie = LastSetCookie.Split(';')[0];
        }

        return response;
    }

    /// <summary>The answer as JSON; its status is the test's to know.</summary>
    public async Task<(int Status, JsonElement Answer)> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpResponseMessage response = await SendAsync(method, path, body);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonElement answer = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("csrf", out JsonElement csrf))
        {
            Csrf = csrf.GetString();
        }

        return ((int)response.StatusCode, answer);
    }

    public Task<(int Status, JsonElement Answer)> GetAsync(string path) => AskAsync(HttpMethod.Get, path);

    public Task<(int Status, JsonElement Answer)> SignInAsync(string name, string password) =>
        AskAsync(HttpMethod.Post, "/api/pharos/v1/session", new { name, password });

    public void Dispose() => _http.Dispose();
}
