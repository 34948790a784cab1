using System.Net;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

public sealed class AdminEndpointsTests
{
    private readonly long _now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    [Theory]
    [InlineData("delete_series?match[]=up")]
    [InlineData("clean_tombstones")]
    [InlineData("snapshot")]
    public async Task Without_the_flag_they_are_disabled(string operation)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/api/v1/admin/tsdb/" + operation);
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(("unavailable", "admin APIs disabled"), (answer.GetProperty("errorType").GetString(), answer.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Deleted_samples_are_answered_no_more()
    {
        await using RunningServer server = await StartAsync();
        Assert.Equal("""{"status":"success"}""", await PostAsync(server, $"delete_series?match[]=a{{pod=\"1\"}}&start={(_now - 2500) / 1000.0}&end={(_now - 1500) / 1000.0}"));
        JsonElement result = (await server.DataAsync($"/api/v1/query?query=a[1m]&time={(_now + 1) / 1000.0}")).GetProperty("result");
        Assert.Equal([2, 3], result.EnumerateArray().Select(static s => s.GetProperty("values").GetArrayLength()).Order());

        // By two selectors, of all times.
        await PostAsync(server, "delete_series?match[]=a&match[]=none");
        Assert.Equal(0, (await server.DataAsync($"/api/v1/query?query=a[1m]&time={(_now + 1) / 1000.0}")).GetProperty("result").GetArrayLength());
        Assert.Equal("""{"status":"success"}""", await PostAsync(server, "clean_tombstones"));
    }

    [Theory]
    [InlineData("delete_series", "no match[] parameter provided")]
    [InlineData("delete_series?match[]=a{", "invalid parameter \"match[]\": 1:3: parse error: unexpected end of input inside braces")]
    [InlineData("delete_series?match[]=a&start=x", "invalid parameter \"start\": invalid time value for 'start': cannot parse \"x\" to a valid timestamp")]
    [InlineData("snapshot?skip_head=x", "invalid parameter \"skip_head\": unable to parse boolean: strconv.ParseBool: parsing \"x\": invalid syntax")]
    public async Task Wrong_parameters_are_named_in_upstreams_words(string request, string error)
    {
        await using RunningServer server = await StartAsync();
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/api/v1/admin/tsdb/" + request);
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((HttpStatusCode.BadRequest, error), (response.StatusCode, answer.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task A_snapshot_is_a_folder_with_a_block_of_the_head()
    {
        await using RunningServer server = await StartAsync();
        string name = JsonDocument.Parse(await PostAsync(server, "snapshot")).RootElement.GetProperty("data").GetProperty("name").GetString()!;
        Assert.Matches("^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{16}$", name);
        string block = Assert.Single(Directory.GetDirectories(Path.Combine(server.DataFolder, "snapshots", name)));
        Assert.True(File.Exists(Path.Combine(block, "index")));

        name = JsonDocument.Parse(await PostAsync(server, "snapshot?skip_head=true")).RootElement.GetProperty("data").GetProperty("name").GetString()!;
        Assert.Empty(Directory.GetDirectories(Path.Combine(server.DataFolder, "snapshots", name)));
    }

    [Fact]
    public async Task The_list_of_blocks_is_as_upstreams()
    {
        await using RunningServer server = await StartAsync();
        Assert.Equal(0, (await server.DataAsync("/api/v1/status/tsdb/blocks")).GetProperty("blocks").GetArrayLength());
    }

    private static async Task<string> PostAsync(RunningServer server, string request)
    {
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/api/v1/admin/tsdb/" + request);
        string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, answer);
        return answer;
    }

    private async Task<RunningServer> StartAsync()
    {
        RunningServer server = await RunningServer.StartAsync("--web.enable-admin-api", "--web.enable-remote-write-receiver");
        byte[] body = new WriteRequestBuilder()
            .Add(["__name__", "a", "pod", "1"], (_now - 3000, 1), (_now - 2000, 2), (_now - 1000, 3))
            .Add(["__name__", "a", "pod", "2"], (_now - 3000, 1), (_now - 2000, 2), (_now - 1000, 3))
            .ToBody();
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, body);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return server;
    }
}
