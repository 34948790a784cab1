using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EndpointStats.Hosting;
using EndpointStats.Sink;
using EndpointStats.Traffic;
using Microsoft.AspNetCore.Builder;

namespace EndpointStats.Tests.Api;

/// <summary>The whole application on a loopback port, without visitors of its own unless a test says so.</summary>
public sealed class ApplicationTests
{
    private static readonly Flags Quiet = new() { Port = 0, Traffic = new TrafficSettings(0, 0, 0) };

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/api/stats")]
    [InlineData("/api/users/7")]
    [InlineData("/api/report")]
    public async Task Every_endpoint_answers_with_JSON(string path)
    {
        await using WebApplication application = await StartAsync(SampleApplication.Build(Quiet));
        using HttpClient client = ClientOf(application);
        using HttpResponseMessage response = await client.GetAsync(path);

        // A few always fail, as in life.
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.InternalServerError);
        Assert.Equal(JsonValueKind.Object, (await response.Content.ReadFromJsonAsync<JsonElement>()).ValueKind);
    }

    [Fact]
    public async Task The_statistics_are_those_of_its_endpoints()
    {
        await using WebApplication application = await StartAsync(SampleApplication.Build(Quiet));
        using HttpClient client = ClientOf(application);
        await client.GetAsync("/health");
        await client.GetAsync("/health");
        await client.GetAsync("/no-such");
        JsonElement endpoints = (await client.GetFromJsonAsync<JsonElement>("/api/stats")).GetProperty("endpoints");
        JsonElement health = Assert.Single(endpoints.EnumerateArray());
        Assert.Equal("/health", health.GetProperty("endpoint").GetString());
        Assert.Equal(2, health.GetProperty("requests").GetInt64());
        Assert.True(health.GetProperty("p95Seconds").GetDouble() > 0);
    }

    [Fact]
    public async Task The_rate_limiter_turns_away_a_burst_and_counts_both()
    {
        await using WebApplication application = await StartAsync(SampleApplication.Build(Quiet));
        using HttpClient client = ClientOf(application);
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.PostAsync("/login", null)));
        int rejected = answers.Count(static a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.InRange(rejected, 1, 39);
        string text = await client.GetStringAsync("/metrics");
        Assert.Contains($"rate_limit_decisions_total{{decision=\"rejected\"}} {rejected}\n", text, StringComparison.Ordinal);
        Assert.Contains($"rate_limit_decisions_total{{decision=\"allowed\"}} {40 - rejected}\n", text, StringComparison.Ordinal);
        Assert.Contains("application_info{name=\"endpoint-stats\",version=\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switch_makes_requests_fail_and_lets_them_be_again()
    {
        await using WebApplication application = await StartAsync(SampleApplication.Build(Quiet));
        using HttpClient client = ClientOf(application);
        using HttpResponseMessage on = await client.PostAsJsonAsync("/traffic", new { errors = 1.0 });
        Assert.Equal("""{"errors":1,"slowness":0,"rate":0}""", await on.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/api/users/1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
        using HttpResponseMessage wrong = await client.PostAsJsonAsync("/traffic", new { errors = -1 });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("""{"error":"errors -1 is not between 0 and 1"}""", await wrong.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task It_visits_itself_and_stops_when_it_is_told()
    {
        WebApplication application = await StartAsync(SampleApplication.Build(Quiet with { Traffic = new TrafficSettings(0, 0, 100) }));
        await using (application)
        {
            using HttpClient client = ClientOf(application);
            long seen = 0;
            while (seen < 20)
            {
                using HttpResponseMessage response = await client.GetAsync("/api/stats");
                if (response.IsSuccessStatusCode)
                {
                    JsonElement endpoints = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("endpoints");
                    seen = endpoints.EnumerateArray().Sum(static e => e.GetProperty("requests").GetInt64());
                }
            }

            await application.StopAsync();
        }
    }

    [Fact]
    public async Task The_sink_shows_what_it_got_and_keeps_the_last_hundred()
    {
        await using WebApplication application = await StartAsync(SinkApplication.Build(Quiet));
        using HttpClient client = ClientOf(application);
        Assert.Equal("No message yet.\n", await client.GetStringAsync("/"));
        for (int i = 1; i <= 101; i++)
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync("/slack", new { channel = $"#{i}" });
            Assert.Equal("ok", await response.Content.ReadAsStringAsync());
        }

        JsonElement messages = await client.GetFromJsonAsync<JsonElement>("/messages");
        Assert.Equal(100, messages.GetArrayLength());
        Assert.Equal(2, messages[0].GetProperty("number").GetInt64());
        Assert.Equal("#101", messages[99].GetProperty("body").GetProperty("channel").GetString());
        using HttpResponseMessage noJson = await client.PostAsync("/slack", new StringContent("hello"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, noJson.StatusCode);
    }

    private static async Task<WebApplication> StartAsync(WebApplication application)
    {
        await application.StartAsync();
        return application;
    }

    private static HttpClient ClientOf(WebApplication application) => new() { BaseAddress = new Uri(application.Urls.First()) };
}
