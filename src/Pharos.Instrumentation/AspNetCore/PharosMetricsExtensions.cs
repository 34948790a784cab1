using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pharos.Instrumentation.Collectors;

namespace Pharos.Instrumentation.AspNetCore;

/// <summary>Puts metrics into an application: <c>AddPharosMetrics</c>, <c>UsePharosMetrics</c>, <c>MapPharosMetrics</c>.</summary>
public static class PharosMetricsExtensions
{
    /// <summary>Adds a <see cref="MetricRegistry"/> with the metrics of the process, the runtime, the application and its requests.</summary>
    public static IServiceCollection AddPharosMetrics(this IServiceCollection services, Action<PharosMetricsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new PharosMetricsOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => MakeRegistry(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new HttpMetrics(provider.GetRequiredService<MetricRegistry>(), options));
        services.AddSingleton<MetricsEndpoint>();
        return services;
    }

    /// <summary>Measures requests from here on: call it first, so that what other middleware answers is measured too.</summary>
    public static IApplicationBuilder UsePharosMetrics(this IApplicationBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        return application.UseMiddleware<HttpMetricsMiddleware>();
    }

    /// <summary>Answers scrapes at <paramref name="pattern"/>. Scrapes are not measured as requests.</summary>
    public static IEndpointConventionBuilder MapPharosMetrics(this IEndpointRouteBuilder endpoints, string pattern = "/metrics")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        MetricsEndpoint endpoint = endpoints.ServiceProvider.GetRequiredService<MetricsEndpoint>();
        RequestDelegate write = endpoint.WriteAsync;
        return endpoints.MapGet(pattern, write).DisableHttpMetrics();
    }

    private static MetricRegistry MakeRegistry(PharosMetricsOptions options, TimeProvider clock)
    {
        var registry = new MetricRegistry();
        registry.Add(new ApplicationCollector(options.ApplicationName, options.ApplicationVersion, clock));
        registry.Add(new ProcessCollector());
        registry.Add(new RuntimeCollector());
        return registry;
    }
}
