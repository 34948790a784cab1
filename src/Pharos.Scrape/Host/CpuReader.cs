using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Time of each processor by what it did.</summary>
internal sealed class CpuReader : IHostReader
{
    // The kernel tells programs its times in hundredths of a second, whatever it counts in.
    private const double TicksPerSecond = 100;

    // By name; the number is the column behind the processor's name.
    private static readonly (string Mode, int Column)[] Modes =
        [("idle", 4), ("iowait", 5), ("irq", 6), ("nice", 2), ("softirq", 7), ("steal", 8), ("system", 3), ("user", 1)];

    public string Name => "cpu";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        string[][] rows = [.. files.Lines("proc/stat").Select(HostFiles.Words).Where(IsProcessor)];
        output.Family("node_cpu_guest_seconds_total", MetricType.Counter, "Seconds the CPUs spent in guests (VMs) for each mode.");
        foreach (string[] row in rows)
        {
            string cpu = row[0][3..];
            output.Sample(Seconds(row, 10), ("cpu", cpu), ("mode", "nice"));
            output.Sample(Seconds(row, 9), ("cpu", cpu), ("mode", "user"));
        }

        output.Family("node_cpu_seconds_total", MetricType.Counter, "Seconds the CPUs spent in each mode.");
        foreach (string[] row in rows)
        {
            foreach ((string mode, int column) in Modes)
            {
                output.Sample(Seconds(row, column), ("cpu", row[0][3..]), ("mode", mode));
            }
        }
    }

    // The first line, "cpu" without a number, is the sum.
    private static bool IsProcessor(string[] row) => row[0].Length > 3 && row[0].StartsWith("cpu", StringComparison.Ordinal);

    // Old kernels have fewer columns.
    private static double Seconds(string[] row, int column) => column < row.Length ? HostFiles.Number(row[column]) / TicksPerSecond : 0;
}
