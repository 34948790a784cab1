using System.Text.Json;

namespace Pharos.Server.Api;

/// <summary>Writes the envelope of Prometheus' API: <c>{"status":"success","data":…}</c> or <c>{"status":"error","errorType":…,"error":…}</c>.</summary>
internal static class ApiResponse
{
    public const string ContentType = "application/json";

    /// <summary>Answers 200 with the data that <paramref name="writeData"/> writes as one JSON value.</summary>
    public static Task WriteSuccessAsync(HttpContext context, Action<Utf8JsonWriter> writeData) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteString("status"u8, "success"u8);
        json.WritePropertyName("data"u8);
        writeData(json);
        json.WriteEndObject();
    });

    /// <summary>Answers with the error's status. The message must hold no secret.</summary>
    public static Task WriteErrorAsync(HttpContext context, ApiErrorType type, string message) => JsonAnswer.WriteAsync(context, type.StatusCode(), json =>
    {
        json.WriteStartObject();
        json.WriteString("status"u8, "error"u8);
        json.WriteString("errorType"u8, type.Name());
        json.WriteString("error"u8, message);
        json.WriteEndObject();
    });
}
