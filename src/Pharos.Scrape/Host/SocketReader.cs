using System.Globalization;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Sockets in use.</summary>
internal sealed class SocketReader : IHostReader
{
    public string Name => "sockstat";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        foreach (string line in files.Lines("proc/net/sockstat"))
        {
            string[] words = HostFiles.Words(line);
            string protocol = words[0].TrimEnd(':');
            for (int i = 1; i + 1 < words.Length; i += 2)
            {
                double value = HostFiles.Number(words[i + 1]);
                Write(output, protocol, words[i], value);
                if (words[i] == "mem")
                {
                    Write(output, protocol, "mem_bytes", value * Environment.SystemPageSize);
                }
            }
        }
    }

    private static void Write(ExpositionWriter output, string protocol, string field, double value)
    {
        string help = string.Create(CultureInfo.InvariantCulture, $"Number of {protocol} sockets in state {field}.");
        output.Single($"node_sockstat_{protocol}_{field}", MetricType.Gauge, help, value);
    }
}
