using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pharos.Storage.Native;

/// <summary>The calls of the kernel that memory outside the collected heap and mapped files need. Values of Linux.</summary>
internal static unsafe partial class Mmap
{
    private const int ReadOnly = 1;
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymousNoReserve = 0x02 | 0x20 | 0x4000;
    private const int Shared = 0x01;
    private const int Fixed = 0x10;
    private const int DontNeed = 4;
    private const int PopulateRead = 22;

    /// <summary>Address space that takes memory only where it is touched; null where the kernel refuses.</summary>
    public static byte* Reserve(long bytes)
    {
        void* start = Map(null, (nuint)bytes, ReadWrite, PrivateAnonymousNoReserve, -1, 0);
        return (nint)start == -1 ? null : (byte*)start;
    }

    /// <summary>
    /// Puts a file, for reading, into reserved address space, whose content it replaces; false where the kernel refuses. Whoever reads there meanwhile finds either what was there
    /// or the file. A file system that cannot map at all may leave a hole: ask <see cref="CanMap"/> where something reads already.
    /// </summary>
    public static bool TryMapFile(byte* start, long bytes, SafeFileHandle file, long offset = 0) =>
        (nint)MapFile(start, (nuint)bytes, ReadOnly, Shared | Fixed, file, offset) != -1;

    /// <summary>Whether the file can be mapped: some file systems refuse.</summary>
    public static bool CanMap(SafeFileHandle file, long bytes)
    {
        void* start = MapFile(null, (nuint)bytes, ReadOnly, Shared, file, 0);
        if ((nint)start == -1)
        {
            return false;
        }

        Free((byte*)start, bytes);
        return true;
    }

    /// <summary>Puts fresh memory, which reads as zeros and can be written, over what was mapped. False when the kernel refuses.</summary>
    public static bool ReserveOver(byte* start, long bytes) =>
        (nint)Map(start, (nuint)bytes, ReadWrite, PrivateAnonymousNoReserve | Fixed, -1, 0) != -1;

    /// <summary>Replaces whatever lies in the address space by zeros that can be read only; what was mapped there is free.</summary>
    public static void Blank(byte* start, long bytes) => _ = Map(start, (nuint)bytes, ReadOnly, PrivateAnonymousNoReserve | Fixed, -1, 0);

    /// <summary>Gives the memory of whole pages back; they read as zeros afterwards, pages of a file as the file.</summary>
    public static void Release(byte* start, long bytes) => _ = Advise(start, (nuint)bytes, DontNeed);

    /// <summary>Makes whole pages of a file readable at once instead of one by one. Nothing where the kernel is older than 5.14.</summary>
    public static void Populate(byte* start, long bytes) => _ = Advise(start, (nuint)bytes, PopulateRead);

    /// <summary>Gives the address space back.</summary>
    public static void Free(byte* start, long bytes) => _ = Unmap(start, (nuint)bytes);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* MapFile(void* address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(void* address, nuint length);
}
