using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Server.Api.Alertmanager;

/// <summary>Writes answers: one JSON value and a line feed.</summary>
internal static class ApiV2Answer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static async Task WriteAsync(HttpContext context, int statusCode, Action<Utf8JsonWriter> write)
    {
        using var body = new ResponseBody(context);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            write(json);
        }

        body.Write("\n"u8);
        context.Response.StatusCode = statusCode;
        await body.CompleteAsync().ConfigureAwait(false);
    }

    public static Task WriteTextAsync(HttpContext context, int statusCode, string text) => WriteAsync(context, statusCode, json => json.WriteStringValue(text));

    /// <summary>Milliseconds since the Unix epoch as upstream writes times.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, long time) =>
        json.WriteString(name, DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
