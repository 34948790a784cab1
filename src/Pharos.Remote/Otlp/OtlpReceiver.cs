using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Pharos.Core.Contracts;
using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp.Translation;

namespace Pharos.Remote.Otlp;

/// <summary>
/// Receives OTLP metrics over HTTP: protobuf and JSON, plain and gzip. Answers as Prometheus 3.14, but keeps what is in order of a request with samples that are not.
/// Thread-safe.
/// </summary>
public sealed class OtlpReceiver
{
    private readonly ISeriesAppender _appender;
    private readonly IExemplarAppender? _exemplars;
    private readonly IMetadataAppender? _metadata;
    private readonly Func<OtlpConfig> _config;
    private readonly OtlpOptions _options;
    private readonly OtlpLimits _limits;
    private readonly TimeProvider _clock;
    private readonly ConcurrentStack<OtlpScratch> _scratch = new();

    /// <summary>A receiver that appends to a store; without a store of exemplars these are only counted.</summary>
    /// <param name="appender">The store.</param>
    /// <param name="config">Gives the configuration as it is now.</param>
    /// <param name="options">What is fixed.</param>
    /// <param name="limits">What a request may be at most.</param>
    /// <param name="clock">Says what is too far ahead.</param>
    /// <param name="exemplars">Takes exemplars.</param>
    /// <param name="metadata">Takes what is said about series.</param>
    public OtlpReceiver(
        ISeriesAppender appender,
        Func<OtlpConfig> config,
        OtlpOptions options,
        OtlpLimits limits,
        TimeProvider clock,
        IExemplarAppender? exemplars = null,
        IMetadataAppender? metadata = null)
    {
        _metadata = metadata;
        _appender = appender;
        _exemplars = exemplars;
        _config = config;
        _options = options;
        _limits = limits;
        _clock = clock;
    }

    /// <summary>What was received so far.</summary>
    public OtlpCounters Counters { get; } = new();

    /// <summary>The limits in force; the server refuses to read more than <see cref="OtlpLimits.MaxMessageBytes"/> of a body.</summary>
    public OtlpLimits Limits => _limits;

    /// <summary>The answer to a body that the server did not read because it is longer than the limit.</summary>
    public OtlpResponse RefuseLargeBody() =>
        Refuse(HttpStatusCode.RequestEntityTooLarge, $"the request body is larger than the limit of {_limits.MaxMessageBytes} bytes");

    /// <summary>Serves one request. Headers are null where they are absent; the body is not kept.</summary>
    public OtlpResponse Receive(string? contentType, string? contentEncoding, in ReadOnlySequence<byte> body)
    {
        if (OtlpHeaders.FindError(contentType, contentEncoding, out bool isJson, out bool isGzip) is { } error)
        {
            return Refuse(HttpStatusCode.BadRequest, error);
        }

        if (body.Length > _limits.MaxMessageBytes)
        {
            return RefuseLargeBody();
        }

        using var bytes = new OtlpBody(_limits.MaxMessageBytes);
        try
        {
            if (!bytes.TryRead(body, isGzip))
            {
                return Refuse(HttpStatusCode.RequestEntityTooLarge, $"the decompressed request is larger than the limit of {_limits.MaxMessageBytes} bytes");
            }
        }
        catch (InvalidDataException e)
        {
            return Refuse(HttpStatusCode.BadRequest, $"gzip: {e.Message}");
        }

        if (!_scratch.TryPop(out OtlpScratch? scratch))
        {
            scratch = new OtlpScratch(_limits);
        }

        OtlpResponse response = Serve(scratch, bytes.Span, isJson);
        if (scratch.IsWorthKeeping && _scratch.Count < 2 * Environment.ProcessorCount)
        {
            scratch.Clear();
            _scratch.Push(scratch);
        }

        return response;
    }

    private OtlpResponse Serve(OtlpScratch scratch, ReadOnlySpan<byte> request, bool isJson)
    {
        if (scratch.Read(request, isJson) is { } malformed)
        {
            return Refuse(HttpStatusCode.BadRequest, $"malformed OTLP request: {malformed}");
        }

        new OtlpTranslator(scratch.SettingsFor(_config(), _options), scratch.Message, _limits, scratch.Output, scratch.Log).Run();
        Counters.Add(scratch.Log);
        if (scratch.Log.HasErrors)
        {
            Counters.CountRefusedRequest();
            return scratch.Log.ToResponse();
        }

        long maxTime = _clock.GetUtcNow().ToUnixTimeMilliseconds() + (long)_limits.MaxAhead.TotalMilliseconds;
        var append = new OtlpAppend(_appender, _exemplars, _metadata, scratch, maxTime);
        try
        {
            append.Run();
        }
        catch (StorageUnavailableException e)
        {
            return new OtlpResponse(HttpStatusCode.ServiceUnavailable, e.Message, []);
        }

        Counters.Add(append.Tally);
        return scratch.Log.ToResponse();
    }

    private OtlpResponse Refuse(HttpStatusCode status, string message)
    {
        Counters.CountRefusedRequest();
        return new OtlpResponse(status, message, []);
    }
}
