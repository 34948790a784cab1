using System.Globalization;
using System.Text.Json;
using Pharos.Core.Labels;

namespace Pharos.Server.Api.Alertmanager;

/// <summary>Reads JSON bodies of limited size, and the types that they consist of.</summary>
internal static class ApiV2Body
{
    private const int MaxBytes = 32 << 20;

    /// <summary>The document; the caller disposes it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What the body is, for messages.</param>
    /// <exception cref="ApiV2Exception">The body is not there, too large or no JSON.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpContext context, string what)
    {
        HttpRequest request = context.Request;
        string type = request.ContentType?.Split(';')[0].Trim() ?? "";
        if (type.Length > 0 && !type.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiV2Exception(new ApiV2Error(
                StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status415UnsupportedMediaType,
                $"unsupported media type {GoQuote.Quote(type)}, only [application/json] are allowed"));
        }

        try
        {
            byte[] body = await JsonBody.ReadBytesAsync(context, MaxBytes).ConfigureAwait(false);
            return body.Length > 0 ? JsonBody.Parse(body) : throw new ApiV2Exception(ApiV2Error.Validation(ApiV2Error.Required, $"{what} in body is required"));
        }
        catch (JsonBodyException e)
        {
            throw new ApiV2Exception(e.StatusCode == StatusCodes.Status400BadRequest ? ApiV2Error.Unparsable(what, Reason(e)) : new ApiV2Error(e.StatusCode, e.StatusCode, e.Message));
        }
    }

    private static string Reason(JsonBodyException error) =>
        error.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{error.Message}: line {error.Line}, byte {error.Column}") : error.Message;

    /// <summary>A set of labels or annotations; empty values are left out, as upstream does.</summary>
    /// <exception cref="ApiV2Exception">It is none.</exception>
    public static Labels Labels(JsonElement owner, string name, string what)
    {
        if (!TryGet(owner, name, out JsonElement value))
        {
            return Core.Labels.Labels.Empty;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Mismatch(what, name, "an object of texts");
        }

        var builder = new LabelsBuilder();
        foreach (JsonProperty property in value.EnumerateObject())
        {
            builder.Set(property.Name, Text(property.Value, what, name));
        }

        return builder.ToLabels();
    }

    /// <summary>A text; empty where there is none.</summary>
    /// <exception cref="ApiV2Exception">It is of another type.</exception>
    public static string OptionalText(JsonElement owner, string name, string what) => TryGet(owner, name, out JsonElement value) ? Text(value, what, name) : "";

    /// <summary>A switch; null where there is none.</summary>
    /// <exception cref="ApiV2Exception">It is of another type.</exception>
    public static bool? OptionalBoolean(JsonElement owner, string name, string what)
    {
        if (!TryGet(owner, name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Mismatch(what, name, "true or false");
    }

    /// <summary>A time in milliseconds since the Unix epoch; zero where there is none, and for Go's zero time.</summary>
    /// <exception cref="ApiV2Exception">It is none.</exception>
    public static long OptionalTime(JsonElement owner, string name, string what)
    {
        string text = OptionalText(owner, name, what);
        if (text.Length == 0)
        {
            return 0;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTimeOffset time)
            ? time.Year > 1 ? time.ToUnixTimeMilliseconds() : 0
            : throw new ApiV2Exception(ApiV2Error.Unparsable(what, $"{name}: {GoQuote.Quote(text)} is no time: expected a form like 2006-01-02T15:04:05Z"));
    }

    /// <summary>Whether there is a property that is not null.</summary>
    public static bool TryGet(JsonElement owner, string name, out JsonElement value) => owner.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    public static ApiV2Exception Mismatch(string what, string name, string expected) => new(ApiV2Error.Unparsable(what, $"{name}: expected {expected}"));

    private static string Text(JsonElement value, string what, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Mismatch(what, name, "a text");
}
