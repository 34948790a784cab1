namespace Pharos.Remote.Sending;

/// <summary>Many small byte strings in few large arrays. Nothing is freed alone: what is still needed moves to another arena. Not thread-safe.</summary>
internal sealed class ByteArena
{
    private const int PageBytes = 1 << 20;
    private const int FirstPageBytes = 1 << 14;

    private readonly List<byte[]> _pages = [];
    private int _used;

    /// <summary>Bytes held.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Keeps a copy; says where.</summary>
    public (int Page, int Offset) Add(ReadOnlySpan<byte> bytes)
    {
        if (_pages.Count == 0 || _pages[^1].Length - _used < bytes.Length)
        {
            int size = Math.Max(bytes.Length, _pages.Count == 0 ? FirstPageBytes : Math.Min(PageBytes, 2 * _pages[^1].Length));
            _pages.Add(GC.AllocateUninitializedArray<byte>(size));
            HeldBytes += size;
            _used = 0;
        }

        int offset = _used;
        bytes.CopyTo(_pages[^1].AsSpan(offset));
        _used += bytes.Length;
        return (_pages.Count - 1, offset);
    }

    public ReadOnlySpan<byte> Get(int page, int offset, int length) => _pages[page].AsSpan(offset, length);
}
