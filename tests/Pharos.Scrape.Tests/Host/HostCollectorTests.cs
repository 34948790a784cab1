using System.Buffers;
using System.Text;
using Pharos.Scrape.Exposition;
using Pharos.Scrape.Host;
using Pharos.Testing;

namespace Pharos.Scrape.Tests.Host;

public class HostCollectorTests
{
    [Fact]
    public async Task The_kernels_files_become_node_exporters_metrics()
    {
        using var root = new TempFolder();
        root.Write("proc/stat", "cpu  1 1 1 1 1 1 1 1 1 1\ncpu0 100 200 300 400 500 600 700 800 900 1000\nintr 7 0\nctxt 8\nbtime 9\nprocesses 10\nprocs_running 1\nprocs_blocked 2\n");
        root.Write("proc/meminfo", "MemTotal:       4 kB\nActive(anon):   2 kB\nHugePages_Total:   3\n");
        root.Write("proc/loadavg", "0.5 1.5 2.5 1/2 3\n");
        root.Write("proc/diskstats", " 7 0 loop0 1 1 1 1\n 8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n 8 1 sda1 1 1 1 1 1 1 1 1 1 1 1\n");
        root.Write("proc/net/dev", "Inter-|   Receive\n face |bytes\n  eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n");
        root.Write("proc/sys/fs/file-nr", "5\t0\t6\n");
        root.Write("sys/class/net/eth0/operstate", "up\n");
        root.Write("sys/class/net/eth0/mtu", "1500\n");
        root.Write("sys/class/net/eth0/speed", "-1\n");
        Dictionary<string, double> samples = await CollectAsync(root.Path);

        Assert.Equal(4, samples["node_cpu_seconds_total{cpu=\"0\",mode=\"idle\"}"]);
        Assert.Equal(1, samples["node_cpu_seconds_total{cpu=\"0\",mode=\"user\"}"]);
        Assert.Equal(9, samples["node_boot_time_seconds"]);
        Assert.Equal(4096, samples["node_memory_MemTotal_bytes"]);
        Assert.Equal(2048, samples["node_memory_Active_anon_bytes"]);
        Assert.Equal(3, samples["node_memory_HugePages_Total"]);
        Assert.Equal(1.5, samples["node_load5"]);
        Assert.Equal(3 * 512, samples["node_disk_read_bytes_total{device=\"sda\"}"]);
        Assert.Equal(0.004, samples["node_disk_read_time_seconds_total{device=\"sda\"}"]);
        Assert.DoesNotContain(samples.Keys, static k => k.Contains("loop0", StringComparison.Ordinal) || k.Contains("sda1", StringComparison.Ordinal));
        Assert.Equal(9, samples["node_network_transmit_bytes_total{device=\"eth0\"}"]);
        Assert.Equal(1, samples["node_network_up{device=\"eth0\"}"]);
        Assert.DoesNotContain("node_network_speed_bytes{device=\"eth0\"}", samples.Keys);
        Assert.Equal(6, samples["node_filefd_maximum"]);
    }

    [Fact]
    public async Task What_cannot_be_read_is_missing_and_said_and_the_rest_is_there()
    {
        using var root = new TempFolder();
        root.Write("proc/loadavg", "1 2 3\n");
        root.Write("proc/meminfo", "MemTotal: garbage kB\n");
        Dictionary<string, double> samples = await CollectAsync(root.Path);

        Assert.Equal(1, samples["node_scrape_collector_success{collector=\"loadavg\"}"]);
        Assert.Equal(0, samples["node_scrape_collector_success{collector=\"meminfo\"}"]);
        Assert.Equal(0, samples["node_scrape_collector_success{collector=\"cpu\"}"]);
        Assert.Equal(3, samples["node_load15"]);
    }

    [Fact]
    public async Task This_host_is_read_whole()
    {
        Dictionary<string, double> samples = await CollectAsync("/");

        Assert.All(samples.Where(static s => s.Key.StartsWith("node_scrape_collector_success", StringComparison.Ordinal)), static s => Assert.True(s.Value == 1, s.Key));
        Assert.True(samples["node_memory_MemTotal_bytes"] > 1e8);
        Assert.Contains(samples.Keys, static k => k.StartsWith("node_filesystem_size_bytes{device=", StringComparison.Ordinal));
        Assert.Contains(samples.Keys, static k => k.StartsWith("node_uname_info{domainname=", StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, double>> CollectAsync(string root)
    {
        var output = new ArrayBufferWriter<byte>();
        await new HostCollector(new ManualTimeProvider(), root).WriteAsync(output, CancellationToken.None);
        var records = new List<ExpositionRecord>();
        ExpositionParser.Parse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(output.WrittenSpan)), ExpositionFormat.Text, startTimestamps: false, records);
        return records.OfType<ExpositionRecord.Sample>().ToDictionary(static s => s.Text, static s => s.Value);
    }
}
