using System.Formats.Tar;
using Pharos.Storage;
using Pharos.Storage.Inspection;

namespace Pharos.Server.Backup;

/// <summary>Writes a backup of everything while the server runs: samples, the server's documents and journals, the files of its configuration.</summary>
internal sealed class BackupWriter
{
    /// <summary>What the name of the copy that is read begins with, in the data folder.</summary>
    public const string CopyPrefix = "tmp_backup";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // What the store keeps, which its copy has; what others made for themselves; what is not to be kept.
    private static readonly string[] NotCopied = ["wal", "wbl", "chunks_head", "snapshots", "lock", "queries.active"];

    private readonly string _dataFolder;
    private readonly TimeProvider _clock;

    public BackupWriter(string dataFolder, TimeProvider clock)
    {
        _dataFolder = dataFolder;
        _clock = clock;
    }

    /// <summary>Removes what an interrupted backup left in the data folder.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void RemoveLeftovers(string dataFolder)
    {
        foreach (string copy in Directory.GetDirectories(dataFolder, CopyPrefix + "*"))
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Writes the archive. What was acknowledged before the call is in it.</summary>
    /// <param name="store">Copied first.</param>
    /// <param name="configurationFiles">As they are named on the command line.</param>
    /// <param name="target">Takes the archive front to back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async Task WriteAsync(Tsdb store, IReadOnlyList<string> configurationFiles, Stream target, CancellationToken cancellationToken)
    {
        DateTimeOffset begun = _clock.GetUtcNow();
        using FolderCopy copy = store.Copy(CopyPrefix);
        var files = new List<BackupFile>();
        var archive = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true);
        await using (archive.ConfigureAwait(false))
        {
            foreach ((string name, string path) in Everything(copy.Path, configurationFiles))
            {
                using HashedFile? file = TryOpen(path);
                if (file is null)
                {
                    continue;
                }

                long size = file.Length;
                await archive.WriteEntryAsync(Entry(name, file, begun), cancellationToken).ConfigureAwait(false);
                files.Add(new BackupFile(name, size, file.TakeHash()));
            }

            var manifest = new BackupManifest { Writer = $"Pharos {BuildInfo.Version}", BegunAt = begun, Files = files };
            using var bytes = new MemoryStream(manifest.Write());
            await archive.WriteEntryAsync(Entry(BackupManifest.Name, bytes, begun), cancellationToken).ConfigureAwait(false);
        }
    }

    private static PaxTarEntry Entry(string name, Stream content, DateTimeOffset time) =>
        new(TarEntryType.RegularFile, name) { DataStream = content, Mode = OwnerOnly, ModificationTime = time };

    // A document that was deleted meanwhile is not there any more, and that is its state.
    private static HashedFile? TryOpen(string path)
    {
        try
        {
            return new HashedFile(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private IEnumerable<(string Name, string Path)> Everything(string copy, IReadOnlyList<string> configurationFiles)
    {
        foreach (string path in FilesBelow(copy))
        {
            yield return (Name(BackupManifest.DataFolder, copy, path), path);
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(_dataFolder).Where(IsOurs).Order(StringComparer.Ordinal))
        {
            foreach (string path in Directory.Exists(entry) ? FilesBelow(entry) : [entry])
            {
                yield return (Name(BackupManifest.DataFolder, _dataFolder, path), path);
            }
        }

        foreach (string path in configurationFiles.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal))
        {
            yield return (BackupManifest.ConfigurationFolder + path.TrimStart('/'), path);
        }
    }

    private static bool IsOurs(string path)
    {
        string name = Path.GetFileName(path);
        return !NotCopied.Contains(name, StringComparer.Ordinal)
            && !name.StartsWith("tmp", StringComparison.Ordinal)
            && !name.StartsWith("repair-", StringComparison.Ordinal)
            && !Storage.Blocks.Ulid.TryParse(name.Split('.')[0], out _);
    }

    private static IEnumerable<string> FilesBelow(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(static path => Path.GetFileName(path) != "lock" && !Path.GetFileName(path).StartsWith(".tmp-", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Name(string root, string folder, string path) => root + Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
