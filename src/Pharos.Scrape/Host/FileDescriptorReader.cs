using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Open files of the whole host.</summary>
internal sealed class FileDescriptorReader : IHostReader
{
    public string Name => "filefd";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        string[] numbers = HostFiles.Words(files.Text("proc/sys/fs/file-nr"));
        output.Single("node_filefd_allocated", MetricType.Gauge, "File descriptor statistics: allocated.", HostFiles.Number(numbers[0]));
        output.Single("node_filefd_maximum", MetricType.Gauge, "File descriptor statistics: maximum.", HostFiles.Number(numbers[2]));
    }
}
