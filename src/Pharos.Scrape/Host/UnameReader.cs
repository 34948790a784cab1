using System.Runtime.InteropServices;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>The name of the host and of its kernel.</summary>
internal sealed class UnameReader : IHostReader
{
    public string Name => "uname";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        output.Family("node_uname_info", MetricType.Gauge, "Labeled system information as provided by the uname system call.");
        output.Sample(
            1,
            ("domainname", files.Text("proc/sys/kernel/domainname")),
            ("machine", Machine()),
            ("nodename", files.Text("proc/sys/kernel/hostname")),
            ("release", files.Text("proc/sys/kernel/osrelease")),
            ("sysname", files.Text("proc/sys/kernel/ostype")),
            ("version", files.Text("proc/sys/kernel/version")));
    }

    private static string Machine() => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        Architecture.Arm => "armv7l",
        Architecture other => other.ToString().ToLowerInvariant(),
    };
}
