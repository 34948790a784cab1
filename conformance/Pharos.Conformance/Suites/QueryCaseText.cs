using System.Text;
using System.Text.Json;

namespace Pharos.Conformance.Suites;

/// <summary>The texts of query cases: plain, <c>{"$base64": …}</c>, or <c>{"repeat": ["(", ["a", 100], ")"]}</c>.</summary>
internal static class QueryCaseText
{
    public static byte[] Read(JsonElement input)
    {
        if (input.ValueKind == JsonValueKind.String)
        {
            return Encoding.UTF8.GetBytes(input.GetString()!);
        }

        if (input.TryGetProperty("$base64", out JsonElement base64))
        {
            return base64.GetBytesFromBase64();
        }

        var text = new StringBuilder();
        foreach (JsonElement part in input.GetProperty("repeat").EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.String)
            {
                text.Append(part.GetString());
            }
            else
            {
                text.Insert(text.Length, part[0].GetString(), part[1].GetInt32());
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The text as a name of a case, shortened.</summary>
    public static string Name(JsonElement input)
    {
        string name = input.ValueKind == JsonValueKind.String ? input.GetString()! : input.GetRawText();
        name = name.ReplaceLineEndings(" ");
        return name.Length > 120 ? name[..120] + "…" : name;
    }
}
