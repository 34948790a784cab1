using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Server.Api.Ui;

/// <summary>Successful answers: an object that ends with <c>asOf</c>.</summary>
internal static class UiAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="context">Nothing was sent yet.</param>
    /// <param name="clock">Says what time it is.</param>
    /// <param name="write">Writes the properties of the object.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public static async Task WriteAsync(HttpContext context, TimeProvider clock, Action<Utf8JsonWriter> write, int statusCode = StatusCodes.Status200OK)
    {
        using var body = new ResponseBody(context);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteNumber("asOf"u8, clock.GetUtcNow().ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        context.Response.StatusCode = statusCode;
        await body.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>A property that is left out when there is nothing to say.</summary>
    public static void WriteIfAny(this Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>A property that is left out when it is not known; milliseconds since the Unix epoch.</summary>
    public static void WriteIfKnown(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteNumber(name, known.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Says that a list was cut, when it was.</summary>
    public static void WriteLimited(this Utf8JsonWriter json, int shown, int total)
    {
        if (shown < total)
        {
            json.WriteStartObject("limited"u8);
            json.WriteNumber("shown"u8, shown);
            json.WriteNumber("total"u8, total);
            json.WriteEndObject();
        }
    }

    /// <summary>A value as <c>docs/api.md</c> states: a number, or a text for what JSON has no number for.</summary>
    public static void WriteValue(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf");
        }
    }
}
