using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>State of the network devices.</summary>
internal sealed class NetworkClassReader : IHostReader
{
    private const string Folder = "sys/class/net";
    private const double BytesPerMegabit = 1_000_000 / 8.0;

    private static readonly (string File, string Name, MetricType Type, double Factor)[] Numbers =
    [
        ("carrier", "carrier", MetricType.Gauge, 1),
        ("carrier_changes", "carrier_changes_total", MetricType.Counter, 1),
        ("carrier_down_count", "carrier_down_changes_total", MetricType.Counter, 1),
        ("carrier_up_count", "carrier_up_changes_total", MetricType.Counter, 1),
        ("dormant", "dormant", MetricType.Gauge, 1),
        ("ifindex", "iface_id", MetricType.Gauge, 1),
        ("iflink", "iface_link", MetricType.Gauge, 1),
        ("mtu", "mtu_bytes", MetricType.Gauge, 1),
        ("type", "protocol_type", MetricType.Gauge, 1),
        ("speed", "speed_bytes", MetricType.Gauge, BytesPerMegabit),
        ("tx_queue_len", "transmit_queue_length", MetricType.Gauge, 1),
    ];

    public string Name => "netclass";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        string[] devices = [.. files.Names(Folder).Where(d => files.Exists($"{Folder}/{d}/operstate"))];
        output.Family("node_network_info", MetricType.Gauge, "Non-numeric data from /sys/class/net/<iface>, value is always 1.");
        foreach (string device in devices)
        {
            string Read(string name) => files.TryText($"{Folder}/{device}/{name}") ?? "";
            output.Sample(
                1,
                ("address", Read("address")),
                ("broadcast", Read("broadcast")),
                ("device", device),
                ("duplex", Read("duplex")),
                ("ifalias", Read("ifalias")),
                ("operstate", Read("operstate")));
        }

        output.Family("node_network_up", MetricType.Gauge, "Value is 1 if operstate is 'up', 0 otherwise.");
        foreach (string device in devices)
        {
            output.Sample(files.TryText($"{Folder}/{device}/operstate") == "up" ? 1 : 0, ("device", device));
        }

        foreach ((string file, string name, MetricType type, double factor) in Numbers)
        {
            WriteNumber(files, output, devices, (file, name, type, factor));
        }
    }

    // Many files cannot be read for devices that are down; a speed of -1 means none.
    private static void WriteNumber(
        HostFiles files, ExpositionWriter output, string[] devices, (string File, string Name, MetricType Type, double Factor) field)
    {
        bool begun = false;
        foreach (string device in devices)
        {
            if (files.TryText($"{Folder}/{device}/{field.File}") is not { Length: > 0 } text || HostFiles.Number(text) < 0)
            {
                continue;
            }

            if (!begun)
            {
                output.Family($"node_network_{field.Name}", field.Type, $"Network device property: {field.Name}");
                begun = true;
            }

            output.Sample(HostFiles.Number(text) * field.Factor, ("device", device));
        }
    }
}
