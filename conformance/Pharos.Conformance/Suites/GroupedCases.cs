using System.Text.Json;

namespace Pharos.Conformance.Suites;

/// <summary>Files whose cases stand in groups, each group named for the upstream test it is from.</summary>
internal static class GroupedCases
{
    /// <summary>All cases in their order, each with its number within its group, from 1. An element is good until the next is asked for.</summary>
    public static IEnumerable<(string Group, int Number, JsonElement Case)> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement group in document.RootElement.GetProperty("groups").EnumerateArray())
        {
            string test = ExpositionText.Text(group, "test");
            int number = 0;
            foreach (JsonElement testCase in group.GetProperty("cases").EnumerateArray())
            {
                yield return (test, ++number, testCase);
            }
        }
    }
}
