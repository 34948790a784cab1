using System.Buffers;
using System.IO.Pipelines;
using Pharos.Core.Labels;
using Pharos.Remote.Reading;
using Pharos.Server.Http;

namespace Pharos.Server.Api;

/// <summary><c>POST /api/v1/read</c>: remote read. Errors are plain text, as upstream's.</summary>
internal sealed class ReadEndpoint
{
    private readonly RemoteReadServer _server;
    private readonly Func<Labels> _externalLabels;

    public ReadEndpoint(RemoteReadServer server, Func<Labels> externalLabels)
    {
        _server = server;
        _externalLabels = externalLabels;
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/read", AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        using IDisposable place = await _server.EnterAsync(context.RequestAborted).ConfigureAwait(false);
        try
        {
            RemoteReadAnswer answer = await ReadAsync(context).ConfigureAwait(false);
            if (answer.IsStream)
            {
                await SendStreamAsync(context, answer).ConfigureAwait(false);
            }
            else
            {
                ReadOnlyMemory<byte> samples = answer.Samples(context.RequestAborted);
                context.Response.ContentType = RemoteReadServer.SamplesContentType;
                context.Response.Headers.ContentEncoding = "snappy";
                context.Response.ContentLength = samples.Length;
                await context.Response.BodyWriter.WriteAsync(samples, context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (RemoteReadException e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await PlainText.WriteAsync(context, e.StatusCode, e.Message + "\n").ConfigureAwait(false);
        }
    }

    private async Task<RemoteReadAnswer> ReadAsync(HttpContext context)
    {
        PipeReader body = context.Request.BodyReader;
        int limit = _server.Limits.MaxBodyBytes;
        ReadResult read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        while (!read.IsCompleted && read.Buffer.Length <= limit)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        }

        if (read.Buffer.Length > limit)
        {
            body.AdvanceTo(read.Buffer.End);
            throw new RemoteReadException(StatusCodes.Status400BadRequest, $"the request body is larger than the limit of {limit} bytes");
        }

        byte[] joined = read.Buffer.ToArray();
        body.AdvanceTo(read.Buffer.End);
        return _server.Read(joined, _externalLabels());
    }

    // The first frame decides: what fails before it is an answer, what fails later cuts the connection.
    private static async Task SendStreamAsync(HttpContext context, RemoteReadAnswer answer)
    {
        context.Response.ContentType = RemoteReadServer.StreamContentType;
        foreach (ReadOnlyMemory<byte> frame in answer.Frames(context.RequestAborted))
        {
            await context.Response.BodyWriter.WriteAsync(frame, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
