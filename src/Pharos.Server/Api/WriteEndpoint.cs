using System.Globalization;
using System.IO.Pipelines;
using Pharos.Remote.Receiving;
using Pharos.Server.Http;

namespace Pharos.Server.Api;

/// <summary>
/// <c>POST /api/v1/write</c>: hands the body to the receiver as Kestrel has it, without copying or keeping it. A body beyond the limit is refused as soon
/// as that is known.
/// </summary>
internal sealed class WriteEndpoint
{
    private readonly RemoteWriteReceiver? _receiver;

    /// <param name="receiver">Null without <c>--web.enable-remote-write-receiver</c>.</param>
    public WriteEndpoint(RemoteWriteReceiver? receiver)
    {
        _receiver = receiver;
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/write", _receiver is { } receiver ? context => ReceiveAsync(context, receiver) : RefuseAsync);

    private static Task RefuseAsync(HttpContext context) => PlainText.WriteAsync(
        context, StatusCodes.Status404NotFound, "remote write receiver needs to be enabled with --web.enable-remote-write-receiver\n");

    private static async Task ReceiveAsync(HttpContext context, RemoteWriteReceiver receiver)
    {
        HttpRequest request = context.Request;
        if (request.ContentLength > receiver.Limits.MaxBodyBytes)
        {
            await AnswerAsync(context, receiver.RefuseLargeBody()).ConfigureAwait(false);
            return;
        }

        PipeReader body = request.BodyReader;
        ReadResult read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        while (!read.IsCompleted && read.Buffer.Length <= receiver.Limits.MaxBodyBytes)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        }

        RemoteWriteResponse response = receiver.Receive(request.ContentType, request.Headers.ContentEncoding, read.Buffer);
        body.AdvanceTo(read.Buffer.End);
        await AnswerAsync(context, response).ConfigureAwait(false);
    }

    private static Task AnswerAsync(HttpContext context, RemoteWriteResponse response)
    {
        context.Response.StatusCode = (int)response.Status;
        if (response.Written is { } written)
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers["X-Prometheus-Remote-Write-Samples-Written"] = written.Samples.ToString(CultureInfo.InvariantCulture);
            headers["X-Prometheus-Remote-Write-Histograms-Written"] = written.Histograms.ToString(CultureInfo.InvariantCulture);
            headers["X-Prometheus-Remote-Write-Exemplars-Written"] = written.Exemplars.ToString(CultureInfo.InvariantCulture);
        }

        return response.Message is { Length: > 0 } message ? PlainText.WriteAsync(context, message + "\n") : Task.CompletedTask;
    }
}
