using System.Globalization;
using System.Text.Json;

namespace Pharos.Server.Api.Ui;

/// <summary>The body of a request that has more than a few texts in it; what is missing or of another type is an error that names it.</summary>
internal static class UiRequest
{
    /// <summary>Reads a JSON object; the caller disposes it.</summary>
    /// <exception cref="UiRequestException">It is too large, no JSON, no object, or does not say that it is JSON.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpContext context, int maxBytes)
    {
        // A form of another site cannot say this, and a script of one is asked for permission first.
        if (!context.Request.HasJsonContentType())
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, "expected a body with Content-Type: application/json");
        }

        try
        {
            JsonDocument document = await JsonBody.ReadAsync(context, maxBytes).ConfigureAwait(false);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw new UiRequestException(StatusCodes.Status400BadRequest, "the body is no JSON object");
        }
        catch (JsonBodyException e)
        {
            // Without the parser's own words: they repeat what may be a secret.
            throw new UiRequestException(e.StatusCode, e.Message) { Place = e.Line > 0 ? new UiPlace(Line: e.Line, Column: e.Column) : null };
        }
    }

    /// <summary>A time in milliseconds since the Unix epoch, that a date can have.</summary>
    public static long Time(JsonElement body, string name)
    {
        long? time = OptionalNumber(body, name, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        return time ?? throw Expected(name, "milliseconds since the Unix epoch");
    }

    /// <summary>A whole number within bounds; null when absent.</summary>
    public static long? OptionalNumber(JsonElement body, string name, long least, long most)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most
            ? (long)number
            : throw Expected(name, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
    }

    /// <summary>A text; null when absent.</summary>
    public static string? OptionalText(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Expected(name, "a text");
    }

    /// <summary>The error for a member that is missing or of another type.</summary>
    public static UiRequestException Expected(string name, string expected) => new(StatusCodes.Status400BadRequest, $"expected {expected} as {name}");
}
