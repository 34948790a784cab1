using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Server.Api.Grafana;

/// <summary>Writes answers as Grafana does: bare JSON, errors as <c>{"message": …}</c>.</summary>
internal static class GrafanaAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with the JSON value that <paramref name="write"/> writes.</summary>
    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write, int statusCode = StatusCodes.Status200OK)
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

    /// <summary>An error; <paramref name="status"/> is Grafana's word for some of them.</summary>
    public static Task WriteErrorAsync(HttpContext context, int statusCode, string message, string? status = null) => WriteAsync(
        context,
        json =>
        {
            json.WriteStartObject();
            json.WriteString("message"u8, message);
            if (status is not null)
            {
                json.WriteString("status"u8, status);
            }

            json.WriteEndObject();
        },
        statusCode);

    /// <summary>A time as Grafana writes it; the year 1 where it is unknown.</summary>
    public static string Time(DateTimeOffset? time) => (time ?? default).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
