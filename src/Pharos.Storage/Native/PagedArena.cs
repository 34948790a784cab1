using Pharos.Core.Contracts;

namespace Pharos.Storage.Native;

/// <summary>
/// Small items of any size one after another in pages of 1 MiB, named by their place in units of 8 bytes (never 0). A page whose items are all freed gives its memory back.
/// One writer at a time; readers need no lock as long as the item is not freed.
/// </summary>
/// <remarks>Items are not moved: what is created together mostly dies together, so pages empty by themselves. docs/decisions/0023.</remarks>
internal sealed unsafe class PagedArena : IDisposable
{
    private const int PageBytes = 1 << 20;
    private readonly NativeRegion _region;
    private readonly string _name;
    private readonly Stack<int> _empty = new();
    private readonly int _pageLimit;
    private int[] _live = new int[16];
    private long[] _maxTimes = new long[16];
    private int[] _noted = new int[16];
    private int _pages;
    private int _page = -1;
    private int _used = PageBytes;

    public PagedArena(string name, long wishedBytes)
    {
        _name = name;
        _region = new NativeRegion(wishedBytes, 64L << 20);
        _pageLimit = (int)(_region.Size / PageBytes);
    }

    /// <summary>Bytes in items, rounding included.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>Items whose time was noted and that are not taken yet.</summary>
    public long NotedItems { get; private set; }

    /// <summary>Bytes of the pages in use, the unused end of the current one not counted.</summary>
    public long HeldBytes => ((long)(_pages - _empty.Count) * PageBytes) - (PageBytes - _used);

    /// <summary>Bytes that can surely be taken still.</summary>
    public long RemainingBytes => ((long)(_pageLimit - _pages + _empty.Count) * PageBytes) + (PageBytes - _used);

    public byte* At(uint unit) => _region.Start + ((long)unit * 8);

    /// <summary>Takes room for an item. Its content is undefined.</summary>
    public uint Allocate(int bytes)
    {
        int size = (bytes + 7) & ~7;
        if (size > PageBytes - _used)
        {
            if (size > PageBytes - 8)
            {
                throw new ArgumentOutOfRangeException(nameof(bytes), bytes, $"an item of {_name} is at most {PageBytes - 8} bytes");
            }

            NextPage();
        }

        long offset = ((long)_page * PageBytes) + _used;
        _used += size;
        _live[_page] += size;
        LiveBytes += size;
        return (uint)(offset / 8);
    }

    /// <summary>Notes once per item up to which time it holds data, for <see cref="TakePagesBefore"/>.</summary>
    public void NoteTime(uint unit, long maxTime)
    {
        int page = PageOf(unit);
        _maxTimes[page] = Math.Max(_maxTimes[page], maxTime);
        _noted[page]++;
        NotedItems++;
    }

    /// <summary>Gives an item back; nobody may read it any more.</summary>
    public void Free(uint unit, int bytes)
    {
        int size = (bytes + 7) & ~7;
        int page = PageOf(unit);
        _live[page] -= size;
        LiveBytes -= size;
        if (_live[page] == 0 && page != _page)
        {
            Empty(page);
        }
    }

    /// <summary>Adds the full pages of which every item ends before the time; returns how many items they hold. They stay readable until <see cref="FreePage"/>.</summary>
    public long TakePagesBefore(long time, List<int> pages)
    {
        long items = 0;
        for (int page = 0; page < _pages; page++)
        {
            if (page != _page && _live[page] > 0 && _maxTimes[page] < time)
            {
                _maxTimes[page] = long.MaxValue; // not to be taken twice
                items += _noted[page];
                pages.Add(page);
            }
        }

        NotedItems -= items;
        return items;
    }

    /// <summary>Gives back a page with all its items.</summary>
    public void FreePage(int page)
    {
        LiveBytes -= _live[page];
        _live[page] = 0;
        Empty(page);
    }

    public void Dispose() => _region.ReleaseAll();

    private static int PageOf(uint unit) => (int)(unit / (PageBytes / 8));

    private void Empty(int page)
    {
        _maxTimes[page] = long.MinValue;
        _region.Release((long)page * PageBytes, PageBytes);
        _empty.Push(page);
    }

    private void NextPage()
    {
        int full = _page;
        if (_empty.TryPop(out int page))
        {
            _page = page;
        }
        else if (_pages < _pageLimit)
        {
            if (_pages == _live.Length)
            {
                Array.Resize(ref _live, _pages * 2);
                Array.Resize(ref _maxTimes, _pages * 2);
                Array.Resize(ref _noted, _pages * 2);
            }

            _page = _pages++;
        }
        else
        {
            throw new StorageUnavailableException($"the address space for {_name} is used up");
        }

        _live[_page] = 0;
        _maxTimes[_page] = long.MinValue;
        _noted[_page] = 0;
        _used = _page == 0 ? 8 : 0;
        if (full >= 0 && _live[full] == 0)
        {
            Empty(full);
        }
    }
}
