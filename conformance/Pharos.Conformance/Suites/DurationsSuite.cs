using System.Text.Json;
using Pharos.Core.Time;

namespace Pharos.Conformance.Suites;

/// <summary>Duration text in, nanoseconds and canonical text out.</summary>
internal sealed class DurationsSuite : ISuite
{
    public string Area => "exposition";

    public string FilePattern => "durations.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement testCase in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            string text = testCase.GetProperty("in").GetString()!;
            bool refused = testCase.TryGetProperty("error", out JsonElement error) && error.GetBoolean();
            string expected = refused ? "refused" : $"{testCase.GetProperty("ns").GetInt64()} {testCase.GetProperty("printed").GetString()}";
            string actual = PrometheusDuration.TryParseSigned(text, out TimeSpan duration, out _)
                ? $"{duration.Ticks * TimeSpan.NanosecondsPerTick} {PrometheusDuration.Format(duration)}"
                : "refused";
            report.Check(text, expected, actual);
        }
    }
}
