using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pharos.Instrumentation.AspNetCore;

namespace Pharos.Instrumentation.Tests.AspNetCore;

/// <summary>A real application on a loopback port.</summary>
public sealed class HttpMetricsTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _leave = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _application;
    private HttpClient _client = new();

    public HttpMetricsTests()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPharosMetrics(static options => options.ApplicationVersion = "1.8.3");
        _application = builder.Build();
        _application.UsePharosMetrics();
        _application.UseExceptionHandler(static handler => handler.Run(static context => context.Response.WriteAsync("failed")));
        _application.MapGet("/users/{id}", static (string id) => id);
        _application.MapGet("/broken", static IResult () => throw new InvalidOperationException("broken"));
        _application.MapGet("/slow", async () =>
        {
            _arrived.SetResult();
            await _leave.Task;
        });
        _application.MapGet("/endless", async (CancellationToken gone) =>
        {
            _arrived.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, gone);
        });
        _application.MapPharosMetrics();
    }

    public async ValueTask InitializeAsync()
    {
        await _application.StartAsync();
        _client.Dispose();
        _client = new HttpClient { BaseAddress = new Uri(_application.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _leave.TrySetResult();
        _client.Dispose();
        await _application.DisposeAsync();
    }

    [Fact]
    public async Task Requests_are_counted_by_the_template_of_their_route()
    {
        await _client.GetAsync("/users/1");
        await _client.GetAsync("/users/2?x=y");
        string text = await ScrapeAsync();
        Assert.Equal("2", Exposed.Value(text, "http_requests_total{method=\"GET\",endpoint=\"/users/{id}\",status=\"200\"}"));
        Assert.Equal("2", Exposed.Value(text, "http_request_duration_seconds_count{method=\"GET\",endpoint=\"/users/{id}\"}"));
        Assert.Equal("2", Exposed.Value(text, "http_request_duration_seconds_bucket{method=\"GET\",endpoint=\"/users/{id}\",le=\"+Inf\"}"));
    }

    [Fact]
    public async Task What_no_route_takes_is_one_value_whatever_the_path_and_the_method()
    {
        await _client.GetAsync("/wp-login.php");
        await _client.GetAsync("/.env");
        using var strange = new HttpRequestMessage(new HttpMethod("BREW"), "/pot");
        await _client.SendAsync(strange);
        string text = await ScrapeAsync();
        Assert.Equal("2", Exposed.Value(text, "http_requests_total{method=\"GET\",endpoint=\"unmatched\",status=\"404\"}"));
        Assert.Equal("1", Exposed.Value(text, "http_requests_total{method=\"other\",endpoint=\"unmatched\",status=\"404\"}"));
        Assert.DoesNotContain("wp-login", text, StringComparison.Ordinal);
        Assert.DoesNotContain("BREW", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_throws_is_counted_as_500_under_its_own_name()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, (await _client.GetAsync("/broken")).StatusCode);
        Assert.Equal("1", Exposed.Value(await ScrapeAsync(), "http_requests_total{method=\"GET\",endpoint=\"/broken\",status=\"500\"}"));
    }

    [Fact]
    public async Task The_first_scrape_has_every_route_at_zero_so_that_the_first_error_is_an_increase()
    {
        string text = await ScrapeAsync();
        Assert.Equal("0", Exposed.Value(text, "http_requests_total{method=\"GET\",endpoint=\"/users/{id}\",status=\"200\"}"));
        Assert.Equal("0", Exposed.Value(text, "http_requests_total{method=\"GET\",endpoint=\"/users/{id}\",status=\"500\"}"));
        Assert.Equal("0", Exposed.Value(text, "http_request_duration_seconds_count{method=\"GET\",endpoint=\"/broken\"}"));
    }

    [Fact]
    public async Task Requests_in_progress_are_those_that_have_no_answer_yet_without_the_scrape()
    {
        Task<HttpResponseMessage> slow = _client.GetAsync("/slow");
        await _arrived.Task;
        Assert.Equal("1", Exposed.Value(await ScrapeAsync(), "http_requests_in_progress"));
        _leave.SetResult();
        await slow;
    }

    [Fact]
    public async Task A_client_that_leaves_before_the_answer_is_counted_as_499()
    {
        using var leaving = new CancellationTokenSource();
        Task<HttpResponseMessage> request = _client.GetAsync("/endless", leaving.Token);
        await _arrived.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        string text;
        do
        {
            text = await ScrapeAsync();
        }
        while (Exposed.Value(text, "http_requests_in_progress") != "0");

        Assert.Equal("1", Exposed.Value(text, "http_requests_total{method=\"GET\",endpoint=\"/endless\",status=\"499\"}"));
    }

    [Fact]
    public async Task Scrapes_are_not_counted()
    {
        await ScrapeAsync();
        Assert.DoesNotContain("endpoint=\"/metrics\"", await ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_format_follows_the_scraper()
    {
        using HttpResponseMessage text = await _client.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", text.Content.Headers.ContentType!.ToString());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        using HttpResponseMessage open = await _client.SendAsync(request);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", open.Content.Headers.ContentType!.ToString());
        Assert.EndsWith("# EOF\n", await open.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_application_its_process_and_its_runtime_are_there_from_the_start()
    {
        string text = await ScrapeAsync();
        Assert.Contains("version=\"1.8.3\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nprocess_cpu_seconds_total ", text, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_gc_heap_size_bytes ", text, StringComparison.Ordinal);
        Assert.Same(_application.Services.GetRequiredService<MetricRegistry>(), _application.Services.GetRequiredService<MetricRegistry>());
    }

    private Task<string> ScrapeAsync() => _client.GetStringAsync("/metrics");
}
