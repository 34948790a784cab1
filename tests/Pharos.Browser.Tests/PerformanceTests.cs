using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;
using Pharos.Testing;

namespace Pharos.Browser.Tests;

/// <summary>The figures of docs/performance.md that a browser gives, written to <c>artifacts/pages.md</c> by <c>eng/measure-pages</c>. They are told, not judged: a busy machine is no fault of the code.</summary>
[Trait("Kind", "Slow")]
public sealed class PerformanceTests(Chromium chromium, DayOfDataScene scene) : IClassFixture<DayOfDataScene>
{
    private const int Runs = 7;

    private static readonly (string Route, string Address)[] Routes =
    [
        ("Home", "/"),
        ("Alerts", "/alerts"),
        ("Dashboards", "/dashboards"),
        ("a dashboard", "/d/day"),
        ("Metrics", "/query"),
        ("Targets", "/targets"),
        ("System", "/system/status"),
    ];

    /// <summary>Notes the moment at which the last of the charts has been painted: uPlot has made its canvas, and the frame has ended.</summary>
    private const string NoteDrawn = """
        window.drawn = new Promise((resolve) => {
          const look = () => {
            if (document.querySelectorAll('[data-panel] canvas').length >= COUNT) {
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
            } else {
              requestAnimationFrame(look);
            }
          };
          requestAnimationFrame(look);
        });
        """;

    [Fact]
    public async Task Size_first_paint_and_time_to_drawn()
    {
        var lines = new List<string> { "| route | script, kB | styles, kB | fonts, kB | first paint, ms | usable, ms |", "| --- | --- | --- | --- | --- | --- |" };
        foreach ((string route, string address) in Routes)
        {
            lines.Add(await RouteAsync(route, address));
        }

        List<double> cold = [];
        List<double> warm = [];
        for (int i = 0; i < Runs; i++)
        {
            await scene.VisitAsync(chromium, Visitor.Desk with { Height = 2800 }, async visit =>
            {
                await visit.Page.AddInitScriptAsync(NoteDrawn.Replace("COUNT", DayOfDataScene.Panels.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
                cold.Add(await DrawnAsync(visit.Page));
                warm.Add(await DrawnAsync(visit.Page));
            });
        }

        lines.Add("");
        lines.Add($"{DayOfDataScene.Panels} panels, a day, {DayOfDataScene.SeriesAPanel} series each: from navigation to drawn {Told(cold)} cold, {Told(warm)} with the scripts in the cache.");
        await File.WriteAllLinesAsync(Path.Combine(Repository.Root, "artifacts", "pages.md"), lines, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', lines));
    }

    private async Task<string> RouteAsync(string route, string address)
    {
        List<double> paints = [];
        List<double> usable = [];
        var bytes = new Dictionary<string, int>();
        for (int i = 0; i < Runs; i++)
        {
            await scene.VisitAsync(chromium, Visitor.Desk, async visit =>
            {
                IPage page = visit.Page;
                await page.OpenAsync(address);
                usable.Add(await page.EvaluateAsync<double>("() => performance.now()"));
                paints.Add(await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"));
                JsonElement? loaded = await page.EvaluateAsync("() => performance.getEntriesByType('resource').map((one) => [new URL(one.name).pathname.split('.').pop(), one.encodedBodySize])");
                bytes = loaded!.Value.EnumerateArray().GroupBy(static e => e[0].GetString()!).ToDictionary(static g => g.Key, static g => g.Sum(static e => e[1].GetInt32()));
            });
        }

        string Kilobytes(string kind) => (bytes.GetValueOrDefault(kind) / 1000.0).ToString("F0", CultureInfo.InvariantCulture);
        return $"| {route} | {Kilobytes("js")} | {Kilobytes("css")} | {Kilobytes("woff2")} | {Median(paints):F0} | {Median(usable):F0} |";
    }

    private static async Task<double> DrawnAsync(IPage page)
    {
        await page.GotoAsync("/d/day?from=now-24h&to=now", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        double time = await page.EvaluateAsync<double>("() => window.drawn");
        for (int i = 1; i <= DayOfDataScene.Panels; i++)
        {
            Assert.InRange((await Painting.ReadAsync(page.Panel($"Panel {i}"))).Columns, 50, 100);
        }

        return time;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Told(List<double> values) => $"{Median(values):F0} ms (median of {values.Count}, {values.Min():F0} to {values.Max():F0})";
}
