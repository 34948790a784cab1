using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Pharos.Core.Contracts;
using Pharos.PromQL;
using Pharos.Server.Api;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

/// <summary>The read API alone, on a free loopback port, over series in memory.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ApiServer(WebApplication application, PromQLEngine engine)
    {
        _application = application;
        Engine = engine;
        Http = new HttpClient { BaseAddress = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public HttpClient Http { get; }

    /// <summary>What evaluates.</summary>
    public PromQLEngine Engine { get; }

    public static async Task<ApiServer> StartAsync(ISeriesSource source, EngineOptions? options = null, ManualTimeProvider? clock = null, bool hasPerStepStatistics = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        var engine = new PromQLEngine(options ?? new EngineOptions());
        application.MapPrometheusApi(new PrometheusApiServices(() => engine, source, clock ?? new ManualTimeProvider())
        {
            HasPerStepStatistics = hasPerStepStatistics,
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new ApiServer(application, engine);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
        Engine.Dispose();
    }
}
