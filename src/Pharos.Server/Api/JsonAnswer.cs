using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Server.Api;

/// <summary>Short answers: one JSON value, whole in memory before it is sent. Long ones are written with <see cref="ResponseBody"/>.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Sends it; of a HEAD request only the head.</summary>
    /// <param name="context">Nothing was sent yet.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="write">Writes one JSON value.</param>
    public static async Task WriteAsync(HttpContext context, int statusCode, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            write(json);
        }

        HttpResponse response = context.Response;
        response.StatusCode = statusCode;
        response.ContentType = ApiResponse.ContentType;
        response.ContentLength = body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
