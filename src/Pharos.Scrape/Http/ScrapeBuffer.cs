using System.Buffers;

namespace Pharos.Scrape.Http;

/// <summary>
/// Holds the body of one scrape. Its memory is rented when the scrape begins, as large as the last body, and given back at its end. Of uncommonly
/// large memory the pool keeps little, but enough that a target without end does not leave garbage with every scrape.
/// Written by one client, then read by one loop; not thread-safe.
/// </summary>
internal sealed class ScrapeBuffer : IDisposable
{
    private const int SmallestBytes = 4096;
    private const int LargestSharedBytes = 16 * 1024 * 1024;

    private static readonly ArrayPool<byte> LargePool = ArrayPool<byte>.Create((int)HttpTargetClient.MaxBodyBytes, maxArraysPerBucket: 2);

    private byte[] _bytes = [];
    private int _lastLength;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written. Invalid after the next write.</summary>
    public ReadOnlySpan<byte> Body => _bytes.AsSpan(0, Length);

    /// <summary>What was written and a line feed, which the text format needs at its end.</summary>
    public ReadOnlySpan<byte> BodyAndLineFeed
    {
        get
        {
            Reserve(1);
            _bytes[Length] = (byte)'\n';
            return _bytes.AsSpan(0, Length + 1);
        }
    }

    /// <summary>Room behind what was written, for at least so many bytes.</summary>
    public Memory<byte> GetFree(int count = 1)
    {
        Reserve(count);
        return _bytes.AsMemory(Length);
    }

    /// <summary>Says how many of the free bytes were written.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Rents memory for the next body.</summary>
    public void Begin()
    {
        Length = 0;
        Reserve(Math.Max(SmallestBytes, _lastLength + 1));
    }

    /// <summary>Forgets what was written and gives its memory back.</summary>
    public void Discard()
    {
        Length = 0;
        Dispose();
    }

    /// <summary>Gives the memory back. An empty body does not count as a measure for the next.</summary>
    public void End()
    {
        _lastLength = Length > 0 ? Length : _lastLength;
        Length = 0;
        Dispose();
    }

    public void Dispose()
    {
        byte[] bytes = _bytes;
        _bytes = [];
        if (bytes.Length > 0)
        {
            PoolOf(bytes.Length).Return(bytes);
        }
    }

    private static ArrayPool<byte> PoolOf(int size) => size <= LargestSharedBytes ? ArrayPool<byte>.Shared : LargePool;

    private void Reserve(int count)
    {
        if (_bytes.Length - Length >= count)
        {
            return;
        }

        int size = Math.Max(Length + count, (int)Math.Min(Array.MaxLength, 2L * _bytes.Length));
        byte[] larger = PoolOf(size).Rent(size);
        _bytes.AsSpan(0, Length).CopyTo(larger);
        Dispose();
        _bytes = larger;
    }
}
