using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Every line of <c>/proc/meminfo</c>.</summary>
internal sealed class MemoryReader : IHostReader
{
    public string Name => "meminfo";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        foreach (string line in files.Lines("proc/meminfo"))
        {
            string[] words = HostFiles.Words(line);
            string name = words[0].TrimEnd(':').Replace("(", "_", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
            bool isKilobytes = words.Length > 2 && words[2] == "kB";
            string metric = isKilobytes ? name + "_bytes" : name;
            output.Single($"node_memory_{metric}", MetricType.Gauge, $"Memory information field {metric}.", HostFiles.Number(words[1]) * (isKilobytes ? 1024 : 1));
        }
    }
}
