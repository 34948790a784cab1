using System.Text.Json;
using Pharos.PromQL.Explaining;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api.Ui;

/// <summary>Writes a node of an explanation and its notes as <c>docs/api.md</c> states them.</summary>
internal static class ExplainedNodeWriter
{
    public static void Write(Utf8JsonWriter json, ExplainedNode node, TextPlaces places)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, node.Id);
        WriteIfKnown(json, "parent", node.Parent);
        json.WriteNumber("depth"u8, node.Depth);
        json.WriteString("kind"u8, JsonNamingPolicy.CamelCase.ConvertName(node.Kind.ToString()));
        json.WriteString("title"u8, node.Title);
        json.WriteString("text"u8, node.Text);
        places.Of(node.Position).Write(json);
        json.WriteString("type"u8, node.Type.ApiName());
        WriteIfKnown(json, "series", node.Series);
        WriteIfKnown(json, "dropped", node.Dropped == 0 ? null : node.Dropped);
        WriteIfKnown(json, "unread", node.Unread == 0 ? null : node.Unread);
        WriteIfKnown(json, "points", node.Points);
        WriteIfKnown(json, "samples", node.Samples);
        WriteMilliseconds(json, "selfMs", node.SelfTime);
        WriteMilliseconds(json, "totalMs", node.TotalTime);
        WriteIfKnown(json, "sameAs", node.SameAs);
        json.WriteIfTrue("once", node.IsEvaluatedOnce);
        json.WriteIfTrue("failed", node.HasFailed);
        if (node.Notes.Count > 0)
        {
            json.WriteStartArray("notes"u8);
            foreach (ExplanationNote note in node.Notes)
            {
                Write(json, note);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>A property that is there only when it holds.</summary>
    public static void WriteIfTrue(this Utf8JsonWriter json, string name, bool holds)
    {
        if (holds)
        {
            json.WriteBoolean(name, true);
        }
    }

    private static void Write(Utf8JsonWriter json, ExplanationNote note)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, JsonNamingPolicy.CamelCase.ConvertName(note.Kind.ToString()));
        json.WriteString("text"u8, note.Text);
        json.WriteIfTrue("cause", note.IsCause);
        json.WriteIfAny("label", note.Label);
        json.WriteIfAny("value", note.Value);
        json.WriteIfAny("matcher", note.Matcher);
        if (note.Kind is ExplanationNoteKind.UnknownMetric or ExplanationNoteKind.UnknownLabel or ExplanationNoteKind.UnknownValue)
        {
            WriteTexts(json, "nearest", note.Nearest);
        }

        WriteIfKnown(json, "from", note.Range?.From);
        WriteIfKnown(json, "to", note.Range?.To);
        WriteIfKnown(json, "lastAt", note.LastAt);
        WriteIfKnown(json, "rangeMs", (long?)note.Window?.TotalMilliseconds);
        WriteIfKnown(json, "intervalMs", (long?)note.Interval?.TotalMilliseconds);
        WriteIfKnown(json, "suggestedMs", (long?)note.SuggestedWindow?.TotalMilliseconds);
        if (note.Values is { } values)
        {
            json.WritePropertyName("least"u8);
            json.WriteValue(values.Least);
            json.WritePropertyName("greatest"u8);
            json.WriteValue(values.Greatest);
        }

        WriteIfKnown(json, "count", note.Count);
        if (note.Join is { } join)
        {
            Write(json, join);
        }

        if (note.With.Count > 0)
        {
            json.WriteStartArray("with"u8);
            foreach (int id in note.With)
            {
                json.WriteNumberValue(id);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JoinLoss join)
    {
        json.WriteStartObject("join"u8);
        json.WriteNumber("left"u8, join.Left);
        json.WriteNumber("leftLost"u8, join.LeftLost);
        json.WriteNumber("right"u8, join.Right);
        json.WriteNumber("rightLost"u8, join.RightLost);
        if (join.LeftExample is { } left)
        {
            json.WriteLabels("leftExample", left);
        }

        if (join.RightExample is { } right)
        {
            json.WriteLabels("rightExample", right);
        }

        WriteTexts(json, "onlyLeft", join.OnlyLeft);
        WriteTexts(json, "onlyRight", join.OnlyRight);
        WriteTexts(json, "differ", join.Differ);
        if (join.Suggestion is { } suggestion)
        {
            json.WriteStartObject("suggestion"u8);
            json.WriteString("text"u8, suggestion);
            json.WriteNumber("matches"u8, join.SuggestionMatches);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteIfKnown(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }

    private static void WriteMilliseconds(Utf8JsonWriter json, string name, TimeSpan time) => json.WriteNumber(name, Math.Round(time.TotalMilliseconds, 3));
}
