using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Pharos.Core.Buffers;
using Pharos.Core.Contracts;
using Pharos.Remote.Configuration;
using Pharos.Remote.Receiving.Version2;

namespace Pharos.Remote.Receiving;

/// <summary>
/// Receives remote write 1.0 and 2.0: checks, decompresses, reads and appends one request, and says how to answer it. What is malformed as a whole is refused whole;
/// a series, sample or histogram that cannot be stored is refused alone, and the others are stored. Exemplars are stored where
/// they are kept; metadata of version 2 goes to the log where that is wanted, that of version 1 is counted.
/// Usable from any thread; each request is served on the caller's.
/// </summary>
/// <remarks>Steady senders cost no allocation per series: buffers are pooled and known label bytes are never decoded. Benchmark: <c>RemoteWriteBenchmarks</c>.</remarks>
public sealed class RemoteWriteReceiver
{
    // No snappy element gives more than 64 bytes for 3.
    private const int MaxSnappyRatio = 22;

    private static readonly string[] AllMessages = [RemoteWriteConfig.Version1Message, RemoteWriteConfig.Version2Message];

    private readonly WriteTargets _targets;
    private readonly RemoteWriteLimits _limits;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<string> _accepted;
    private readonly ConcurrentStack<WriteScratch> _scratch = new();
    private readonly ConcurrentStack<WriteScratchV2> _scratchV2 = new();

    /// <summary>A receiver that appends to a store; without a store of exemplars these are only counted.</summary>
    public RemoteWriteReceiver(ISeriesAppender appender, RemoteWriteLimits limits, TimeProvider clock, IExemplarAppender? exemplars = null)
        : this(new WriteTargets(appender, exemplars), limits, clock)
    {
    }

    /// <summary>A receiver of both versions, or of the messages whose names are given.</summary>
    public RemoteWriteReceiver(WriteTargets targets, RemoteWriteLimits limits, TimeProvider clock, IReadOnlyList<string>? accepted = null)
    {
        _targets = targets;
        _limits = limits;
        _clock = clock;
        _accepted = accepted ?? AllMessages;
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
        if (WriteRequestHeaders.FindError(contentType, contentEncoding, _accepted, out string message) is { } error)
        {
            return new RemoteWriteResponse(HttpStatusCode.UnsupportedMediaType, error);
        }

        bool isVersion2 = message == RemoteWriteConfig.Version2Message;
        RemoteWriteResponse response = Receive(body, isVersion2);
        return isVersion2 ? response with { Written = response.Written ?? default(WrittenCounts) } : response;
    }

    private RemoteWriteResponse Receive(in ReadOnlySequence<byte> body, bool isVersion2)
    {

        if (body.Length > _limits.MaxBodyBytes)
        {
            return RefuseLargeBody();
        }

        if (body.IsSingleSegment)
        {
            return Decompress(body.FirstSpan, isVersion2);
        }

        byte[] joined = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(joined);
        RemoteWriteResponse response = Decompress(joined.AsSpan(0, (int)body.Length), isVersion2);
        ArrayPool<byte>.Shared.Return(joined);
        return response;
    }

    private RemoteWriteResponse Decompress(ReadOnlySpan<byte> body, bool isVersion2)
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
            ? Write(message.AsSpan(0, written), isVersion2)
            : new RemoteWriteResponse(HttpStatusCode.BadRequest, "snappy: corrupt input");
        ArrayPool<byte>.Shared.Return(message);
        return response;
    }

    private RemoteWriteResponse Write(ReadOnlySpan<byte> message, bool isVersion2)
    {
        long maxTime = _clock.GetUtcNow().ToUnixTimeMilliseconds() + (long)_limits.MaxAhead.TotalMilliseconds;
        try
        {
            return isVersion2 ? WriteV2(message, maxTime) : WriteV1(message, maxTime);
        }
        catch (StorageUnavailableException e)
        {
            return new RemoteWriteResponse(HttpStatusCode.ServiceUnavailable, e.Message);
        }
    }

    private RemoteWriteResponse WriteV1(ReadOnlySpan<byte> message, long maxTime)
    {
        if (!_scratch.TryPop(out WriteScratch? scratch))
        {
            scratch = new WriteScratch();
        }

        var request = new WriteRequest(message, scratch, _targets.Appender, _targets.Exemplars, _limits, maxTime);
        try
        {
            return request.Run();
        }
        finally
        {
            Counters.Add(request.Tally);
            if (scratch.IsWorthKeeping && _scratch.Count < 2 * Environment.ProcessorCount)
            {
                scratch.Clear();
                _scratch.Push(scratch);
            }
        }
    }

    private RemoteWriteResponse WriteV2(ReadOnlySpan<byte> message, long maxTime)
    {
        if (!_scratchV2.TryPop(out WriteScratchV2? scratch))
        {
            scratch = new WriteScratchV2();
        }

        var request = new WriteRequestV2(message, scratch, _targets, _limits, maxTime);
        try
        {
            return request.Run();
        }
        finally
        {
            Counters.Add(request.Tally);
            if (scratch.IsWorthKeeping && _scratchV2.Count < 2 * Environment.ProcessorCount)
            {
                scratch.Clear();
                _scratchV2.Push(scratch);
            }
        }
    }
}
