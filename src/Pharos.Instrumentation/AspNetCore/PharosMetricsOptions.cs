using System.Reflection;

namespace Pharos.Instrumentation.AspNetCore;

/// <summary>What is measured, and under which name. Fixed at start.</summary>
public sealed class PharosMetricsOptions
{
    private static readonly AssemblyName? Entry = Assembly.GetEntryAssembly()?.GetName();

    /// <summary>The label <c>name</c> of <c>application_info</c>.</summary>
    public string ApplicationName { get; set; } = Entry?.Name ?? "unknown";

    /// <summary>The label <c>version</c> of <c>application_info</c>.</summary>
    public string ApplicationVersion { get; set; } = Entry?.Version?.ToString(3) ?? "0.0.0";

    /// <summary>Upper bounds of <c>http_request_duration_seconds</c>, in seconds.</summary>
    public IReadOnlyList<double> RequestSeconds { get; set; } = HistogramBuckets.RequestSeconds;

    /// <summary>
    /// Statuses that each route is known to give: their counters stand at zero from the first scrape on. Without this the first error of a route is the
    /// first sample of its series, and no rate sees it.
    /// </summary>
    public IReadOnlyList<int> KnownStatuses { get; set; } = [200, 500];
}
