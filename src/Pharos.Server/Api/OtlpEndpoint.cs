using System.IO.Pipelines;
using System.Net;
using Pharos.Remote.Otlp;
using Pharos.Server.Http;

namespace Pharos.Server.Api;

/// <summary>
/// <c>POST /api/v1/otlp/v1/metrics</c>: hands the body to the receiver as Kestrel has it. A body beyond the limit is refused as soon as that is known.
/// </summary>
internal sealed partial class OtlpEndpoint
{
    private readonly OtlpReceiver? _receiver;
    private readonly ILogger<OtlpEndpoint> _logger;

    /// <param name="receiver">Null without <c>--web.enable-otlp-receiver</c>.</param>
    /// <param name="logger">Told what could not be stored, or only in another way.</param>
    public OtlpEndpoint(OtlpReceiver? receiver, ILogger<OtlpEndpoint> logger)
    {
        _receiver = receiver;
        _logger = logger;
    }

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/otlp/v1/metrics", _receiver is { } receiver ? context => ReceiveAsync(context, receiver) : RefuseAsync);

    private static Task RefuseAsync(HttpContext context) => PlainText.WriteAsync(
        context, StatusCodes.Status404NotFound, "otlp write receiver needs to be enabled with --web.enable-otlp-receiver\n");

    private async Task ReceiveAsync(HttpContext context, OtlpReceiver receiver)
    {
        HttpRequest request = context.Request;
        int limit = receiver.Limits.MaxMessageBytes;
        if (request.ContentLength > limit)
        {
            await AnswerAsync(context, receiver.RefuseLargeBody()).ConfigureAwait(false);
            return;
        }

        PipeReader body = request.BodyReader;
        ReadResult read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        while (!read.IsCompleted && read.Buffer.Length <= limit)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        }

        OtlpResponse response = receiver.Receive(request.ContentType, request.Headers.ContentEncoding, read.Buffer);
        body.AdvanceTo(read.Buffer.End);
        await AnswerAsync(context, response).ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext context, OtlpResponse response)
    {
        if (response.Warnings.Count > 0 && _logger.IsEnabled(LogLevel.Warning))
        {
            Log.Warnings(_logger, string.Join("; ", response.Warnings));
        }

        context.Response.StatusCode = (int)response.Status;
        if (response.Status == HttpStatusCode.OK)
        {
            return Task.CompletedTask;
        }

        Log.Refused(_logger, (int)response.Status, response.Message);
        return PlainText.WriteAsync(context, response.Message + "\n");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Warnings translating OTLP metrics to Prometheus write request")]
        public static partial void Warnings(ILogger logger, string warnings);

        [LoggerMessage(Level = LogLevel.Error, Message = "Error appending OTLP write request")]
        public static partial void Refused(ILogger logger, int status, string err);
    }
}
