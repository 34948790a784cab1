using System.Globalization;
using Pharos.Storage.Files;

namespace Pharos.Storage.Repair;

/// <summary>
/// What a repair found and does. Nothing is ever deleted: what is replaced goes to a folder of this repair, under the path that it had. In a dry run nothing is changed.
/// </summary>
internal sealed class RepairJournal
{
    private readonly IStoreFiles _files;
    private readonly List<RepairFinding> _findings = [];

    public RepairJournal(string folder, bool isDryRun, IStoreFiles files, TimeProvider clock)
    {
        _files = files;
        Folder = folder;
        IsDryRun = isDryRun;
        Name = string.Create(CultureInfo.InvariantCulture, $"repair-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
    }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    public bool IsDryRun { get; }

    /// <summary>The folder below the data folder that takes what is replaced.</summary>
    public string Name { get; }

    public IReadOnlyList<RepairFinding> Findings => _findings;

    /// <summary>Where new files are written before they take the place of others.</summary>
    public string Workshop => Path.Combine(Folder, Name, "new");

    public IStoreFiles Files => _files;

    /// <summary>The path below the data folder.</summary>
    public string Short(string path) => Path.GetRelativePath(Folder, path);

    public void Add(string path, long offset, string damage, string remedy) => _findings.Add(new RepairFinding(Short(path), offset, damage, remedy));

    /// <summary>Puts a file or folder aside.</summary>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public void SetAside(string path)
    {
        if (IsDryRun)
        {
            return;
        }

        string target = Path.Combine(Folder, Name, Short(path));
        string parent = Path.GetDirectoryName(target)!;
        _files.CreateFolder(parent);
        _files.Move(path, target);
        _files.SyncFolder(parent);
        _files.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Puts a new file or folder from the workshop into its place, which is free.</summary>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public void PutInPlace(string made, string path)
    {
        _files.Move(made, path);
        _files.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes the empty workshop.</summary>
    public void CloseWorkshop() => _files.DeleteFolder(Workshop);
}
