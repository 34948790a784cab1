using System.Net;
using System.Text;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

public sealed class WriteEndpointTests
{
    [Fact]
    public async Task Without_the_flag_it_is_not_there_and_says_how_it_would_be()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, []);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("remote write receiver needs to be enabled with --web.enable-remote-write-receiver\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_acknowledged_can_be_asked_for_at_once()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, "written", now, 1.5);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        JsonElement result = (await server.DataAsync("/api/v1/query?query=written")).GetProperty("result");
        Assert.Equal("1.5", result[0].GetProperty("value")[1].GetString());
    }

    [Fact]
    public async Task A_body_of_several_mebibytes_that_comes_in_pieces_is_read_whole()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var random = new Random(1);
        var request = new WriteRequestBuilder();
        byte[] noise = new byte[6 * 1024];
        for (int i = 0; i < 500; i++)
        {
            random.NextBytes(noise);
            request.Add(["__name__", "large", "noise", Convert.ToHexString(noise)], (now, i));
        }

        byte[] body = request.ToBody();
        Assert.True(body.Length > 2 * 1024 * 1024, $"{body.Length} bytes");
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, body);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        JsonElement result = (await server.DataAsync("/api/v1/query?query=count(large)")).GetProperty("result");
        Assert.Equal("500", result[0].GetProperty("value")[1].GetString());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_and_the_server_goes_on()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, new byte[33 * 1024 * 1024]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("Prometheus Server is Healthy.\n", await server.TextAsync("/-/healthy"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ffffffff07")]
    [InlineData("80808080041000")]
    [InlineData("00")]
    [InlineData("deadbeef")]
    public async Task Garbage_is_refused_or_empty_and_never_a_fault(string hex)
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, Convert.FromHexString(hex));
        Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NoContent or HttpStatusCode.RequestEntityTooLarge, $"{response.StatusCode}");
    }

    [Theory]
    [InlineData(1024 * 1024)]
    [InlineData(10_000)]
    public async Task A_query_of_a_mebibyte_or_ten_thousand_parentheses_is_answered_with_a_clear_error(int size)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string query = size == 10_000 ? new string('(', size) + "1" + new string(')', size) : new string('x', size) + "{";
        using var content = new StringContent("query=" + query, Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/api/v1/query", content);
        string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("bad_data", JsonDocument.Parse(answer).RootElement.GetProperty("errorType").GetString());
        Assert.Equal("Prometheus Server is Healthy.\n", await server.TextAsync("/-/healthy"));
    }
}
