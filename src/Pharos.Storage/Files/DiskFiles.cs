using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Pharos.Core.Files;

namespace Pharos.Storage.Files;

/// <summary>The real files.</summary>
internal sealed partial class DiskFiles : IStoreFiles
{
    public static DiskFiles Instance { get; } = new();

    public IStoreFile Create(string path) => new DiskFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));

    public IStoreFile Open(string path) => new DiskFile(File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read));

    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public void Move(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: true);
        }
    }

    public void Link(string from, string to)
    {
        if (HardLink(from, to) != 0)
        {
            throw new IOException($"{to} cannot be made a second name of {from}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    public void Delete(string path) => File.Delete(path);

    public void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    public void SyncFolder(string path) => FolderSync.Flush(path);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string from, string to);

    private sealed class DiskFile(SafeFileHandle handle) : IStoreFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

        public void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
