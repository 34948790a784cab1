using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Traffic of the network devices.</summary>
internal sealed class NetworkDeviceReader : IHostReader
{
    private static readonly string[] Columns =
    [
        "receive_bytes", "receive_packets", "receive_errs", "receive_drop", "receive_fifo", "receive_frame", "receive_compressed", "receive_multicast",
        "transmit_bytes", "transmit_packets", "transmit_errs", "transmit_drop", "transmit_fifo", "transmit_colls", "transmit_carrier", "transmit_compressed",
    ];

    public string Name => "netdev";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        (string Device, string[] Numbers)[] rows = [.. files.Lines("proc/net/dev").Skip(2).Select(Row)];
        for (int i = 0; i < Columns.Length; i++)
        {
            output.Family($"node_network_{Columns[i]}_total", MetricType.Counter, $"Network device statistic {Columns[i]}.");
            foreach ((string device, string[] numbers) in rows)
            {
                output.Sample(HostFiles.Number(numbers[i]), ("device", device));
            }
        }
    }

    // A name may hold colons (an alias); the last one ends it.
    private static (string Device, string[] Numbers) Row(string line)
    {
        int colon = line.LastIndexOf(':');
        return (line[..colon].Trim(), HostFiles.Words(line[(colon + 1)..]));
    }
}
