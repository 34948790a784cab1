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

    /// <exception cref="UiRequestException">The body is none, no JSON object, too large, or does not say that it is JSON.</exception>
    public static async Task<UiBody> ReadAsync(HttpContext context, int maxBytes = MaxBytes)
    {
        using JsonDocument document = await UiRequest.ReadAsync(context, maxBytes).ConfigureAwait(false);
        return new UiBody(document.RootElement.Clone());
    }

    public string Text(string name) => OptionalText(name) ?? throw UiRequest.Expected(name, "a text");

    /// <summary>Null when it is missing.</summary>
    public string? OptionalText(string name) => UiRequest.OptionalText(_root, name);

    /// <summary>Null when it is missing.</summary>
    public double? OptionalNumber(string name)
    {
        if (!_root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw UiRequest.Expected(name, "a number");
    }
}
