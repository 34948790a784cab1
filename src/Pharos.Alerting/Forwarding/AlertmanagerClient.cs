using System.Net.Http.Headers;
using Pharos.Core.Contracts;

namespace Pharos.Alerting.Forwarding;

/// <summary>Posts alerts to one Alertmanager outside. Callable from any thread.</summary>
/// <param name="http">Of its section of the configuration; not owned.</param>
/// <param name="url">Of its API.</param>
/// <param name="timeout">Of one request.</param>
/// <param name="userAgent">Who it is from.</param>
/// <param name="clock">Paces the timeout.</param>
internal sealed class AlertmanagerClient(HttpMessageInvoker http, Uri url, TimeSpan timeout, string userAgent, TimeProvider clock)
{
    /// <summary>Why it did not take them; null when it did.</summary>
    /// <exception cref="OperationCanceledException">The token, and not the timeout, ended it.</exception>
    public async Task<string?> PostAsync(IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(AlertBody.Write(alerts)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"bad response status {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "context deadline exceeded";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return exception.Message;
        }
    }
}
