using Pharos.Core.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Remote.Reading;

/// <summary>
/// Answers remote read requests from a store, as samples in one message or as a stream of chunks. Thread-safe.
/// </summary>
public sealed class RemoteReadServer : IDisposable
{
    /// <summary>The content type of an answer of samples, which is compressed with Snappy.</summary>
    public const string SamplesContentType = "application/x-protobuf";

    /// <summary>The content type of a stream of chunks.</summary>
    public const string StreamContentType = "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse";

    private readonly ISeriesSource _source;
    private readonly IChunkCodec _codec;
    private readonly SemaphoreSlim _gate;
    private int _queries;

    /// <param name="source">The store.</param>
    /// <param name="codec">Makes the chunks of streams.</param>
    /// <param name="limits">What a request may cost.</param>
    public RemoteReadServer(ISeriesSource source, IChunkCodec codec, RemoteReadLimits limits)
    {
        _source = source;
        _codec = codec;
        Limits = limits;
        _gate = new SemaphoreSlim(limits.MaxConcurrency);
    }

    /// <summary>What a request may cost.</summary>
    public RemoteReadLimits Limits { get; }

    /// <summary>Requests that are being served.</summary>
    public int Queries => Volatile.Read(ref _queries);

    /// <summary>Waits for a place among those served at once; disposing of what is returned gives it back.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _queries);
        return new Place(this);
    }

    /// <summary>Reads a request and decides how it is answered.</summary>
    /// <param name="body">The body as it came, compressed with Snappy; not kept.</param>
    /// <param name="externalLabels">What this server adds to all series.</param>
    /// <exception cref="RemoteReadException">It is malformed, too large, or wants an answer of a type that is not known.</exception>
    public RemoteReadAnswer Read(ReadOnlySpan<byte> body, Labels externalLabels)
    {
        byte[] message = Decompress(body);
        ReadRequest request = ReadRequest.Parse(message);
        bool isStream = request.NegotiateType() == ReadRequest.StreamedChunks;
        return new RemoteReadAnswer(_source, _codec, Limits, request, externalLabels, isStream);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private byte[] Decompress(ReadOnlySpan<byte> body)
    {
        if (!SnappyBlock.TryGetDecompressedLength(body, out int length))
        {
            throw new RemoteReadException(RemoteReadException.BadRequest, "snappy: corrupt input");
        }

        if (length > Limits.MaxBodyBytes)
        {
            throw new RemoteReadException(RemoteReadException.BadRequest, $"snappy: decoded length {length} exceeds limit {Limits.MaxBodyBytes}");
        }

        byte[] message = new byte[length];
        return SnappyBlock.TryDecompress(body, message, out int written) && written == length
            ? message
            : throw new RemoteReadException(RemoteReadException.BadRequest, "snappy: corrupt input");
    }

    private sealed class Place(RemoteReadServer server) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref server._queries);
                server._gate.Release();
            }
        }
    }
}
