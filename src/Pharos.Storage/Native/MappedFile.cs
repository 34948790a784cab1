using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pharos.Storage.Native;

/// <summary>
/// A file that is read where the kernel keeps it. The file must not change while it is open: files of blocks never do, they are replaced as a whole or deleted. Usable from any thread.
/// </summary>
/// <remarks>
/// Behind the last byte a page more may be read, so that wide loads need no check. <see cref="Dispose"/> gives the file back at once but keeps the addresses
/// until this object is collected: a thread that still reads finds zeros and not a fault.
/// A page of a file that became shorter cannot be read, and the kernel ends the process that tries. No block is shortened by those who make and delete them; against what
/// others do, <see cref="ThrowIfShortened"/> is asked before a reader begins. What is cut off while it reads is not caught.
/// </remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private const int PageSize = 4096;
    private readonly SafeFileHandle _file;
    private readonly NativeRegion _region;
    private int _closed;

    /// <summary>Maps the whole file.</summary>
    /// <exception cref="IOException">The file cannot be opened or mapped.</exception>
    /// <exception cref="Core.Contracts.StorageUnavailableException">The system refuses the address space.</exception>
    public MappedFile(string path)
    {
        Path = path;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Length = RandomAccess.GetLength(_file);
            long pages = Math.Max(PageSize, (Length + PageSize - 1) & -PageSize);
            _region = new NativeRegion(pages, pages);
            if (Length > 0 && !Mmap.TryMapFile(_region.Start, Length, _file))
            {
                string reason = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{path}: {Length} bytes cannot be mapped: {reason}"));
            }
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>First byte.</summary>
    public byte* Start => _region.Start;

    /// <summary>Bytes of the file when it was opened.</summary>
    public long Length { get; }

    /// <summary>A part of the file.</summary>
    /// <exception cref="CorruptionException">The part does not lie within the file.</exception>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        if ((ulong)offset > (ulong)Length || (uint)length > (ulong)(Length - offset))
        {
            throw new CorruptionException(Path, offset, string.Create(CultureInfo.InvariantCulture, $"{length} bytes are expected there, the file has {Length}"));
        }

        return new ReadOnlySpan<byte>(Start + offset, length);
    }

    /// <summary>Makes the whole pages of a range readable at once instead of one by one, for who reads large files from front to back.</summary>
    public void Load(long from, long to)
    {
        long start = from & -PageSize;
        long end = Math.Min(to, Length) & -PageSize;
        if (end > start && _closed == 0)
        {
            Mmap.Populate(Start + start, end - start);
        }
    }

    /// <summary>
    /// Takes the whole pages of a range out of this process' memory, for who reads large files from front to back; they come back, mostly from the kernel's own copy, to who
    /// reads them again.
    /// </summary>
    public void Unload(long from, long to)
    {
        long start = (from + PageSize - 1) & -PageSize;
        long end = Math.Min(to, Length) & -PageSize;
        if (end > start && _closed == 0)
        {
            Mmap.Release(Start + start, end - start);
        }
    }

    /// <summary>Looks whether the file still is as long as it was.</summary>
    /// <exception cref="CorruptionException">It is shorter.</exception>
    public void ThrowIfShortened()
    {
        if (_closed == 0 && RandomAccess.GetLength(_file) < Length)
        {
            throw new CorruptionException(Path, RandomAccess.GetLength(_file), string.Create(CultureInfo.InvariantCulture, $"the file was cut off while it was open; it had {Length} bytes"));
        }
    }

    /// <summary>Gives the file back. Whoever still reads finds zeros.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _region.Blank();
            _file.Dispose();
        }
    }
}
