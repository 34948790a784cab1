using Pharos.Storage.Files;

namespace Pharos.Storage.Tests.HeadChunks;

/// <summary>Real files, of which those of head chunks cannot be written or forced to disk when the test says so.</summary>
internal sealed class ChunkDisk : IStoreFiles
{
    private readonly DiskFiles _disk = DiskFiles.Instance;

    /// <summary>Bytes that still fit into files of head chunks; a write beyond them writes what fits and fails.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Whether forcing files of head chunks to disk fails.</summary>
    public bool SyncFails { get; set; }

    /// <summary>Whether removing files of head chunks fails.</summary>
    public bool DeleteFails { get; set; }

    public IStoreFile Create(string path) => Wrap(path, _disk.Create(path));

    public IStoreFile Open(string path) => Wrap(path, _disk.Open(path));

    public void CreateFolder(string path) => _disk.CreateFolder(path);

    public void Move(string from, string to) => _disk.Move(from, to);

    public void Link(string from, string to) => _disk.Link(from, to);

    public void Delete(string path)
    {
        if (DeleteFails && IsOfChunks(path))
        {
            throw new IOException("input/output error");
        }

        _disk.Delete(path);
    }

    public void DeleteFolder(string path) => _disk.DeleteFolder(path);

    public void SyncFolder(string path) => _disk.SyncFolder(path);

    private static bool IsOfChunks(string path) => path.Contains("chunks_head", StringComparison.Ordinal);

    private IStoreFile Wrap(string path, IStoreFile file) => IsOfChunks(path) ? new ChunkFile(this, file) : file;

    private sealed class ChunkFile(ChunkDisk disk, IStoreFile file) : IStoreFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            int fits = (int)Math.Min(bytes.Length, disk.Room);
            file.Write(bytes[..fits], offset);
            disk.Room -= fits;
            if (fits < bytes.Length)
            {
                throw new IOException("no space left on device");
            }
        }

        public void SetLength(long length) => file.SetLength(length);

        public void Sync()
        {
            if (disk.SyncFails)
            {
                throw new IOException("input/output error");
            }

            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}
