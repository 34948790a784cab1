using Pharos.Storage.Wal;

namespace Pharos.Storage.Tests.Wal;

/// <summary>Real files with a disk that fills up and fails when the test says so.</summary>
internal sealed class FaultyFiles : IWalFiles
{
    /// <summary>Bytes that still fit; a write beyond them writes what fits and fails.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Whether cutting a file off fails.</summary>
    public bool CutFails { get; set; }

    /// <summary>Whether forcing to disk fails.</summary>
    public bool SyncFails { get; set; }

    /// <summary>Whether making a file fails.</summary>
    public bool CreateFails { get; set; }

    public IWalFile Create(string path) => CreateFails ? throw new IOException("no space left on device") : new FaultyFile(this, DiskWalFiles.Instance.Create(path));

    private sealed class FaultyFile(FaultyFiles disk, IWalFile file) : IWalFile
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

        public void SetLength(long length)
        {
            if (disk.CutFails)
            {
                throw new IOException("input/output error");
            }

            file.SetLength(length);
        }

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
