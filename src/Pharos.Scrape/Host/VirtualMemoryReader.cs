using System.Text.RegularExpressions;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Paging, swapping, page faults and kills for want of memory.</summary>
internal sealed partial class VirtualMemoryReader : IHostReader
{
    public string Name => "vmstat";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        foreach (string line in files.Lines("proc/vmstat"))
        {
            string[] words = HostFiles.Words(line);
            if (Taken().IsMatch(words[0]))
            {
                output.Single($"node_vmstat_{words[0]}", MetricType.Unknown, $"/proc/vmstat information field {words[0]}.", HostFiles.Number(words[1]));
            }
        }
    }

    [GeneratedRegex(@"\A(oom_kill|pgpg|pswp|pg.*fault)", RegexOptions.CultureInvariant)]
    private static partial Regex Taken();
}
