using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pharos.Core.Labels;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos query instant [FLAGS] EXPRESSION</c>: asks a running server over its HTTP API and prints the answer as promtool does.</summary>
internal sealed class QueryCommand : ICommand
{
    private const string Usage =
        """
        usage: pharos query instant [FLAGS] EXPRESSION

        Asks a running server and prints one line a series: its labels, the value and its time.

          --server=http://localhost:9090   where the server is
          --token-file=FILE                file with a token that may read
          --user=NAME                      sign in as this user, with --password-file
          --password-file=FILE             file with the user's password in its first line
          --time=TIME                      when to evaluate: seconds since 1970 or RFC 3339; now by default
          --timeout=10s                    how long to wait for the answer
        """;

    private static readonly FlagCatalog Flags = new(
    [
        new FlagDefinition("server", FlagKind.Text, "http://localhost:9090", ""),
        new FlagDefinition("token-file", FlagKind.Text, "", ""),
        new FlagDefinition("user", FlagKind.Text, "", ""),
        new FlagDefinition("password-file", FlagKind.Text, "", ""),
        new FlagDefinition("time", FlagKind.Text, "", ""),
        new FlagDefinition("timeout", FlagKind.Duration, "10s", ""),
        new FlagDefinition("help", FlagKind.Switch, "false", ""),
    ]);

    public string Name => "query";

    public string Summary => "ask a running server a question in PromQL";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        try
        {
            (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, args);
            if (flags.IsOn("help"))
            {
                await io.Out.WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return ExitCode.Success;
            }

            if (words.Count != 2 || words[0] != "instant")
            {
                await io.Error.WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return ExitCode.Usage;
            }

            return await AskAsync(flags, words[1], io, cancellationToken).ConfigureAwait(false);
        }
        catch (FlagException exception)
        {
            await io.Error.WriteLineAsync($"pharos query: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UnauthorizedAccessException or UriFormatException or JsonException or TimeoutException)
        {
            await io.Error.WriteLineAsync($"pharos query: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private static async Task<int> AskAsync(FlagValues flags, string expression, CommandIo io, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = await CredentialsAsync(flags, cancellationToken).ConfigureAwait(false);
        var form = new Dictionary<string, string> { ["query"] = expression };
        if (flags.IsGiven("time"))
        {
            form["time"] = flags.Get("time");
        }

        TimeSpan patience = flags.GetDuration("timeout");
        using var timeout = new CancellationTokenSource(patience, io.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var content = new FormUrlEncodedContent(form);
        byte[] body;
        System.Net.HttpStatusCode status;
        try
        {
            var address = new Uri(flags.Get("server").TrimEnd('/') + "/api/v1/query");
            using HttpResponseMessage response = await client.PostAsync(address, content, either.Token).ConfigureAwait(false);
            body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            status = response.StatusCode;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
        }

        if (status == System.Net.HttpStatusCode.Unauthorized)
        {
            throw new HttpRequestException("the server asks for a sign-in: give --token-file, or --user and --password-file");
        }

        using JsonDocument answer = JsonDocument.Parse(body);
        if (answer.RootElement.GetProperty("status").GetString() != "success")
        {
            string error = answer.RootElement.GetProperty("error").GetString() ?? "";
            await io.Error.WriteLineAsync($"pharos query: {answer.RootElement.GetProperty("errorType").GetString()}: {error}".AsMemory(), cancellationToken)
                .ConfigureAwait(false);
            return ExitCode.Failure;
        }

        await io.Out.WriteAsync(Print(answer.RootElement.GetProperty("data")).AsMemory(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

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

    private static string Print(JsonElement data)
    {
        var text = new StringBuilder();
        JsonElement result = data.GetProperty("result");
        switch (data.GetProperty("resultType").GetString())
        {
            case "scalar" or "string":
                AppendValue(text.Append(data.GetProperty("resultType").GetString()).Append(": "), result);
                break;
            case "matrix":
                foreach (JsonElement series in result.EnumerateArray())
                {
                    AppendMetric(text, series.GetProperty("metric"));
                    text.Append(" =>\n");
                    foreach (JsonElement value in series.GetProperty("values").EnumerateArray())
                    {
                        AppendValue(text, value);
                    }
                }

                break;
            default:
                foreach (JsonElement series in result.EnumerateArray())
                {
                    AppendMetric(text, series.GetProperty("metric"));
                    AppendValue(text.Append(" => "), series.GetProperty("value"));
                }

                break;
        }

        return text.ToString();
    }

    private static void AppendMetric(StringBuilder text, JsonElement metric)
    {
        string separator = "{";
        if (metric.TryGetProperty("__name__", out JsonElement name))
        {
            text.Append(name.GetString());
        }

        foreach (JsonProperty label in metric.EnumerateObject().Where(static label => label.Name != "__name__"))
        {
            text.Append(separator).Append(label.Name).Append('=');
            GoQuote.Append(text, label.Value.GetString() ?? "");
            separator = ", ";
        }

        text.Append(separator == "{" ? (text.Length > 0 && text[^1] != '\n' ? "" : "{}") : "}");
    }

    private static void AppendValue(StringBuilder text, JsonElement value) =>
        text.Append(value[1].GetString()).Append(" @[").Append(value[0].GetRawText()).Append("]\n");
}
