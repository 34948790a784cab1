using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Time in which something waited for processor, disk or memory; nothing on kernels that do not measure it.</summary>
internal sealed class PressureReader : IHostReader
{
    private const double Microseconds = 1e-6;

    private static readonly (string File, string Line, string Name, string Help)[] Fields =
    [
        ("cpu", "some", "node_pressure_cpu_waiting_seconds_total", "Total time in seconds that processes have waited for CPU time"),
        ("io", "full", "node_pressure_io_stalled_seconds_total", "Total time in seconds no process could make progress due to IO congestion"),
        ("io", "some", "node_pressure_io_waiting_seconds_total", "Total time in seconds that processes have waited due to IO congestion"),
        ("memory", "full", "node_pressure_memory_stalled_seconds_total", "Total time in seconds no process could make progress due to memory congestion"),
        ("memory", "some", "node_pressure_memory_waiting_seconds_total", "Total time in seconds that processes have waited for memory"),
    ];

    public string Name => "pressure";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        foreach ((string file, string line, string name, string help) in Fields)
        {
            string[] lines = (files.TryText($"proc/pressure/{file}") ?? "").Split('\n');
            if (Array.Find(lines, l => l.StartsWith(line, StringComparison.Ordinal)) is { } found)
            {
                string total = HostFiles.Words(found)[^1]["total=".Length..];
                output.Single(name, MetricType.Counter, help, HostFiles.Number(total) * Microseconds);
            }
        }
    }
}
