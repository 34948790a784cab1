using System.Text.Json;

namespace Pharos.Server.Api.Grafana;

/// <summary>Writes answers as Grafana does: bare JSON, errors as <c>{"message": …}</c>.</summary>
internal static class GrafanaAnswer
{
    /// <summary>Answers with the JSON value that <paramref name="write"/> writes.</summary>
    public static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write, int statusCode = StatusCodes.Status200OK) => JsonAnswer.WriteAsync(context, statusCode, write);

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
