using System.Diagnostics;
using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation.Collectors;

/// <summary>What the system knows of this process: the <c>process_*</c> family that client libraries agree on.</summary>
public sealed class ProcessCollector : IMetricCollector
{
    private const string DescriptorFolder = "/proc/self/fd";

    private readonly double _startTimeSeconds;

    /// <summary>Of this process.</summary>
    public ProcessCollector()
    {
        using Process process = Process.GetCurrentProcess();
        _startTimeSeconds = (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Collect(ExpositionWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!OperatingSystem.IsIOS() && !OperatingSystem.IsTvOS() && !OperatingSystem.IsBrowser())
        {
            writer.Counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", Environment.CpuUsage.TotalTime.TotalSeconds);
        }

        writer.Gauge("process_resident_memory_bytes", "Resident memory size in bytes.", Environment.WorkingSet);
        writer.Gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.", _startTimeSeconds);
        if (CountDescriptors() is { } descriptors)
        {
            writer.Gauge("process_open_fds", "Number of open file descriptors.", descriptors);
        }
    }

    private static int? CountDescriptors()
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(DescriptorFolder).Count();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
