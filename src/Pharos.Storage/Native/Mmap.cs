using System.Runtime.InteropServices;

namespace Pharos.Storage.Native;

/// <summary>The three calls of the kernel that memory outside the collected heap needs. Values of Linux.</summary>
internal static unsafe partial class Mmap
{
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymousNoReserve = 0x02 | 0x20 | 0x4000;
    private const int DontNeed = 4;

    /// <summary>Address space that takes memory only where it is touched; null where the kernel refuses.</summary>
    public static byte* Reserve(long bytes)
    {
        void* start = Map(null, (nuint)bytes, ReadWrite, PrivateAnonymousNoReserve, -1, 0);
        return (nint)start == -1 ? null : (byte*)start;
    }

    /// <summary>Gives the memory of whole pages back; they read as zeros afterwards.</summary>
    public static void Release(byte* start, long bytes) => _ = Advise(start, (nuint)bytes, DontNeed);

    /// <summary>Gives the address space back.</summary>
    public static void Free(byte* start, long bytes) => _ = Unmap(start, (nuint)bytes);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(void* address, nuint length);
}
