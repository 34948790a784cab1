using System.Runtime.InteropServices;

namespace Pharos.Storage.Native;

/// <summary>Memory for things that are all given up at once, one after another in pages that are kept for the next time. For one thread.</summary>
/// <remarks>Pointers: valid until the next <see cref="Reset"/>; nothing moves.</remarks>
internal sealed unsafe class ScratchMemory : IDisposable
{
    private const int PageBytes = 256 << 10;
    private readonly List<nint> _pages = [];
    private readonly List<nint> _large = [];
    private int _page = -1;
    private int _used = PageBytes;

    /// <summary>Room whose content is undefined.</summary>
    public byte* Allocate(int bytes)
    {
        if (bytes > PageBytes / 4)
        {
            var large = (nint)NativeMemory.Alloc((nuint)bytes);
            _large.Add(large);
            return (byte*)large;
        }

        if (bytes > PageBytes - _used)
        {
            if (++_page == _pages.Count)
            {
                _pages.Add((nint)NativeMemory.Alloc(PageBytes));
            }

            _used = 0;
        }

        byte* start = (byte*)_pages[_page] + _used;
        _used += bytes;
        return start;
    }

    /// <summary>Gives back what the last allocation did not need.</summary>
    /// <param name="last">What was returned.</param>
    /// <param name="bytes">What is needed of it.</param>
    public void Shrink(byte* last, int bytes)
    {
        if (_page >= 0 && last >= (byte*)_pages[_page] && last < (byte*)_pages[_page] + _used)
        {
            _used = (int)(last - (byte*)_pages[_page]) + bytes;
        }
    }

    /// <summary>Gives everything up.</summary>
    public void Reset()
    {
        _page = _pages.Count > 0 ? 0 : -1;
        _used = _pages.Count > 0 ? 0 : PageBytes;
        foreach (nint large in _large)
        {
            NativeMemory.Free((void*)large);
        }

        _large.Clear();
    }

    public void Dispose()
    {
        Reset();
        foreach (nint page in _pages)
        {
            NativeMemory.Free((void*)page);
        }

        _pages.Clear();
        _page = -1;
        _used = PageBytes;
    }
}
