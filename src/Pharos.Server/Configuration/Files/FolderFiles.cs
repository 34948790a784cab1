namespace Pharos.Server.Configuration.Files;

/// <summary>Finds the files of a folder and below. Entries whose names begin with a dot are skipped, as those of mounted ConfigMaps; links are followed, each folder once.</summary>
internal sealed class FolderFiles
{
    /// <summary>No more files of one folder are found.</summary>
    public const int MaxFiles = 10_000;

    private const int MaxDepth = 16;

    private readonly Func<string, bool> _isWanted;
    private readonly Action<string, Exception?>? _report;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _paths = [];

    private FolderFiles(Func<string, bool> isWanted, Action<string, Exception?>? report)
    {
        _isWanted = isWanted;
        _report = report;
    }

    /// <summary>Their paths, sorted.</summary>
    /// <param name="folder">Where to begin.</param>
    /// <param name="isWanted">Asked with the name of each file.</param>
    /// <param name="report">Told of a folder that cannot be read, and without an error of the one in which there were too many files.</param>
    public static List<string> Find(string folder, Func<string, bool> isWanted, Action<string, Exception?>? report = null)
    {
        var files = new FolderFiles(isWanted, report);
        files.Collect(folder, 0);
        files._paths.Sort(StringComparer.Ordinal);
        return files._paths;
    }

    private void Collect(string folder, int depth)
    {
        try
        {
            string real = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);
            if (depth > MaxDepth || !_seen.Add(real))
            {
                return;
            }

            foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(static entry => !entry.Name.StartsWith('.')))
            {
                string path = Path.Combine(folder, entry.Name);
                if (Directory.Exists(path))
                {
                    Collect(path, depth + 1);
                }
                else if (_isWanted(entry.Name))
                {
                    if (_paths.Count == MaxFiles)
                    {
                        _report?.Invoke(folder, null);
                        return;
                    }

                    _paths.Add(path);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _report?.Invoke(folder, e);
        }
    }
}
