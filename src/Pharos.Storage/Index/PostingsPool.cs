using System.Numerics;
using Pharos.Core.Contracts;
using Pharos.Storage.Native;

namespace Pharos.Storage.Index;

/// <summary>Memory of postings lists: powers of two of 4-byte places, a free list per power. All members and all use of the memory under the index lock.</summary>
/// <remarks>Pointers: a list is named by its first place in units of 2 places (8 bytes), never 0; the first unit of a freed list holds the next free one.</remarks>
internal sealed unsafe class PostingsPool : IDisposable
{
    private readonly NativeRegion _region;
    private readonly uint[] _free = new uint[32];
    private long _usedBytes = 8;
    private long _freeBytes;

    public PostingsPool(long wishedBytes)
    {
        _region = new NativeRegion(wishedBytes, 64L << 20);
    }

    /// <summary>Bytes in lists and in freed lists.</summary>
    public long HeldBytes => _usedBytes;

    /// <summary>Bytes in freed lists.</summary>
    public long FreeBytes => _freeBytes;

    public uint* At(uint list) => (uint*)(_region.Start + ((long)list * 8));

    /// <summary>Room for a power of two of places, 2 at least.</summary>
    public uint Allocate(uint places)
    {
        int power = BitOperations.Log2(places);
        uint list = _free[power];
        if (list != 0)
        {
            _free[power] = *At(list);
            _freeBytes -= (long)places * 4;
            return list;
        }

        long bytes = (long)places * 4;
        if (_usedBytes + bytes > _region.Size)
        {
            throw new StorageUnavailableException("the address space for postings is used up");
        }

        list = (uint)(_usedBytes / 8);
        _usedBytes += bytes;
        return list;
    }

    public void Free(uint list, uint places)
    {
        int power = BitOperations.Log2(places);
        *At(list) = _free[power];
        _free[power] = list;
        long bytes = (long)places * 4;
        _freeBytes += bytes;
        if (bytes >= 8192)
        {
            // The first page holds the link; the rest gives its memory back.
            _region.Release(((long)list * 8) + 4096, bytes - 4096);
        }
    }

    public void Dispose() => _region.ReleaseAll();
}
