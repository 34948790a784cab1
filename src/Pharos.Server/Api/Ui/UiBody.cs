using System.Text.Json;

namespace Pharos.Server.Api.Ui;

/// <summary>The JSON object in the body of a request; what is missing or of another type is an error that names it. Values are never repeated: they may be secret.</summary>
internal sealed class UiBody
{
    private const int MaxBytes = 64 * 1024;
    private readonly JsonElement _root;

    private UiBody(JsonElement root)
    {
        _root = root;
    }

    /// <exception cref="UiRequestException">The body is none, no JSON, too large, or does not say that it is JSON.</exception>
    public static async Task<UiBody> ReadAsync(HttpContext context, int maxBytes = MaxBytes)
    {
        HttpRequest request = context.Request;

        // A form of another site cannot say this, and a script of one is asked for permission first.
        if (!request.HasJsonContentType())
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, "expected a body with Content-Type: application/json");
        }

        byte[] buffer = new byte[Math.Min(maxBytes + 1, Math.Max(1, request.ContentLength + 1 ?? (maxBytes + 1)))];
        int length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted).ConfigureAwait(false);
        if (length > maxBytes)
        {
            throw new UiRequestException(StatusCodes.Status413PayloadTooLarge, $"the body is longer than {maxBytes} bytes");
        }

        try
        {
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new UiBody(document.RootElement.Clone())
                : throw new UiRequestException(StatusCodes.Status400BadRequest, "the body is no JSON object");
        }
        catch (JsonException exception)
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, "the body is no JSON")
            {
                Place = new UiPlace(Line: (int?)(exception.LineNumber + 1), Column: (int?)(exception.BytePositionInLine + 1)),
            };
        }
    }

    public string Text(string name) => OptionalText(name) ?? throw Missing(name, "a text");

    /// <summary>Null when it is missing.</summary>
    public string? OptionalText(string name)
    {
        if (!_root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Missing(name, "a text");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            throw Missing(name, "a text");
        }
    }

    /// <summary>Null when it is missing.</summary>
    public double? OptionalNumber(string name)
    {
        if (!_root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Missing(name, "a number");
    }

    private static UiRequestException Missing(string name, string expected) => new(StatusCodes.Status400BadRequest, $"{name}: expected {expected}");
}
