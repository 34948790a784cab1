using System.Numerics;
using Pharos.Core.Contracts;

namespace Pharos.Storage.Native;

/// <summary>
/// Blocks of 64 bytes, named by their number (never 0). Per page of 64 blocks one word says which are free, so that a page that is wholly free can give its memory back.
/// One writer at a time; readers need no lock as long as the block is not freed.
/// </summary>
internal sealed unsafe class BlockPool : IDisposable
{
    public const int BlockBytes = 64;
    private const int PageBytes = 64 * BlockBytes;
    private readonly NativeRegion _region;
    private readonly NativeRegion _maps;
    private readonly ulong* _free;
    private readonly uint _pageLimit;
    private readonly Stack<uint> _partial = new();
    private readonly Stack<uint> _released = new();
    private uint _pages;
    private uint _page;

    public BlockPool(long wishedBytes)
    {
        _region = new NativeRegion(wishedBytes, 64L << 20);
        _pageLimit = (uint)(_region.Size / PageBytes);
        _maps = new NativeRegion((long)_pageLimit * sizeof(ulong), 4096);
        _free = (ulong*)_maps.Start;
        _pages = 1;
        _free[0] = ~1UL;
    }

    /// <summary>Blocks in use.</summary>
    public long Used { get; private set; }

    /// <summary>Bytes of pages that hold memory.</summary>
    public long HeldBytes => (long)(_pages - (uint)_released.Count) * PageBytes;

    /// <summary>Blocks that can surely be taken still.</summary>
    public long Remaining => ((long)_pageLimit * 64) - Used - 64;

    public ulong* At(uint block) => (ulong*)(_region.Start + ((long)block * BlockBytes));

    /// <summary>Takes a block; its content is undefined.</summary>
    public uint Allocate()
    {
        if (_free[_page] == 0)
        {
            NextPage();
        }

        ulong map = _free[_page];
        uint block = (_page * 64) + (uint)BitOperations.TrailingZeroCount(map);
        _free[_page] = map & (map - 1);
        Used++;
        return block;
    }

    /// <summary>Gives a block back; nobody may read it any more.</summary>
    public void Free(uint block)
    {
        uint page = block / 64;
        if (_free[page] == 0 && page != _page)
        {
            _partial.Push(page);
        }

        _free[page] |= 1UL << (int)(block % 64);
        Used--;
    }

    /// <summary>Takes the wholly free pages out of use, all but <paramref name="kept"/> of them, for the two members below.</summary>
    public List<uint> TakeFreePages(int kept)
    {
        var taken = new List<uint>();
        uint[] pages = [.. _partial];
        _partial.Clear();
        for (int i = pages.Length - 1; i >= 0; i--)
        {
            uint page = pages[i];
            if (_free[page] == ulong.MaxValue && page != _page && kept-- <= 0)
            {
                taken.Add(page);
            }
            else if (_free[page] != 0 && page != _page)
            {
                _partial.Push(page);
            }
        }

        return taken;
    }

    /// <summary>Gives the memory of taken pages back. Beside a writer: nobody else knows these pages.</summary>
    public void ReleaseTaken(List<uint> pages)
    {
        pages.Sort();
        for (int i = 0; i < pages.Count;)
        {
            int end = i + 1;
            while (end < pages.Count && pages[end] == pages[end - 1] + 1)
            {
                end++;
            }

            _region.Release((long)pages[i] * PageBytes, (long)(end - i) * PageBytes);
            i = end;
        }
    }

    /// <summary>Takes pages whose memory was given back into use again.</summary>
    public void AddReleased(List<uint> pages) => pages.ForEach(_released.Push);

    public void Dispose()
    {
        _region.ReleaseAll();
        _maps.ReleaseAll();
    }

    private void NextPage()
    {
        while (_partial.TryPop(out uint partial))
        {
            if (_free[partial] != 0)
            {
                _page = partial;
                return;
            }
        }

        if (_released.TryPop(out uint released))
        {
            _page = released;
        }
        else if (_pages < _pageLimit)
        {
            _page = _pages++;
            _free[_page] = ulong.MaxValue;
        }
        else
        {
            throw new StorageUnavailableException("the address space for open chunks is used up");
        }
    }
}
