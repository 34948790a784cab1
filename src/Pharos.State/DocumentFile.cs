using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pharos.Core.Contracts;

namespace Pharos.State;

/// <summary>The bytes of a document's file: an object of kind, id, version, modified and content, indented for people.</summary>
internal static class DocumentFile
{
    private static readonly JsonWriterOptions WriterOptions = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static ReadOnlyMemory<byte> Write(Document document)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, document.Kind);
            writer.WriteString("id"u8, document.Id);
            writer.WriteNumber("version"u8, document.Version);
            writer.WriteString("modified"u8, document.Modified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WritePropertyName("content"u8);
            document.Content.WriteTo(writer);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    /// <exception cref="FormatException">Says what is wrong, without the content.</exception>
    public static Document Read(ReadOnlyMemory<byte> bytes, string kind, string fileName)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        try
        {
            using var json = JsonDocument.Parse(bytes, ReaderOptions);
            return Read(json.RootElement, kind, fileName);
        }
        catch (JsonException exception)
        {
            throw new FormatException(Describe(exception, bytes.Length), exception);
        }
    }

    private static Document Read(JsonElement root, string kind, string fileName)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"expected a JSON object, found {root.ValueKind}");
        }

        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name is not ("kind" or "id" or "version" or "modified" or "content"))
            {
                throw new FormatException($"unknown field \"{property.Name}\": expected kind, id, version, modified and content");
            }
        }

        string foundKind = Field(root, "kind", JsonValueKind.String).GetString()!;
        string id = Field(root, "id", JsonValueKind.String).GetString()!;
        if (foundKind != kind)
        {
            throw new FormatException($"kind is \"{foundKind}\", and this is the folder of \"{kind}\"");
        }

        if (id.Length == 0 || DocumentFileName.Of(id) != fileName)
        {
            throw new FormatException(id.Length == 0 ? "id is empty" : $"id is \"{id}\", which belongs into the file {DocumentFileName.Of(id)}");
        }

        if (!Field(root, "version", JsonValueKind.Number).TryGetInt64(out long version) || version < 1)
        {
            throw new FormatException("version is not a whole number from 1 on");
        }

        if (!Field(root, "modified", JsonValueKind.String).TryGetDateTimeOffset(out DateTimeOffset modified))
        {
            throw new FormatException("modified is not a time such as 2026-11-20T05:00:00Z");
        }

        return new Document(kind, id, version, modified.ToUniversalTime(), Field(root, "content", JsonValueKind.Object).Clone());
    }

    private static JsonElement Field(JsonElement root, string name, JsonValueKind expected)
    {
        if (!root.TryGetProperty(name, out JsonElement value))
        {
            throw new FormatException($"the field {name} is missing");
        }

        return value.ValueKind == expected ? value : throw new FormatException($"{name} is {value.ValueKind}, expected {expected}");
    }

    private static string Describe(JsonException exception, int sizeBytes)
    {
        if (sizeBytes == 0)
        {
            return "the file is empty";
        }

        string problem = exception.Message.Split(" LineNumber:", 2)[0].Split(" Change the reader options", 2)[0];
        return exception.LineNumber is long line
            ? $"line {line + 1}, column {(exception.BytePositionInLine ?? 0) + 1}: not valid JSON: {problem}"
            : $"not valid JSON: {problem}";
    }
}
