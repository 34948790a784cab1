using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Pharos.Access.Tokens;
using Pharos.Core.Contracts;
using Pharos.Server.Access;
using Pharos.Server.Api.Ui;
using Pharos.Server.Export;
using Pharos.State;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Ui;

/// <summary>Every error of the interface of the pages is a sentence: walks all of its endpoints with what they refuse.</summary>
public sealed class ErrorSentenceTests
{
    // Bodies that some endpoint refuses: none, no JSON, no object, half of a character, nothing in it, members of other types, a query that is none.
    private static readonly string[] Bodies =
    [
        "", "{", "[]", "{\"name\":\"\\ud800\",\"queries\":\"\\ud800\"}", "{}", "{\"name\":1,\"password\":[],\"from\":\"x\",\"uid\":2,\"dashboard\":3,\"matchers\":4}",
        "{\"from\":5,\"to\":1,\"queries\":[],\"uid\":\"x\",\"variables\":7}", "{\"from\":1,\"to\":2,\"queries\":[7],\"uid\":\"nowhere\"}",
        "{\"name\":\"x\",\"role\":\"Emperor\",\"scope\":\"all\",\"password\":\"short\"}", "{\"name\":\"x\",\"role\":\"Viewer\",\"scope\":\"read\",\"password\":\"short\",\"expiresInSeconds\":-1}",
        "{\"dashboard\":{\"panels\":7}}", "{\"dashboard\":\"{\"}", "{\"matchers\":[{\"name\":\"a\",\"value\":\"(\",\"isRegex\":true}]}", "{\"matchers\":[{\"name\":\"\",\"value\":\"\"}]}",
    ];

    private readonly List<string> _wrong = [];
    private int _seen;

    [Fact]
    public async Task The_message_of_every_refusal_begins_with_a_capital_and_ends_as_a_sentence()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await WalkAsync(server, "x", Bodies);
        await LookAsync(server, HttpMethod.Get, UiApi.Root + "/changes?from=2&to=1", null);
        await LookAsync(server, HttpMethod.Get, UiApi.Root + "/changes?limit=many", null);
        await LookAsync(server, HttpMethod.Get, UiApi.Root + "/annotations?from=now", null);
        Assert.Empty(_wrong);
        Assert.True(_seen > 60, $"{_seen} errors");
    }

    [Fact]
    public async Task So_do_those_of_the_door()
    {
        var folder = new TempFolder();
        using var documents = new FileDocumentStore(DataFolders.State(folder.File("data")), TimeProvider.System);
        (_, string token) = await new TokenStore(documents, TimeProvider.System).CreateAsync("walker", TokenScope.Ingest, null, TestContext.Current.CancellationToken);
        await using RunningServer server = await RunningServer.StartAsync(folder, "--web.auth=required");
        await WalkAsync(server, "x", "{}");
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await WalkAsync(server, "x", "{}");
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        await WalkAsync(server, "x", "{}");
        Assert.Empty(_wrong);
        Assert.True(_seen > 60, $"{_seen} errors");
    }

    [Fact]
    public async Task A_query_of_a_batch_that_fails_says_so_in_a_sentence()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.SendAsync(
            HttpMethod.Post,
            UiApi.Root + "/query/batch",
            new StringContent("""{"from":0,"to":60000,"queries":[{"id":"a","expr":"sum("},{"id":"b","expr":"up[5m]"},{"id":"c","expr":"label_replace(up,\"a\",\"\",\"b\",\"(\")"}]}""", Encoding.UTF8, "application/json"));
        string[] lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        List<string> messages = [.. lines.Select(static line => JsonDocument.Parse(line).RootElement).Where(static line => line.TryGetProperty("error", out _)).Select(static line => line.GetProperty("error").GetProperty("message").GetString()!)];
        Assert.True(messages.Count >= 2, string.Join('\n', lines));
        Assert.All(messages, static message => Assert.True(IsSentence(message), message));
    }

    [Theory]
    [InlineData("the body is no JSON", "The body is no JSON.")]
    [InlineData("Already one.", "Already one.")]
    [InlineData("is it?", "Is it?")]
    [InlineData("7 series are too many ", "7 series are too many.")]
    [InlineData("élan", "Élan.")]
    [InlineData("", "")]
    public void A_sentence_has_a_capital_and_a_full_stop(string text, string expected) => Assert.Equal(expected, UiText.Sentence(text));

    private static bool IsSentence(string message) => message.Length > 2 && !char.IsLower(message[0]) && message[^1] is '.' or '?' or '!';

    private async Task WalkAsync(RunningServer server, string name, params string[] bodies)
    {
        foreach (RouteEndpoint endpoint in server.Server.Endpoints.OfType<RouteEndpoint>().Where(static e => UiApi.IsUnder(PathOf(e, "x"))))
        {
            if (endpoint.RoutePattern.RawText == ExportEndpoint.Path && server.Http.DefaultRequestHeaders.Authorization is null)
            {
                // For programs: its own refusals have the form of Prometheus' API, as docs/api.md says.
                continue;
            }

            // The stream of events does not end.
            if (endpoint.RoutePattern.RawText == UiApi.Root + "/events" && server.Http.DefaultRequestHeaders.Authorization is null)
            {
                continue;
            }

            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                foreach (string? body in method is "GET" or "DELETE" ? new string?[] { null } : bodies)
                {
                    await LookAsync(server, new HttpMethod(method), PathOf(endpoint, name), body);
                }
            }
        }
    }

    private async Task LookAsync(RunningServer server, HttpMethod method, string path, string? body)
    {
        using HttpResponseMessage response = await server.SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string what = $"{method} {path} {body}: {(int)response.StatusCode} {text}";
        _seen++;
        if ((int)response.StatusCode >= 500 && (int)response.StatusCode != 503)
        {
            _wrong.Add(what);
            return;
        }

        string message = JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("message").GetString()!;
        if (!IsSentence(message))
        {
            _wrong.Add(what);
        }
    }

    private static string PathOf(RouteEndpoint endpoint, string name)
        => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => segment.IsSimple && segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : name));
}
