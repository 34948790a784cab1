using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pharos.Dashboards.Json;

/// <summary>JSON from outside as a tree of bounded size. Of members of one name the last counts, as for browsers.</summary>
internal sealed class JsonTree
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = DashboardLimits.MaxDepth,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    private int _nodes;

    private JsonTree()
    {
    }

    /// <summary>Reads one JSON object.</summary>
    /// <exception cref="DashboardException">It is too large, no JSON, or no object.</exception>
    public static JsonObject Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > DashboardLimits.MaxBytes)
        {
            throw new DashboardException($"the dashboard has {utf8.Length} bytes: at most {DashboardLimits.MaxBytes} are read");
        }

        ReadOnlyMemory<byte> text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            return Parse(document.RootElement, line: 1);
        }
        catch (JsonException e)
        {
            int line = (int)(e.LineNumber ?? 0) + 1;
            int column = (int)(e.BytePositionInLine ?? 0) + 1;
            throw new DashboardException($"this is no JSON: {Reason(e.Message)}", line, column, e);
        }
    }

    /// <summary>An element as a tree.</summary>
    /// <exception cref="DashboardException">It is no object, or too large.</exception>
    public static JsonObject Parse(JsonElement element) => Parse(element, line: 0);

    private static JsonObject Parse(JsonElement element, int line)
    {
        try
        {
            return new JsonTree().Convert(element) as JsonObject
                ?? throw new DashboardException($"a dashboard is a JSON object, and this is {Describe(element.ValueKind)}", line, line);
        }
        catch (InvalidOperationException e)
        {
            // The parser looks at structure only: what a text holds is found out when it is read.
            throw new DashboardException("the dashboard has a text that is no Unicode: bytes that are not UTF-8, or half of a surrogate pair", inner: e);
        }
    }

    private JsonNode? Convert(JsonElement element)
    {
        if (++_nodes > DashboardLimits.MaxNodes)
        {
            throw new DashboardException($"the dashboard has more than {DashboardLimits.MaxNodes} values");
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    map[property.Name] = Convert(property.Value);
                }

                return map;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    list.Add(Convert(item));
                }

                return list;
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            case JsonValueKind.Number:
                return JsonValue.Create(element.Clone());
            case JsonValueKind.True:
                return JsonValue.Create(true);
            case JsonValueKind.False:
                return JsonValue.Create(false);
            default:
                return null;
        }
    }

    // The runtime adds the place in words of its own.
    private static string Reason(string message)
    {
        int place = message.IndexOf(" Path: ", StringComparison.Ordinal);
        int line = message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        int end = place >= 0 ? place : line;
        return end >= 0 ? message[..end].TrimEnd('.') : message.TrimEnd('.');
    }

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
