using System.Text.Json;
using Pharos.Core.Contracts;

namespace Pharos.Access;

/// <summary>Reads the fields of a stored document; what is wrong becomes a <see cref="FormatException"/> that names the field.</summary>
internal static class StoredFields
{
    public static string Text(JsonElement content, string name)
    {
        if (!content.TryGetProperty(name, out JsonElement value))
        {
            throw new FormatException($"the field {name} is missing");
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"{name} is {value.ValueKind}, expected String");
    }

    /// <summary>False when it is missing.</summary>
    public static bool Flag(JsonElement content, string name)
    {
        if (!content.TryGetProperty(name, out JsonElement value))
        {
            return false;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw new FormatException($"{name} is {value.ValueKind}, expected true or false");
    }

    public static DateTimeOffset Time(JsonElement content, string name)
    {
        _ = Text(content, name);
        return content.GetProperty(name).TryGetDateTimeOffset(out DateTimeOffset time)
            ? time.ToUniversalTime()
            : throw new FormatException($"{name} is not a time such as 2026-11-20T05:00:00Z");
    }

    /// <summary>Reads every document, and puts those that fail beside those that the store could not read.</summary>
    public static (List<T> Read, List<UnreadableDocument> Unreadable) ReadAll<T>(DocumentList list, Func<Document, T> read)
    {
        var items = new List<T>(list.Documents.Count);
        var unreadable = new List<UnreadableDocument>(list.Unreadable);
        foreach (Document document in list.Documents)
        {
            try
            {
                items.Add(read(document));
            }
            catch (FormatException exception)
            {
                unreadable.Add(new UnreadableDocument(document.Kind, $"{document.Kind} \"{document.Id}\"", exception.Message));
            }
        }

        return (items, unreadable);
    }
}
