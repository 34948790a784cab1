using System.Runtime.InteropServices;
using System.Text;

namespace Pharos.Scrape.Host;

/// <summary>What the system call <c>statvfs</c> says of a filesystem.</summary>
internal readonly record struct FilesystemSpace(double SizeBytes, double FreeBytes, double AvailableBytes, double Files, double FreeFiles, bool IsReadOnly)
{
    private const ulong ReadOnlyFlag = 1;

    /// <summary>Null when the system call fails. May wait for long where the filesystem is remote.</summary>
    public static FilesystemSpace? Read(string mountPoint)
    {
        if (StatVfs(Encoding.UTF8.GetBytes(mountPoint + '\0'), out Native native) != 0)
        {
            return null;
        }

        double block = native.FragmentSize;
        return new FilesystemSpace(
            native.Blocks * block, native.FreeBlocks * block, native.AvailableBlocks * block, native.Files, native.FreeFiles, (native.Flags & ReadOnlyFlag) != 0);
    }

    [DllImport("libc", EntryPoint = "statvfs")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatVfs(byte[] path, out Native native);

    // struct statvfs of 64-bit Linux, glibc and musl alike; the room behind it is more than either writes.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Native
    {
        public ulong BlockSize;
        public ulong FragmentSize;
        public ulong Blocks;
        public ulong FreeBlocks;
        public ulong AvailableBlocks;
        public ulong Files;
        public ulong FreeFiles;
        public ulong AvailableFiles;
        public ulong FileSystemId;
        public ulong Flags;
        public ulong MaxNameLength;
    }
}
