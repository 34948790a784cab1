using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Server.Journal;

/// <summary>An entry as a line of the file; the form is described in <c>docs/formats/journal.md</c>.</summary>
internal static class JournalLine
{
    /// <summary>Longer lines are none of ours.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxSubject = 512;
    private const int MaxDetail = 2000;
    private const int MaxLabelCharacters = 8000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The entry within the bounds that the contract states: texts are cut, and labels that are too many are left out whole.</summary>
    public static JournalEntry Bound(JournalEntry entry)
    {
        int labelCharacters = 0;
        foreach (Label label in entry.Labels.AsSpan())
        {
            labelCharacters += label.Name.Length + label.Value.Length;
        }

        return entry with
        {
            Subject = Cut(entry.Subject, MaxSubject),
            Detail = Cut(entry.Detail, MaxDetail),
            By = Cut(entry.By, MaxSubject),
            Labels = labelCharacters > MaxLabelCharacters ? Labels.Empty : entry.Labels,
        };
    }

    /// <summary>Writes the line with its end.</summary>
    public static void Write(IBufferWriter<byte> target, JournalEntry entry)
    {
        using (var json = new Utf8JsonWriter(target, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("time"u8, entry.Time);
            json.WriteString("kind"u8, entry.Kind.ToString());
            json.WriteString("subject"u8, entry.Subject);
            WriteIfAny(json, "detail", entry.Detail);
            WriteIfAny(json, "by", entry.By);
            if (entry.Labels.Count > 0)
            {
                json.WriteStartObject("labels"u8);
                foreach (Label label in entry.Labels.AsSpan())
                {
                    json.WriteString(label.Name, label.Value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        target.Write("\n"u8);
    }

    /// <summary>Null for what is no entry: damaged, or of a kind that this version does not know.</summary>
    public static JournalEntry? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("time"u8, out JsonElement time) || time.ValueKind != JsonValueKind.Number || !time.TryGetInt64(out long milliseconds)
                || !Enum.TryParse(Text(root, "kind"), out JournalKind kind) || !Enum.IsDefined(kind))
            {
                return null;
            }

            return Bound(new JournalEntry(milliseconds, kind, Text(root, "subject"), Text(root, "detail"), LabelsOf(root), Text(root, "by")));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static Labels LabelsOf(JsonElement root)
    {
        if (!root.TryGetProperty("labels"u8, out JsonElement labels) || labels.ValueKind != JsonValueKind.Object)
        {
            return Labels.Empty;
        }

        var builder = new LabelsBuilder();
        foreach (JsonProperty label in labels.EnumerateObject())
        {
            builder.Set(label.Name, label.Value.GetString() ?? "");
        }

        return builder.ToLabels();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    // Never between the halves of a pair.
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
