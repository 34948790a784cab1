using System.Globalization;

namespace Pharos.Server.Metrics;

/// <summary>What the kernel knows of this process: the <c>process_*</c> family that client libraries agree on. Linux only.</summary>
internal sealed class ProcessMetrics : IMetricSource
{
    private const double TicksPerSecond = 100;
    private readonly double _startTimeSeconds;

    public ProcessMetrics(DateTimeOffset startTime)
    {
        _startTimeSeconds = startTime.ToUnixTimeMilliseconds() / 1000.0;
    }

    public void Write(MetricWriter writer)
    {
        if (ReadStat() is { Length: > 21 } fields)
        {
            writer.Counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", (Parse(fields[11]) + Parse(fields[12])) / TicksPerSecond);
            writer.Gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.", Parse(fields[20]));
            writer.Gauge("process_resident_memory_bytes", "Resident memory size in bytes.", Parse(fields[21]) * (double)Environment.SystemPageSize);
            writer.Gauge("process_threads", "Number of threads.", Parse(fields[17]));
        }

        writer.Gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.", _startTimeSeconds);
        writer.Gauge("process_open_fds", "Number of open file descriptors.", CountOpenFiles());
        if (ReadMaxFiles() is { } maxFiles)
        {
            writer.Gauge("process_max_fds", "Maximum number of open file descriptors.", maxFiles);
        }
    }

    // Fields of /proc/self/stat after the name, which may hold spaces: index 0 is the state.
    private static string[] ReadStat()
    {
        try
        {
            string text = File.ReadAllText("/proc/self/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static int CountOpenFiles()
    {
        try
        {
            return Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long? ReadMaxFiles()
    {
        try
        {
            string? line = File.ReadLines("/proc/self/limits").FirstOrDefault(static line => line.StartsWith("Max open files", StringComparison.Ordinal));
            return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 3 } words && long.TryParse(words[3], CultureInfo.InvariantCulture, out long max)
                ? max
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Parse(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out long value) ? value : 0;
}
