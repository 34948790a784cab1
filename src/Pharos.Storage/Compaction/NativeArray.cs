using System.Runtime.InteropServices;

namespace Pharos.Storage.Compaction;

/// <summary>Numbers outside the collected heap, as many as there are series or symbols, for as long as a block is written. For one thread.</summary>
/// <remarks>Pointers: spans are made of exactly the allocated length; nobody keeps one beyond <see cref="Dispose"/>.</remarks>
internal sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    private T* _items;
    private readonly int _length;

    /// <summary>Room for so many, all zero.</summary>
    public NativeArray(int length)
    {
        _length = length;
        _items = (T*)NativeMemory.AllocZeroed((nuint)Math.Max(1, length), (nuint)sizeof(T));
    }

    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_items == null, this);
            return new Span<T>(_items, _length);
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_items);
        _items = null;
    }
}
