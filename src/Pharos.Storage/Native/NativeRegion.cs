using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Pharos.Core.Contracts;

namespace Pharos.Storage.Native;

/// <summary>
/// Address space reserved once, so that what lies in it never moves and readers need no lock. Memory is taken only where it is touched, and is zero then.
/// </summary>
/// <remarks>
/// Where the kernel refuses the wished size (a limit on address space, strict overcommit) half of it is tried, down to the least size: the limits of the head then are lower,
/// the code is the same. Addresses stay valid until this object is collected: <see cref="ReleaseAll"/> gives the memory back at once, but not the addresses, so that a thread
/// that still reads finds zeros and not a fault.
/// </remarks>
internal sealed unsafe class NativeRegion
{
    /// <summary>Bytes behind the end that may be read, so that wide loads need no check.</summary>
    private const int Slack = 4096;

    /// <summary>The kernel's unit of memory.</summary>
    public const int PageSize = 4096;

    private readonly long _reserved;

    public NativeRegion(long wishedBytes, long leastBytes)
    {
        for (long bytes = wishedBytes; bytes >= leastBytes; bytes /= 2)
        {
            Start = Mmap.Reserve(bytes + Slack);
            if (Start != null)
            {
                Size = bytes;
                _reserved = bytes + Slack;
                return;
            }
        }

        throw new StorageUnavailableException(string.Create(CultureInfo.InvariantCulture, $"the system refuses {leastBytes} bytes of address space (ulimit -v, vm.overcommit_memory)"));
    }

    ~NativeRegion()
    {
        if (Start != null)
        {
            Mmap.Free(Start, _reserved);
        }
    }

    /// <summary>First byte; page-aligned.</summary>
    public byte* Start { get; }

    /// <summary>Usable bytes.</summary>
    public long Size { get; }

    /// <summary>Makes the pages that lie wholly inside the range, which belong to a mapped file, readable at once instead of one by one.</summary>
    public void Populate(long offset, long length)
    {
        long from = (offset + PageSize - 1) & -PageSize;
        long to = (offset + length) & -PageSize;
        if (to > from)
        {
            Mmap.Populate(Start + from, to - from);
        }
    }

    /// <summary>Gives back the memory of the pages that lie wholly inside the range; they read as zeros afterwards.</summary>
    public void Release(long offset, long length)
    {
        long from = (offset + PageSize - 1) & -PageSize;
        long to = (offset + length) & -PageSize;
        if (to > from)
        {
            Mmap.Release(Start + from, to - from);
        }
    }

    /// <summary>Puts zeros that can be read only in the place of all that lies here, mapped files included, which are free then.</summary>
    public void Blank() => Mmap.Blank(Start, _reserved);

    /// <summary>Puts whole pages of a file, which has the same content, over a range. False when the kernel refuses: then all is as before.</summary>
    public bool MapFile(long offset, long length, SafeFileHandle file, long fileOffset) =>
        Mmap.TryMapFile(Start + offset, length, file, fileOffset);

    /// <summary>Takes files out of a range of whole pages, and gives its memory back; it reads as zeros afterwards. False when the kernel refuses: then all is as before.</summary>
    public bool TryReset(long offset, long length) => Mmap.ReserveOver(Start + offset, length);

    /// <summary>Gives all memory back; everything reads as zeros afterwards.</summary>
    public void ReleaseAll() => Mmap.Release(Start, _reserved);
}
