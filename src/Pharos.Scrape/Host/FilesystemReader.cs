using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>
/// Room in the mounted filesystems. A filesystem that does not answer (a network mount whose server is away) holds up one waiting thread, not the
/// scrape: it shows as <c>node_filesystem_device_error</c> until it answers.
/// </summary>
internal sealed partial class FilesystemReader : IHostReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly (string Name, string Help, Func<FilesystemSpace, double> Value)[] Metrics =
    [
        ("avail_bytes", "Filesystem space available to non-root users in bytes.", static s => s.AvailableBytes),
        ("files", "Filesystem total file nodes.", static s => s.Files),
        ("files_free", "Filesystem total free file nodes.", static s => s.FreeFiles),
        ("free_bytes", "Filesystem free space in bytes.", static s => s.FreeBytes),
        ("readonly", "Filesystem read-only status.", static s => s.IsReadOnly ? 1 : 0),
        ("size_bytes", "Filesystem size in bytes.", static s => s.SizeBytes),
    ];

    private readonly ConcurrentDictionary<string, Task<FilesystemSpace?>> _asked = new(StringComparer.Ordinal);

    public string Name => "filesystem";

    public void Write(HostFiles files, ExpositionWriter output)
    {
        (Mount Mount, FilesystemSpace? Space)[] mounts = Ask([.. Mounts(files)]);
        output.Family("node_filesystem_device_error", MetricType.Gauge, "Whether an error occurred while getting statistics for the given device.");
        foreach ((Mount mount, FilesystemSpace? space) in mounts)
        {
            output.Sample(space is null ? 1 : 0, Labels(mount));
        }

        foreach ((string name, string help, Func<FilesystemSpace, double> value) in Metrics)
        {
            output.Family($"node_filesystem_{name}", MetricType.Gauge, help);
            foreach ((Mount mount, FilesystemSpace? space) in mounts)
            {
                if (space is { } known)
                {
                    output.Sample(value(known), Labels(mount));
                }
            }
        }
    }

    private static (string Name, string Value)[] Labels(Mount mount) => [("device", mount.Device), ("fstype", mount.Type), ("mountpoint", mount.Point)];

    // The mounts of the first process are the host's; in a container it may not be readable.
    private static IEnumerable<Mount> Mounts(HostFiles files)
    {
        string text = files.TryText("proc/1/mounts") ?? files.Text("proc/self/mounts");
        var seen = new HashSet<Mount>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = HostFiles.Words(line);
            var mount = new Mount(Unescape(words[0]), Unescape(words[1]), words[2]);
            if (!LeftOutPoints().IsMatch(mount.Point) && !LeftOutTypes().IsMatch(mount.Type) && seen.Add(mount))
            {
                yield return mount;
            }
        }
    }

    // The kernel writes blanks and tabs as octal numbers.
    private static string Unescape(string text) =>
        text.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal);

    // Only remote filesystems can let one wait: they are asked on other threads, all at once, and waited for together; one that was asked before
    // and has not answered is not asked again.
    private (Mount Mount, FilesystemSpace? Space)[] Ask(Mount[] mounts)
    {
        Task<FilesystemSpace?>[] tasks = Array.ConvertAll(mounts, m => Remote().IsMatch(m.Type)
            ? _asked.GetOrAdd(m.Point, static p => Task.Run(() => FilesystemSpace.Read(p)))
            : Task.FromResult(FilesystemSpace.Read(m.Point)));
#pragma warning disable VSTHRD002 // Bounded wait for system calls that cannot be cancelled; nothing of them needs this thread.
        Task.WaitAll(tasks, Patience);
        var result = new (Mount Mount, FilesystemSpace? Space)[mounts.Length];
        for (int i = 0; i < mounts.Length; i++)
        {
            result[i] = (mounts[i], tasks[i].IsCompletedSuccessfully ? tasks[i].Result : null);
            if (tasks[i].IsCompleted)
            {
                _asked.TryRemove(mounts[i].Point, out _);
            }
        }
#pragma warning restore VSTHRD002
        return result;
    }

    [GeneratedRegex(@"\A(nfs|cifs|smb|fuse|ceph|gluster|9p|afs|lustre|gpfs|beegfs|ocfs|gfs)", RegexOptions.CultureInvariant)]
    private static partial Regex Remote();

    [GeneratedRegex(@"\A/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)(\z|/)", RegexOptions.CultureInvariant)]
    private static partial Regex LeftOutPoints();

    [GeneratedRegex(
        @"\A(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|erofs|sysfs|tracefs)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex LeftOutTypes();

    private readonly record struct Mount(string Device, string Point, string Type);
}
