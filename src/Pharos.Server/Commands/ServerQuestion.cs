using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary>Asks a running server over its HTTP API: where it is, who asks and how long to wait come from flags that all such commands share.</summary>
internal static class ServerQuestion
{
    /// <summary>What the help of a command says about the flags.</summary>
    public const string Usage =
        """
          --server=http://localhost:9090   where the server is
          --token-file=FILE                file with a token that may read
          --user=NAME                      sign in as this user, with --password-file
          --password-file=FILE             file with the user's password in its first line
          --timeout=10s                    how long to wait for the answer
        """;

    /// <summary>The flags.</summary>
    public static IReadOnlyList<FlagDefinition> Flags { get; } =
    [
        new FlagDefinition("server", FlagKind.Text, "http://localhost:9090", ""),
        new FlagDefinition("token-file", FlagKind.Text, "", ""),
        new FlagDefinition("user", FlagKind.Text, "", ""),
        new FlagDefinition("password-file", FlagKind.Text, "", ""),
        new FlagDefinition("timeout", FlagKind.Duration, "10s", ""),
    ];

    /// <summary>Posts a form to Prometheus' API and gives the answer, an error of the server's among them.</summary>
    /// <exception cref="HttpRequestException">The server is not there or wants a sign-in.</exception>
    /// <exception cref="JsonException">The answer is none of such an API.</exception>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    public static Task<JsonDocument> PostAsync(FlagValues flags, string server, string path, Dictionary<string, string> form, TimeProvider clock, CancellationToken cancellationToken) =>
        AskAsync(flags, server, path, client => new FormUrlEncodedContent(form), clock, cancellationToken);

    /// <summary>Posts JSON to the server's own API; otherwise as <see cref="PostAsync"/>.</summary>
    public static Task<JsonDocument> PostJsonAsync(FlagValues flags, string server, string path, string json, TimeProvider clock, CancellationToken cancellationToken) =>
        AskAsync(flags, server, path, client => new StringContent(json, Encoding.UTF8, "application/json"), clock, cancellationToken);

    /// <summary>A client that asks as the flags say; it waits without end, so give each question its own time.</summary>
    public static async Task<HttpClient> ClientAsync(FlagValues flags, CancellationToken cancellationToken)
    {
        var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = await CredentialsAsync(flags, cancellationToken).ConfigureAwait(false);
        return client;
    }

    /// <summary>Posts a form and gives the answer as soon as it begins; the flag's timeout is for that alone.</summary>
    /// <exception cref="HttpRequestException">The server is not there, wants a sign-in, or refuses: the message is its own.</exception>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    public static async Task<HttpResponseMessage> PostForStreamAsync(
        HttpClient client, FlagValues flags, string path, IEnumerable<KeyValuePair<string, string>> form, TimeProvider clock, CancellationToken cancellationToken)
    {
        TimeSpan patience = flags.GetDuration("timeout");
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        string server = flags.Get("server");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.TrimEnd('/') + path)) { Content = new FormUrlEncodedContent(form) };
        try
        {
            HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                using JsonDocument answer = Read(response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false), server, path);
                throw new HttpRequestException(answer.RootElement.TryGetProperty("error", out JsonElement error) ? TextOf(error) : $"the server answers {(int)response.StatusCode}");
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw NoAnswer(patience);
        }
    }

    /// <summary>Whether a failure is one that the user can understand.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is HttpRequestException or IOException or UnauthorizedAccessException or UriFormatException or JsonException or TimeoutException;

    // A text in Prometheus' API, an object with a message and mostly a cause in the own one.
    private static string TextOf(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object || !error.TryGetProperty("message", out JsonElement message))
        {
            return error.ToString();
        }

        return error.TryGetProperty("cause", out JsonElement cause) ? $"{message} {cause}" : message.ToString();
    }

    private static async Task<JsonDocument> AskAsync(
        FlagValues flags, string server, string path, Func<HttpClient, HttpContent> content, TimeProvider clock, CancellationToken cancellationToken)
    {
        using HttpClient client = await ClientAsync(flags, cancellationToken).ConfigureAwait(false);
        TimeSpan patience = flags.GetDuration("timeout");
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using HttpContent body = content(client);
        byte[] answer;
        HttpStatusCode status;
        try
        {
            var address = new Uri(server.TrimEnd('/') + path);
            using HttpResponseMessage response = await client.PostAsync(address, body, either.Token).ConfigureAwait(false);
            answer = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            status = response.StatusCode;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw NoAnswer(patience);
        }

        return Read(status, answer, server, path);
    }

    private static TimeoutException NoAnswer(TimeSpan patience) => new($"no answer within {patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");

    private static JsonDocument Read(HttpStatusCode status, byte[] answer, string server, string path) => status switch
    {
        HttpStatusCode.Unauthorized => throw new HttpRequestException("the server asks for a sign-in: give --token-file, or --user and --password-file"),
        HttpStatusCode.NotFound => throw new HttpRequestException($"{server} has no {path}: is it Pharos, and as new as this?"),
        _ => JsonDocument.Parse(answer),
    };

    private static async Task<AuthenticationHeaderValue?> CredentialsAsync(FlagValues flags, CancellationToken cancellationToken)
    {
        if (flags.Get("token-file") is { Length: > 0 } tokenFile)
        {
            return new AuthenticationHeaderValue("Bearer", await FirstLineAsync(tokenFile, cancellationToken).ConfigureAwait(false));
        }

        if (flags.Get("user") is { Length: > 0 } user)
        {
            string password = flags.Get("password-file") is { Length: > 0 } file ? await FirstLineAsync(file, cancellationToken).ConfigureAwait(false) : "";
            return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }

        return null;
    }

    private static async Task<string> FirstLineAsync(string path, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).Split('\n', 2)[0].Trim();
}
