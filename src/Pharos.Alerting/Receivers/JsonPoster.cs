using System.Net.Http.Headers;
using System.Text;
using Pharos.Alerting.Configuration;
using Pharos.Config.Http;
using Pharos.Config.Http.Client;

namespace Pharos.Alerting.Receivers;

/// <summary>
/// Posts JSON to addresses that may be secret: neither they nor parts of them appear in what it says. Reads a bounded part of answers. Callable from any thread.
/// </summary>
/// <param name="http">How it talks HTTP.</param>
/// <param name="kind">Whose time-out it is, for its message.</param>
/// <param name="timeout">Of one request with its answer; zero: the caller's token alone.</param>
/// <param name="time">The clock of the time-out.</param>
internal sealed class JsonPoster(HttpClientConfig http, string kind, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;
    private const string UserAgent = "Alertmanager/0.34.0";

    private readonly HttpMessageInvoker _client = HttpClientBuilder.Build(http, time);

    /// <summary>Posts a body and judges the answer.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="json">The body.</param>
    /// <param name="judge">Says what an answer means.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    public async Task<DeliveryResult> PostAsync(string url, string json, Func<PostedAnswer, DeliveryResult> judge, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            return new DeliveryResult(DeliveryOutcome.Failed, "Post \"<redacted>\": no URL with scheme http or https");
        }

        using var limit = new CancellationTokenSource(timeout > TimeSpan.Zero ? timeout : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return judge(await SendAsync(address, json, either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failure($"context deadline exceeded: configured {kind} timeout reached ({GoDurationText.Format(timeout)})", address, DeliveryFailure.DeadlineExceeded);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failure(e.InnerException is { Message: { } inner } && !e.Message.Contains(inner, StringComparison.Ordinal) ? $"{e.Message}: {inner}" : e.Message, address, DeliveryFailure.Other);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<PostedAnswer> SendAsync(Uri address, string json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(json, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new PostedAnswer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? "",
            await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false),
            RetryAfter(response));
    }

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxAnswerBytes];
        int length = 0;
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int read;
            while (length < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
            {
                length += read;
            }
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        RetryConditionHeaderValue? header = response.Headers.RetryAfter;
        TimeSpan? wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static DeliveryResult Failure(string problem, Uri address, DeliveryFailure failure)
    {
        string shown = problem.Replace(address.OriginalString, "<redacted>", StringComparison.Ordinal).Replace(address.AbsoluteUri, "<redacted>", StringComparison.Ordinal);
        return new DeliveryResult(DeliveryOutcome.Retryable, $"Post \"<redacted>\": {PostedAnswer.Shorten(shown)}", failure);
    }
}
