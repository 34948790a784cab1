using System.Security.Cryptography;

namespace Pharos.Server.Backup;

/// <summary>The first bytes of a file, as many as it had when it was opened, hashed as they are read front to back. What is appended meanwhile is left out.</summary>
internal sealed class HashedFile : Stream
{
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public HashedFile(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        Length = _file.Length;
    }

    public override long Length { get; }

    public override bool CanRead => true;

    // Writers of archives ask for the length only of streams that say so.
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Position
    {
        get => _position;
        set
        {
            if (value != _position)
            {
                throw new NotSupportedException("read front to back");
            }
        }
    }

    /// <summary>The hash of what was read, in lower-case hexadecimal digits; once, at the end.</summary>
    public string TakeHash() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, count), _file.Read(buffer, offset, Limit(count)), count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await _file.ReadAsync(buffer[..Limit(buffer.Length)], cancellationToken).ConfigureAwait(false);
        return Take(buffer.Span, read, buffer.Length);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Limit(int count) => (int)Math.Min(count, Length - _position);

    private int Take(ReadOnlySpan<byte> buffer, int read, int wanted)
    {
        if (read == 0 && wanted > 0 && _position < Length)
        {
            throw new IOException($"{_file.Name} became shorter while it was read");
        }

        _hash.AppendData(buffer[..read]);
        _position += read;
        return read;
    }
}
