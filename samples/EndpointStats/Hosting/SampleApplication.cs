using EndpointStats.Api;
using EndpointStats.Limits;
using EndpointStats.Statistics;
using EndpointStats.Traffic;
using Pharos.Instrumentation.AspNetCore;

namespace EndpointStats.Hosting;

/// <summary>The application that is monitored.</summary>
internal static class SampleApplication
{
    private const int DefaultPort = 5000;

    /// <summary>Puts it together; not started.</summary>
    public static WebApplication Build(Flags flags)
    {
        WebApplicationBuilder builder = LocalServer.CreateBuilder(flags, DefaultPort);
        builder.Services.AddPharosMetrics(static options =>
        {
            options.ApplicationName = "endpoint-stats";
            options.KnownStatuses = [StatusCodes.Status200OK, StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable];
        });
        builder.Services.AddSingleton(new TrafficSwitch(flags.Traffic));
        builder.Services.AddSingleton(provider => new Workload(
            provider.GetRequiredService<TrafficSwitch>(), new Random(flags.Seed), provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<EndpointStatistics>();
        builder.Services.AddSingleton<RequestLimits>();
        builder.Services.AddHostedService(provider => new TrafficGenerator(
            provider.GetRequiredService<TrafficSwitch>(),
            new TrafficShape(new Random(flags.Seed)),
            provider.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TrafficGenerator>>()));

        WebApplication application = builder.Build();
        application.UsePharosMetrics();
        application.UseMiddleware<StatisticsMiddleware>();
        application.UseMiddleware<RequestLimitsMiddleware>();
        application.MapApplication();
        application.MapTraffic();
        application.MapPharosMetrics();
        return application;
    }
}
