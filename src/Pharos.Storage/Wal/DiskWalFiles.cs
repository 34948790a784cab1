using Microsoft.Win32.SafeHandles;

namespace Pharos.Storage.Wal;

/// <summary>The real files.</summary>
internal sealed class DiskWalFiles : IWalFiles
{
    public static DiskWalFiles Instance { get; } = new();

    public IWalFile Create(string path) => new DiskWalFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));

    private sealed class DiskWalFile(SafeFileHandle handle) : IWalFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

        public void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
