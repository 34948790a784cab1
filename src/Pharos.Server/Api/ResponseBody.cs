using System.Buffers;
using System.IO.Compression;

namespace Pharos.Server.Api;

/// <summary>
/// The body of one answer: a pooled buffer that grows to what is written between two flushes, compressed where the client asked for it and the body is
/// worth it. Not thread-safe; disposed by the request.
/// </summary>
internal sealed class ResponseBody : IBufferWriter<byte>, IDisposable
{
    private const int InitialBytes = 16 * 1024;
    private const int FlushBytes = 64 * 1024;

    // About one packet: below it compression saves nothing.
    private const int MinCompressedBytes = 1400;

    private readonly HttpContext _context;
    private readonly string _encoding;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
    private int _length;
    private Stream? _stream;
    private bool _hasStarted;

    public ResponseBody(HttpContext context)
    {
        _context = context;
        _encoding = ChooseEncoding(context.Request.Headers.AcceptEncoding.ToString());
        context.Response.ContentType = ApiResponse.ContentType;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <summary>Sends what has gathered, if it is much.</summary>
    public ValueTask FlushIfFullAsync() => _length >= FlushBytes ? new ValueTask(SendAsync()) : ValueTask.CompletedTask;

    /// <summary>Sends what has gathered now, for a client that waits for it.</summary>
    public async Task FlushAsync()
    {
        await SendAsync().ConfigureAwait(false);
        if (_stream is not null)
        {
            await _stream.FlushAsync(_context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the rest and ends the body.</summary>
    public async Task CompleteAsync()
    {
        if (!_hasStarted && (_encoding.Length == 0 || _length < MinCompressedBytes))
        {
            _context.Response.ContentLength = _length;
            _hasStarted = true;
        }

        await SendAsync().ConfigureAwait(false);
        if (_stream is not null)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
            _stream = null;
        }
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // The first encoding of the list that is known, as upstream chooses.
    private static string ChooseEncoding(string accepted)
    {
        foreach (Range part in accepted.AsSpan().Split(','))
        {
            switch (accepted.AsSpan(part).Trim())
            {
                case "gzip":
                    return "gzip";
                case "deflate":
                    return "deflate";
            }
        }

        return "";
    }

    private async Task SendAsync()
    {
        if (!_hasStarted)
        {
            Start();
        }

        ReadOnlyMemory<byte> gathered = _buffer.AsMemory(0, _length);
        _length = 0;
        if (HttpMethods.IsHead(_context.Request.Method))
        {
            return;
        }

        if (_stream is not null)
        {
            await _stream.WriteAsync(gathered, _context.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            await _context.Response.BodyWriter.WriteAsync(gathered, _context.RequestAborted).ConfigureAwait(false);
        }
    }

    private void Start()
    {
        _hasStarted = true;
        _context.Response.Headers.Vary = "Accept-Encoding";
        if (_encoding.Length > 0)
        {
            _context.Response.Headers.ContentEncoding = _encoding;
            Stream body = _context.Response.Body;
            _stream = _encoding == "gzip" ? new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true) : new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true);
        }
    }

    private void Reserve(int sizeHint)
    {
        int wanted = _length + Math.Max(sizeHint, 256);
        if (wanted > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, _buffer.Length * 2));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
