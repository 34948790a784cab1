using System.Numerics;
using System.Runtime.InteropServices;

namespace Pharos.Storage.Head;

/// <summary>Memory for copies of lines, kept for the next query. Usable from any thread.</summary>
internal sealed unsafe class SnapshotPool : IDisposable
{
    private const int KeptBuffers = 4;
    private const int KeptLines = 256 * 1024;
    private const int LeastLines = 64;
    private readonly Lock _lock = new();
    private readonly List<(nint Lines, int Capacity)> _kept = [];
    private long _heldBytes;
    private bool _closed;

    /// <summary>Bytes handed out and kept.</summary>
    public long HeldBytes => Volatile.Read(ref _heldBytes);

    /// <summary>Memory for at least so many lines; give it back with <see cref="Return"/> and the capacity.</summary>
    public HotLine* Rent(int count, out int capacity)
    {
        lock (_lock)
        {
            for (int i = 0; i < _kept.Count; i++)
            {
                if (_kept[i].Capacity >= count)
                {
                    (nint lines, capacity) = _kept[i];
                    _kept.RemoveAt(i);
                    return (HotLine*)lines;
                }
            }
        }

        capacity = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, LeastLines)), int.MaxValue);
        Interlocked.Add(ref _heldBytes, (long)capacity * HotLine.Bytes);
        return (HotLine*)NativeMemory.AlignedAlloc((nuint)capacity * HotLine.Bytes, HotLine.Bytes);
    }

    public void Return(HotLine* lines, int capacity)
    {
        lock (_lock)
        {
            if (!_closed && capacity <= KeptLines && _kept.Count < KeptBuffers)
            {
                _kept.Add(((nint)lines, capacity));
                return;
            }
        }

        Free((nint)lines, capacity);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            foreach ((nint lines, int capacity) in _kept)
            {
                Free(lines, capacity);
            }

            _kept.Clear();
        }
    }

    private void Free(nint lines, int capacity)
    {
        Interlocked.Add(ref _heldBytes, -(long)capacity * HotLine.Bytes);
        NativeMemory.AlignedFree((void*)lines);
    }
}
