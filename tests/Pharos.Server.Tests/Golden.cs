using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests;

/// <summary>Compares answers with those of the real Prometheus, which stand in the folder <c>Golden</c>, by shape and not by value.</summary>
internal static class Golden
{
    /// <summary>Each field of the golden answer must be in ours with the same type; we may have more. Of a list the first element stands for all.</summary>
    public static void AssertSameShape(string endpoint, string answer)
    {
        string path = Path.Combine(Repository.Root, "tests", "Pharos.Server.Tests", "Golden", endpoint.Replace('/', '-') + ".json");
        Compare("$", JsonDocument.Parse(File.ReadAllText(path)).RootElement, JsonDocument.Parse(answer).RootElement);
    }

    private static void Compare(string place, JsonElement expected, JsonElement actual)
    {
        Assert.True(Kind(expected) == Kind(actual), $"{place}: {expected.ValueKind} at Prometheus, {actual.ValueKind} here");
        if (expected.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in expected.EnumerateObject())
            {
                Assert.True(actual.TryGetProperty(property.Name, out JsonElement value), $"{place}.{property.Name} is missing here");
                Compare($"{place}.{property.Name}", property.Value, value);
            }
        }
        else if (expected.ValueKind == JsonValueKind.Array && expected.GetArrayLength() > 0 && actual.GetArrayLength() > 0)
        {
            Compare(place + "[0]", expected[0], actual[0]);
        }
    }

    private static JsonValueKind Kind(JsonElement element) => element.ValueKind == JsonValueKind.False ? JsonValueKind.True : element.ValueKind;
}
