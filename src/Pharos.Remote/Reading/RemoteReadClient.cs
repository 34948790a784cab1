using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using Pharos.Config.Http.Client;
using Pharos.Core.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Time;
using Pharos.Remote.Configuration;

namespace Pharos.Remote.Reading;

/// <summary>Asks one other store by remote read, as one entry of <c>remote_read</c> describes it. Thread-safe.</summary>
internal sealed class RemoteReadClient : IDisposable
{
    // Beyond it an answer of samples is refused: an array may not be longer.
    private const int MaxAnswerBytes = 1 << 30;
    private const int MaxErrorBytes = 4096;
    private const int PartBytes = 64 * 1024;
    private static readonly ulong[] Accepted = [ReadRequest.StreamedChunks, ReadRequest.Samples];

    private readonly RemoteReadConfig _config;
    private readonly IChunkCodec _codec;
    private readonly TimeProvider _clock;
    private readonly string _userAgent;
    private readonly HttpMessageInvoker _http;
    private readonly Uri _address;

    /// <exception cref="NotSupportedException">The section asks for what this version cannot do.</exception>
    public RemoteReadClient(RemoteReadConfig config, IChunkCodec codec, TimeProvider clock, string userAgent)
    {
        _config = config;
        _codec = codec;
        _clock = clock;
        _userAgent = userAgent;
        _address = new Uri(config.Url!.Text.Reveal());
        _http = HttpClientBuilder.Build(config.Http, clock);
        Counters = new RemoteReadCounters(config.Name.Length > 0 ? config.Name : config.Fingerprint[..6], config.Url.ToString());
    }

    public RemoteReadCounters Counters { get; }

    /// <summary>Asks, and puts the answer into the list.</summary>
    /// <exception cref="HttpRequestException">The store cannot be reached or refuses.</exception>
    /// <exception cref="InvalidDataException">The answer is none.</exception>
    /// <exception cref="IOException">The answer broke off.</exception>
    /// <exception cref="TimeoutException">It took longer than the entry's timeout.</exception>
    public async Task ReadAsync(ReadQuery query, RemoteSeriesList series, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_config.RemoteTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        long began = _clock.GetTimestamp();
        Counters.Begin();
        try
        {
            using HttpRequestMessage request = MakeRequest(query);
            using HttpResponseMessage response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            await TakeAsync(response, series, began, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"error sending request: request timed out after {PrometheusDuration.Format(_config.RemoteTimeout)}");
        }
        finally
        {
            Counters.End();
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage MakeRequest(ReadQuery query)
    {
        var message = new MessageWriter();
        new ReadRequest([query], Accepted).Write(message);
        byte[] compressed = new byte[SnappyBlock.MaxCompressedLength(message.Length)];
        int length = SnappyBlock.Compress(message.Written.Span, compressed);
        var content = new ByteArrayContent(compressed, 0, length);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "snappy");
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        request.Headers.TryAddWithoutValidation("X-Prometheus-Remote-Read-Version", "0.1.0");
        foreach ((string name, string value) in _config.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task TakeAsync(HttpResponseMessage response, RemoteSeriesList series, long began, CancellationToken cancellationToken)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        int status = (int)response.StatusCode;
        if (!response.IsSuccessStatusCode)
        {
            byte[] text = await ReadAllAsync(body, MaxErrorBytes, isCut: true, cancellationToken).ConfigureAwait(false);
            throw new HttpRequestException($"remote server {_config.Url} returned http status {status} {response.ReasonPhrase}: {Encoding.UTF8.GetString(text).Trim('\n')}");
        }

        string type = response.Content.Headers.TryGetValues("Content-Type", out IEnumerable<string>? types) ? string.Join(",", types) : "";
        if (type.StartsWith(RemoteReadServer.SamplesContentType, StringComparison.Ordinal))
        {
            Counters.Observe(RemoteReadCounters.Sampled, _clock.GetElapsedTime(began));
            Counters.Count(RemoteReadCounters.Sampled, status);
            TakeSamples(await ReadAllAsync(body, MaxAnswerBytes, isCut: false, cancellationToken).ConfigureAwait(false), series);
        }
        else if (type.StartsWith(RemoteReadServer.StreamContentType, StringComparison.Ordinal))
        {
            Counters.Observe(RemoteReadCounters.Chunked, _clock.GetElapsedTime(began));
            await TakeStreamAsync(body, status, series, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            Counters.Observe(RemoteReadCounters.Unsupported, _clock.GetElapsedTime(began));
            Counters.Count(RemoteReadCounters.Unsupported, status);
            throw new InvalidDataException($"unsupported content type: {type}");
        }
    }

    private async Task TakeStreamAsync(Stream body, int status, RemoteSeriesList series, CancellationToken cancellationToken)
    {
        bool isWhole = false;
        try
        {
            await new ChunkStreamReader(_config.ChunkedReadLimit, _codec).ReadAsync(body, series, cancellationToken).ConfigureAwait(false);
            isWhole = true;
        }
        finally
        {
            Counters.Count(RemoteReadCounters.Chunked, isWhole ? status : RemoteReadCounters.Aborted);
        }
    }

    private static void TakeSamples(byte[] compressed, RemoteSeriesList series)
    {
        if (!SnappyBlock.TryGetDecompressedLength(compressed, out int length) || length > MaxAnswerBytes)
        {
            throw new InvalidDataException($"error reading response: snappy: corrupt input, or more than {MaxAnswerBytes} bytes");
        }

        byte[] message = new byte[length];
        if (!SnappyBlock.TryDecompress(compressed, message, out int written) || written != length)
        {
            throw new InvalidDataException("error reading response: snappy: corrupt input");
        }

        SeriesMessageReader.ReadResponse(message, series);
    }

    private static async Task<byte[]> ReadAllAsync(Stream body, int limit, bool isCut, CancellationToken cancellationToken)
    {
        var all = new ArrayBufferWriter<byte>();
        int count;
        while ((count = await body.ReadAsync(all.GetMemory(PartBytes), cancellationToken).ConfigureAwait(false)) > 0)
        {
            all.Advance(count);
            if (all.WrittenCount > limit)
            {
                return isCut ? all.WrittenSpan[..limit].ToArray() : throw new InvalidDataException($"the answer is longer than {limit} bytes");
            }
        }

        return all.WrittenSpan.ToArray();
    }
}
