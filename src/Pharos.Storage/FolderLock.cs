namespace Pharos.Storage;

/// <summary>Holds a data folder for this process by the file <c>lock</c> in it, as upstream does (<c>flock</c>), so that neither opens what the other has open.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly string _path;
    private FileStream? _file;

    /// <exception cref="DataFolderException">Another process holds the folder, or the file cannot be made.</exception>
    public FolderLock(string folder)
    {
        _path = Path.Combine(folder, "lock");
        try
        {
            _file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"the data folder {folder} is held by another process, or its lock file cannot be made: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        if (_file is not null)
        {
            File.Delete(_path);
            _file.Dispose();
            _file = null;
        }
    }
}
