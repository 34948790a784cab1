using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Server.Api;

/// <summary>Writes the envelope of Prometheus' API: <c>{"status":"success","data":…}</c> or <c>{"status":"error","errorType":…,"error":…}</c>.</summary>
internal static class ApiResponse
{
    public const string ContentType = "application/json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Answers 200 with the data that <paramref name="writeData"/> writes as one JSON value.</summary>
    public static async Task WriteSuccessAsync(HttpContext context, Action<Utf8JsonWriter> writeData)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, "success"u8);
            json.WritePropertyName("data"u8);
            writeData(json);
            json.WriteEndObject();
        }

        await SendAsync(context, StatusCodes.Status200OK, body.WrittenMemory).ConfigureAwait(false);
    }

    /// <summary>Answers with the error's status. The message must hold no secret.</summary>
    public static async Task WriteErrorAsync(HttpContext context, ApiErrorType type, string message)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, "error"u8);
            json.WriteString("errorType"u8, type.Name());
            json.WriteString("error"u8, message);
            json.WriteEndObject();
        }

        await SendAsync(context, type.StatusCode(), body.WrittenMemory).ConfigureAwait(false);
    }

    private static async Task SendAsync(HttpContext context, int statusCode, ReadOnlyMemory<byte> body)
    {
        HttpResponse response = context.Response;
        response.StatusCode = statusCode;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
