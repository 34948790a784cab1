using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>What <c>/proc/stat</c> says beside processor times.</summary>
internal sealed class StatReader : IHostReader
{
    private static readonly (string Key, string Name, MetricType Type, string Help)[] Fields =
    [
        ("btime", "node_boot_time_seconds", MetricType.Gauge, "Node boot time, in unixtime."),
        ("ctxt", "node_context_switches_total", MetricType.Counter, "Total number of context switches."),
        ("processes", "node_forks_total", MetricType.Counter, "Total number of forks."),
        ("intr", "node_intr_total", MetricType.Counter, "Total number of interrupts serviced."),
        ("procs_blocked", "node_procs_blocked", MetricType.Gauge, "Number of processes blocked waiting for I/O to complete."),
        ("procs_running", "node_procs_running", MetricType.Gauge, "Number of processes in runnable state."),
    ];

    public string Name => "stat";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        string[] lines = files.Lines("proc/stat");
        foreach ((string key, string name, MetricType type, string help) in Fields)
        {
            if (Array.Find(lines, l => l.StartsWith(key + " ", StringComparison.Ordinal)) is { } line)
            {
                output.Single(name, type, help, HostFiles.Number(HostFiles.Words(line)[1]));
            }
        }
    }
}
