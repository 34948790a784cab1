using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Pharos.Core.Samples;
using Pharos.Server.Commands;
using Pharos.Testing;

namespace Pharos.Server.Tests.Export;

public sealed class ExportEndpointTests : IDisposable
{
    private const string Path = "/api/pharos/v1/export";

    private readonly long _now = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() * 1000) + 7;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Families_are_whole_each_series_comes_once_and_only_csv_says_markers()
    {
        await using RunningServer server = await StartAsync();
        string seconds = $"{_now / 1000}";

        Assert.Equal(
            $"a{{}} 2 {seconds}.007\nb{{x=\"1\"}} 0.1 {seconds}.007\nb{{x=\"1\"}} NaN {seconds}.009\nb{{x=\"2\"}} 1e+100 {seconds}.007\n# EOF\n",
            await server.TextAsync(Path + "?match[]=b&match[]={__name__=~\"a|b\"}"));
        Assert.Equal(
            $"name,labels,timestamp,value\nb,\"{{x=\"\"1\"\"}}\",{seconds}.008,stale\nb,\"{{x=\"\"1\"\"}}\",{seconds}.009,NaN\n",
            await server.TextAsync($"{Path}?match[]=b&format=csv&start={seconds}.008&end={seconds}.010"));
        using HttpResponseMessage response = await server.GetAsync(Path + "?match[]=none");
        Assert.Equal(("application/openmetrics-text; version=1.0.0; charset=utf-8", "# EOF\n"), (response.Content.Headers.ContentType!.ToString(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("", "no match[] parameter provided")]
    [InlineData("match[]=a{", "invalid parameter \"match[]\": 1:3: parse error: unexpected end of input inside braces")]
    [InlineData("match[]=a&format=xml", "invalid parameter \"format\": expected openmetrics or csv")]
    [InlineData("match[]=a&start=2&end=1", "end timestamp must not be before start timestamp")]
    public async Task Wrong_parameters_are_named(string query, string error)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.GetAsync($"{Path}?{query}");
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((HttpStatusCode.BadRequest, error), (response.StatusCode, answer.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task A_long_answer_is_compressed_for_those_who_ask()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        await WriteAsync(server, new WriteRequestBuilder().Add(["__name__", "long"], [.. Enumerable.Range(0, 20_000).Select(i => (_now - 20_000 + i, i / 3.0))]));
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + "?match[]=long");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        string[] lines = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');

        Assert.Equal((20_002, "# EOF"), (lines.Length, lines[^2]));
    }

    [Fact]
    public async Task The_command_writes_to_standard_output_or_a_file()
    {
        await using RunningServer server = await StartAsync();
        string expected = await server.TextAsync(Path + "?match[]=b&match[]=a");

        Assert.Equal(0, await RunAsync("--server=" + server.Address, "--match=b", "--match=a"));
        Assert.Equal((expected, ""), (_out.ToString(), _error.ToString()));

        string file = _folder.File("out.csv");
        Assert.Equal(0, await RunAsync("--server=" + server.Address, "--match=a", "--format=csv", "--output=" + file, "--start=1", $"--end={(_now / 1000) + 60}"));
        Assert.Equal($"name,labels,timestamp,value\na,{{}},{_now / 1000}.007,2\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal([file], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("--match=a{", 1, "pharos export: invalid parameter \"match[]\": 1:3: parse error: unexpected end of input inside braces\n")]
    [InlineData("--match=a --start=x", 2, "pharos export: --start is \"x\": expected seconds since 1970, or a time as 2026-11-20T14:05:00Z\n")]
    public async Task Wrong_flags_are_named(string flags, int code, string error)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(code, await RunAsync([.. flags.Split(' '), "--server=" + server.Address, "--output=" + _folder.File("x")]));
        Assert.Equal((error, ""), (_error.ToString(), _out.ToString()));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Without_a_selector_the_usage_is_shown()
    {
        Assert.Equal(2, await RunAsync());
        Assert.StartsWith("usage: pharos export --match=SELECTOR", _error.ToString(), StringComparison.Ordinal);
    }

    private async Task<RunningServer> StartAsync()
    {
        RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        await WriteAsync(server, new WriteRequestBuilder()
            .Add(["__name__", "b", "x", "1"], (_now, 0.1), (_now + 1, Staleness.Marker), (_now + 2, double.NaN))
            .Add(["__name__", "a"], (_now, 2))
            .Add(["__name__", "b", "x", "2"], (_now, 1e100)));
        return server;
    }

    private static async Task WriteAsync(RunningServer server, WriteRequestBuilder request)
    {
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, request.ToBody());
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private Task<int> RunAsync(params string[] args) =>
        new ExportCommand().RunAsync(args, new CommandIo(TextReader.Null, _out, _error, TimeProvider.System), TestContext.Current.CancellationToken);
}
