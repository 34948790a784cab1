using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Load averages.</summary>
internal sealed class LoadReader : IHostReader
{
    public string Name => "loadavg";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        string[] numbers = HostFiles.Words(files.Text("proc/loadavg"));
        output.Single("node_load1", MetricType.Gauge, "1m load average.", HostFiles.Number(numbers[0]));
        output.Single("node_load5", MetricType.Gauge, "5m load average.", HostFiles.Number(numbers[1]));
        output.Single("node_load15", MetricType.Gauge, "15m load average.", HostFiles.Number(numbers[2]));
    }
}
