using System.Text.RegularExpressions;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Work of the block devices; partitions, loop and memory devices are left out.</summary>
internal sealed partial class DiskReader : IHostReader
{
    private const double SectorBytes = 512;
    private const double Milliseconds = 0.001;

    // In the order of /proc/diskstats, from its fourth column on.
    private static readonly (string Name, MetricType Type, double Factor, string Help)[] Columns =
    [
        ("reads_completed_total", MetricType.Counter, 1, "The total number of reads completed successfully."),
        ("reads_merged_total", MetricType.Counter, 1, "The total number of reads merged."),
        ("read_bytes_total", MetricType.Counter, SectorBytes, "The total number of bytes read successfully."),
        ("read_time_seconds_total", MetricType.Counter, Milliseconds, "The total number of seconds spent by all reads."),
        ("writes_completed_total", MetricType.Counter, 1, "The total number of writes completed successfully."),
        ("writes_merged_total", MetricType.Counter, 1, "The number of writes merged."),
        ("written_bytes_total", MetricType.Counter, SectorBytes, "The total number of bytes written successfully."),
        ("write_time_seconds_total", MetricType.Counter, Milliseconds, "This is the total number of seconds spent by all writes."),
        ("io_now", MetricType.Gauge, 1, "The number of I/Os currently in progress."),
        ("io_time_seconds_total", MetricType.Counter, Milliseconds, "Total seconds spent doing I/Os."),
        ("io_time_weighted_seconds_total", MetricType.Counter, Milliseconds, "The weighted # of seconds spent doing I/Os."),
        ("discards_completed_total", MetricType.Counter, 1, "The total number of discards completed successfully."),
        ("discards_merged_total", MetricType.Counter, 1, "The total number of discards merged."),
        ("discarded_sectors_total", MetricType.Counter, 1, "The total number of sectors discarded successfully."),
        ("discard_time_seconds_total", MetricType.Counter, Milliseconds, "This is the total number of seconds spent by all discards."),
        ("flush_requests_total", MetricType.Counter, 1, "The total number of flush requests completed successfully"),
        ("flush_requests_time_seconds_total", MetricType.Counter, Milliseconds, "This is the total number of seconds spent by all flush requests."),
    ];

    public string Name => "diskstats";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        string[][] rows = [.. files.Lines("proc/diskstats").Select(HostFiles.Words).Where(static r => r.Length > 3 && !LeftOut().IsMatch(r[2]))];
        output.Family("node_disk_info", MetricType.Gauge, "Info of /sys/block/<block_device>.");
        foreach (string[] row in rows)
        {
            // Model and kin come from udev, which is not read: empty labels are as good as none.
            output.Sample(
                1, ("device", row[2]), ("major", row[0]), ("minor", row[1]), ("model", ""), ("path", ""), ("revision", ""), ("serial", ""), ("wwn", ""));
        }

        for (int i = 0; i < Columns.Length; i++)
        {
            output.Family($"node_disk_{Columns[i].Name}", Columns[i].Type, Columns[i].Help);
            foreach (string[] row in rows)
            {
                if (i + 3 < row.Length)
                {
                    output.Sample(HostFiles.Number(row[i + 3]) * Columns[i].Factor, ("device", row[2]));
                }
            }
        }
    }

    [GeneratedRegex(@"\A(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\d+n\d+p)\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex LeftOut();
}
