using System.Text.Json;
using Pharos.Alerting.Matchers;
using Pharos.Alerting.Persistence;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Alerting.Silencing;

/// <summary>A silence as it is written to the disk: one JSON object. Names never change their meaning.</summary>
internal static class SilenceRecord
{
    public static byte[] Write(Silence silence) => JsonRecord.Write(json =>
    {
        json.WriteString("id"u8, silence.Id);
        json.WriteStartArray("matchers"u8);
        foreach (AlertMatcher matcher in silence.Matchers)
        {
            json.WriteStartArray();
            json.WriteStringValue(matcher.Name);
            json.WriteStringValue(Operator(matcher.Type));
            json.WriteStringValue(matcher.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteNumber("startsAt"u8, silence.StartsAt);
        json.WriteNumber("endsAt"u8, silence.EndsAt);
        json.WriteNumber("updatedAt"u8, silence.UpdatedAt);
        json.WriteString("createdBy"u8, silence.CreatedBy);
        json.WriteString("comment"u8, silence.Comment);
        JsonRecord.WriteLabels(json, "annotations", silence.Annotations);
    });

    /// <summary>Null when it is no silence of a version that is known.</summary>
    public static Silence? Read(ReadOnlySpan<byte> record)
    {
        try
        {
            using JsonDocument document = JsonRecord.Parse(record);
            JsonElement root = document.RootElement;
            return new Silence(
                root.GetProperty("id").GetString()!,
                [.. root.GetProperty("matchers").EnumerateArray().Select(static m => new AlertMatcher(TypeOf(m[1].GetString()!), m[0].GetString()!, m[2].GetString()!))],
                root.GetProperty("startsAt").GetInt64(),
                root.GetProperty("endsAt").GetInt64(),
                root.GetProperty("updatedAt").GetInt64(),
                root.GetProperty("createdBy").GetString()!,
                root.GetProperty("comment").GetString()!,
                JsonRecord.ReadLabels(root, "annotations"));
        }
        catch (Exception exception) when (JsonRecord.IsUnreadable(exception) || exception is MatcherException)
        {
            return null;
        }
    }

    private static string Operator(MatchType type) => type switch
    {
        MatchType.Equal => "=",
        MatchType.NotEqual => "!=",
        MatchType.Match => "=~",
        _ => "!~",
    };

    private static MatchType TypeOf(string text) => text switch
    {
        "=" => MatchType.Equal,
        "!=" => MatchType.NotEqual,
        "=~" => MatchType.Match,
        "!~" => MatchType.NotMatch,
        _ => throw new FormatException($"{text} is no operator of a matcher"),
    };
}
