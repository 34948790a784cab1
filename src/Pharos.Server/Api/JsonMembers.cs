using System.Text.Json;
using Pharos.Core.Labels;

namespace Pharos.Server.Api;

/// <summary>Members that answers of all kinds have.</summary>
internal static class JsonMembers
{
    /// <summary>An object of names and values, in the order of <paramref name="labels"/>.</summary>
    public static void WriteLabels(this Utf8JsonWriter json, string name, IReadOnlyList<Label> labels)
    {
        json.WriteStartObject(name);
        for (int i = 0; i < labels.Count; i++)
        {
            json.WriteString(labels[i].Name, labels[i].Value);
        }

        json.WriteEndObject();
    }

    /// <summary>An array of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
