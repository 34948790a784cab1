namespace Pharos.Storage.Blocks;

/// <summary>Walks the series that were written to an index file, for their labels. It reads with one buffer, so that nothing of the file counts as this process' memory.</summary>
internal sealed class SeriesScan
{
    private const int Alignment = 16;
    private const int LeastBufferBytes = 256 << 10;
    private const int MaxVarintBytes = 10;
    private const int ChecksumBytes = 4;
    private readonly SequentialFile _file;
    private readonly long _end;
    private byte[] _buffer;
    private long _bufferStart;
    private int _bufferLength;
    private long _next;
    private int _at;
    private int _labelsLeft;

    /// <param name="file">Flushed up to <paramref name="end"/>.</param>
    /// <param name="start">Where the section of series begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="buffer">Used and made larger where a series needs it.</param>
    public SeriesScan(SequentialFile file, long start, long end, byte[]? buffer)
    {
        _file = file;
        _next = start;
        _end = end;
        _buffer = buffer ?? new byte[LeastBufferBytes];
    }

    /// <summary>To be given to the next scan.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>The reference of the series: its place divided by 16.</summary>
    public uint Reference { get; private set; }

    /// <summary>Goes to the next series.</summary>
    public bool MoveNext()
    {
        long start = (_next + Alignment - 1) & -Alignment;
        if (start >= _end)
        {
            return false;
        }

        Reserve(start, MaxVarintBytes);
        _at = (int)(start - _bufferStart);
        int length = (int)ReadUvarint();
        long body = _bufferStart + _at;
        Reserve(body, length);
        _at = (int)(body - _bufferStart);
        _next = body + length + ChecksumBytes;
        _labelsLeft = (int)ReadUvarint();
        Reference = (uint)(start / Alignment);
        return true;
    }

    /// <summary>Takes the next label of the series, as numbers of symbols.</summary>
    public bool TryReadLabel(out uint name, out uint value)
    {
        if (_labelsLeft == 0)
        {
            name = 0;
            value = 0;
            return false;
        }

        _labelsLeft--;
        name = (uint)ReadUvarint();
        value = (uint)ReadUvarint();
        return true;
    }

    private ulong ReadUvarint()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = _buffer[_at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }

    private void Reserve(long position, int bytes)
    {
        if (position >= _bufferStart && position + bytes <= _bufferStart + _bufferLength)
        {
            return;
        }

        if (bytes > _buffer.Length)
        {
            _buffer = new byte[2 * bytes];
        }

        _bufferStart = position;
        _bufferLength = _file.ReadAt(position, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, _end - position)));
        if (_bufferLength < Math.Min(bytes, _end - position))
        {
            throw new IOException($"{_file.Path} is shorter than what was written to it");
        }
    }
}
