using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EndpointStats.Sink;

/// <summary>Shows messages as a person would see them in a channel.</summary>
internal static class SinkText
{
    public static string Write(IReadOnlyList<SinkMessage> messages)
    {
        if (messages.Count == 0)
        {
            return "No message yet.\n";
        }

        var text = new StringBuilder();
        foreach (SinkMessage message in messages)
        {
            text.Append(CultureInfo.InvariantCulture, $"{message.Received:HH:mm:ss}  {Text(message.Body, "channel") ?? message.Kind}\n");
            if (message.Body.ValueKind == JsonValueKind.Object && message.Body.TryGetProperty("attachments", out JsonElement attachments) && attachments.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement attachment in attachments.EnumerateArray())
                {
                    Append(text, Text(attachment, "title"));
                    Append(text, Text(attachment, "text"));
                }
            }
            else
            {
                Append(text, message.Body.GetRawText());
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string? lines)
    {
        foreach (string line in (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append("          ").Append(line.TrimEnd()).Append('\n');
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
