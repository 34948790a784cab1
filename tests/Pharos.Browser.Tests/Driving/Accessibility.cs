using System.Text.Json;
using Microsoft.Playwright;
using Pharos.Testing;

namespace Pharos.Browser.Tests.Driving;

/// <summary>axe-core, from the packages of <c>web/</c>, over a whole page.</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Source = new(static () =>
    {
        string path = Path.Combine(Repository.Root, "web", "node_modules", "axe-core", "axe.min.js");
        return File.Exists(path) ? File.ReadAllText(path) : throw new FileNotFoundException($"{path} is missing: run eng/build-web packages");
    });

    /// <summary>Violations that axe calls serious or critical, one line an element.</summary>
    public static async Task<IReadOnlyList<string>> SeriousViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(Source.Value);
        JsonElement? found = await page.EvaluateAsync("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations");
        return
        [
            .. from violation in found!.Value.EnumerateArray()
               where violation.GetProperty("impact").GetString() is "serious" or "critical"
               from node in violation.GetProperty("nodes").EnumerateArray()
               select $"{violation.GetProperty("id").GetString()} on {new Uri(page.Url).PathAndQuery}: {node.GetProperty("target")} {node.GetProperty("failureSummary").GetString()}",
        ];
    }
}
