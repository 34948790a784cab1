using System.Text.Json;
using Pharos.Alerting.Persistence;

namespace Pharos.Alerting.Notifying;

/// <summary>A delivered message as it is written to the disk: what the integration knows now, and the message itself. Names never change their meaning.</summary>
/// <param name="Entry">What the integration knows now; null in a rewritten file, where a later record says it.</param>
/// <param name="Message">The message; null in a rewritten file, where it is too old to be looked at.</param>
internal sealed record NotificationRecord(NotificationEntry? Entry, SentMessage? Message)
{
    public byte[] Write() => JsonRecord.Write(json =>
    {
        WriteKey(json, Entry?.Key ?? Message!.Key);
        json.WriteNumber("time"u8, Entry?.Time ?? Message!.Time);
        if (Entry is not null)
        {
            json.WriteNumber("expiresAt"u8, Entry.ExpiresAt);
            JsonRecord.WriteNumbers(json, "firing", Entry.Firing);
            JsonRecord.WriteNumbers(json, "resolved", Entry.Resolved);
        }

        if (Message is not null)
        {
            WriteMessage(json, Message);
        }
    });

    /// <summary>Null when it is no record of a version that is known.</summary>
    public static NotificationRecord? Read(ReadOnlySpan<byte> record)
    {
        try
        {
            using JsonDocument document = JsonRecord.Parse(record);
            JsonElement root = document.RootElement;
            var key = new NotificationKey(
                root.GetProperty("group").GetString()!, root.GetProperty("receiver").GetString()!, root.GetProperty("integration").GetString()!, root.GetProperty("index").GetInt32());
            long time = root.GetProperty("time").GetInt64();
            NotificationEntry? entry = root.TryGetProperty("expiresAt", out JsonElement expires)
                ? new NotificationEntry(key, time, expires.GetInt64(), JsonRecord.ReadNumbers(root, "firing").ToHashSet(), JsonRecord.ReadNumbers(root, "resolved").ToHashSet())
                : null;
            return new NotificationRecord(entry, root.TryGetProperty("message", out JsonElement message) ? ReadMessage(message, key, time) : null);
        }
        catch (Exception exception) when (JsonRecord.IsUnreadable(exception))
        {
            return null;
        }
    }

    private static void WriteKey(Utf8JsonWriter json, NotificationKey key)
    {
        json.WriteString("group"u8, key.GroupKey);
        json.WriteString("receiver"u8, key.Receiver);
        json.WriteString("integration"u8, key.Integration);
        json.WriteNumber("index"u8, key.Index);
    }

    private static void WriteMessage(Utf8JsonWriter json, SentMessage message)
    {
        json.WriteStartObject("message"u8);
        JsonRecord.WriteLabels(json, "groupLabels", message.GroupLabels);
        json.WriteStartArray("alerts"u8);
        foreach (SentAlert alert in message.Alerts)
        {
            json.WriteStartArray();
            json.WriteNumberValue(alert.Fingerprint);
            json.WriteBooleanValue(alert.IsResolved);
            JsonRecord.WriteLabels(json, alert.Labels);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteNumber("alertCount"u8, message.AlertCount);
        json.WriteBoolean("isResolved"u8, message.IsResolved);
        json.WriteNumber("durationMs"u8, (long)message.Duration.TotalMilliseconds);
        json.WriteNumber("attempts"u8, message.Attempts);
        json.WriteEndObject();
    }

    private static SentMessage ReadMessage(JsonElement message, NotificationKey key, long time) => new(
        time,
        key,
        JsonRecord.ReadLabels(message, "groupLabels"),
        [.. message.GetProperty("alerts").EnumerateArray().Select(static a => new SentAlert(a[0].GetUInt64(), JsonRecord.ReadLabels(a[2]), a[1].GetBoolean()))],
        message.GetProperty("alertCount").GetInt32(),
        message.GetProperty("isResolved").GetBoolean(),
        TimeSpan.FromMilliseconds(message.GetProperty("durationMs").GetInt64()),
        message.GetProperty("attempts").GetInt32(),
        Error: "");
}
