using System.Text.Json;
using Pharos.Config;

namespace Pharos.Server.Api.Ui;

/// <summary>Where something is wrong: in a file by line and column, in a text by offset and length. What is not known is null.</summary>
/// <param name="File">A path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Offset">From 0, in characters.</param>
/// <param name="Length">In characters.</param>
internal sealed record UiPlace(string? File = null, int? Line = null, int? Column = null, int? Offset = null, int? Length = null)
{
    public static UiPlace Of(ConfigError error) =>
        error.Line == 0 ? new UiPlace(error.File) : new UiPlace(error.File, error.Line, error.Column == 0 ? null : error.Column);

    /// <summary>Writes the property <c>place</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("place"u8);
        if (File is not null)
        {
            json.WriteString("file"u8, File);
        }

        foreach ((string name, int? value) in ((string, int?)[])[("line", Line), ("column", Column), ("offset", Offset), ("length", Length)])
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
        }

        json.WriteEndObject();
    }
}
