namespace Pharos.Storage.Files;

/// <summary>
/// Every change that the store makes to its folder, so that tests can let each of them fail, and can tell what a power cut would have left. Reading does not go through it.
/// Usable from any thread. All members throw <see cref="IOException"/> where the disk refuses.
/// </summary>
internal interface IStoreFiles
{
    /// <summary>Makes a new file; it must not exist.</summary>
    IStoreFile Create(string path);

    /// <summary>Opens a file that exists, to write or to cut it.</summary>
    IStoreFile Open(string path);

    /// <summary>Makes a folder and those above it; nothing when it is there.</summary>
    void CreateFolder(string path);

    /// <summary>Renames a file or a folder; a file takes the place of one that has the name already.</summary>
    void Move(string from, string to);

    /// <summary>Gives a file a second name on the same disk.</summary>
    void Link(string from, string to);

    /// <summary>Removes a file; nothing when it is not there.</summary>
    void Delete(string path);

    /// <summary>Removes a folder with all that it holds; nothing when it is not there.</summary>
    void DeleteFolder(string path);

    /// <summary>Forces a folder's entries to the disk: what was made, renamed and removed in it.</summary>
    void SyncFolder(string path);
}
