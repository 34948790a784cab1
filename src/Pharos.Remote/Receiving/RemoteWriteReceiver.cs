using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Pharos.Core.Buffers;
using Pharos.Core.Contracts;

namespace Pharos.Remote.Receiving;

/// <summary>
/// Receives remote write 1.0: checks, decompresses, reads and appends one request, and says how to answer it. What is malformed as a whole is refused whole;
/// a series, sample or histogram that cannot be stored is refused alone, and the others are stored. Exemplars are stored where
/// they are kept, metadata is taken and counted.
/// Usable from any thread; each request is served on the caller's.
/// </summary>
/// <remarks>Steady senders cost no allocation per series: buffers are pooled and known label bytes are never decoded. Benchmark: <c>RemoteWriteBenchmarks</c>.</remarks>
public sealed class RemoteWriteReceiver
{
    // No snappy element gives more than 64 bytes for 3.
    private const int MaxSnappyRatio = 22;

    private readonly ISeriesAppender _appender;
    private readonly IExemplarAppender? _exemplars;
    private readonly RemoteWriteLimits _limits;
    private readonly TimeProvider _clock;
    private readonly ConcurrentStack<WriteScratch> _scratch = new();

    /// <summary>A receiver that appends to a store; without a store of exemplars these are only counted.</summary>
    public RemoteWriteReceiver(ISeriesAppender appender, RemoteWriteLimits limits, TimeProvider clock, IExemplarAppender? exemplars = null)
    {
        _appender = appender;
        _exemplars = exemplars;
        _limits = limits;
        _clock = clock;
    }

    /// <summary>What was received so far.</summary>
    public RemoteWriteCounters Counters { get; } = new();

    /// <summary>The limits in force; the server refuses to read more than <see cref="RemoteWriteLimits.MaxBodyBytes"/> of a body.</summary>
    public RemoteWriteLimits Limits => _limits;

    /// <summary>The answer to a body that the server did not read because it is longer than the limit.</summary>
    public RemoteWriteResponse RefuseLargeBody() =>
        new(HttpStatusCode.RequestEntityTooLarge, $"the request body is larger than the limit of {_limits.MaxBodyBytes} bytes");

    /// <summary>Serves one request. Headers are null where they are absent; the body is not kept.</summary>
    public RemoteWriteResponse Receive(string? contentType, string? contentEncoding, in ReadOnlySequence<byte> body)
    {
        if (WriteRequestHeaders.FindError(contentType, contentEncoding) is { } error)
        {
            return new RemoteWriteResponse(HttpStatusCode.UnsupportedMediaType, error);
        }

        if (body.Length > _limits.MaxBodyBytes)
        {
            return RefuseLargeBody();
        }

        if (body.IsSingleSegment)
        {
            return Decompress(body.FirstSpan);
        }

        byte[] joined = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(joined);
        RemoteWriteResponse response = Decompress(joined.AsSpan(0, (int)body.Length));
        ArrayPool<byte>.Shared.Return(joined);
        return response;
    }

    private RemoteWriteResponse Decompress(ReadOnlySpan<byte> body)
    {
        if (!SnappyBlock.TryGetDecompressedLength(body, out int length) || length > (long)body.Length * MaxSnappyRatio)
        {
            return new RemoteWriteResponse(HttpStatusCode.BadRequest, "snappy: corrupt input");
        }

        if (length > _limits.MaxMessageBytes)
        {
            return new RemoteWriteResponse(HttpStatusCode.RequestEntityTooLarge, $"the decompressed request has {length} bytes, the limit is {_limits.MaxMessageBytes}");
        }

        byte[] message = ArrayPool<byte>.Shared.Rent(length);
        RemoteWriteResponse response = SnappyBlock.TryDecompress(body, message, out int written)
            ? Write(message.AsSpan(0, written))
            : new RemoteWriteResponse(HttpStatusCode.BadRequest, "snappy: corrupt input");
        ArrayPool<byte>.Shared.Return(message);
        return response;
    }

    private RemoteWriteResponse Write(ReadOnlySpan<byte> message)
    {
        if (!_scratch.TryPop(out WriteScratch? scratch))
        {
            scratch = new WriteScratch();
        }

        long maxTime = _clock.GetUtcNow().ToUnixTimeMilliseconds() + (long)_limits.MaxAhead.TotalMilliseconds;
        var request = new WriteRequest(message, scratch, _appender, _exemplars, _limits, maxTime);
        RemoteWriteResponse response;
        try
        {
            response = request.Run();
        }
        catch (StorageUnavailableException e)
        {
            response = new RemoteWriteResponse(HttpStatusCode.ServiceUnavailable, e.Message);
        }

        Counters.Add(request.Tally);
        if (scratch.IsWorthKeeping && _scratch.Count < 2 * Environment.ProcessorCount)
        {
            scratch.Clear();
            _scratch.Push(scratch);
        }

        return response;
    }
}
