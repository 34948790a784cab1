using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Server.Api.Ui;

/// <summary>Writes errors as <c>docs/api.md</c> states them: <c>{"error": {"message", "cause"?, "place"?, "fix"?}}</c>.</summary>
internal static class UiError
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="context">Nothing was sent yet.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="message">One sentence for people; holds no secret.</param>
    /// <param name="cause">The unchanged text of the part that failed.</param>
    /// <param name="place">Where in a file or text.</param>
    /// <param name="fix">What to do about it.</param>
    public static async Task WriteAsync(HttpContext context, int statusCode, string message, string? cause = null, UiPlace? place = null, string? fix = null)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, message);
            if (cause is not null)
            {
                json.WriteString("cause"u8, cause);
            }

            place?.Write(json);
            if (fix is not null)
            {
                json.WriteString("fix"u8, fix);
            }

            json.WriteEndObject();
            json.WriteEndObject();
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
