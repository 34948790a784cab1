using System.Buffers;
using System.IO.Compression;

namespace Pharos.Remote.Otlp;

/// <summary>The bytes of one message in a pooled buffer, which is given back on disposal. Decompression ends where the limit is passed, whatever the body would become.</summary>
internal sealed class OtlpBody(int limit) : IDisposable
{
    private const int FirstBytes = 64 * 1024;

    private byte[] _buffer = [];
    private int _length;

    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Reads the body; false where the message is longer than the limit.</summary>
    /// <exception cref="InvalidDataException">The body is no gzip.</exception>
    public bool TryRead(in ReadOnlySequence<byte> body, bool isGzip)
    {
        byte[] joined = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(joined);
        if (!isGzip)
        {
            (_buffer, _length) = (joined, (int)body.Length);
            return _length <= limit;
        }

        try
        {
            using var compressed = new MemoryStream(joined, 0, (int)body.Length, writable: false);
            using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
            return TryDecompress(gzip);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryDecompress(GZipStream gzip)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            int read = gzip.Read(_buffer, _length, _buffer.Length - _length);
            if (read == 0)
            {
                return true;
            }

            _length += read;
            if (_length > limit)
            {
                return false;
            }
        }
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
