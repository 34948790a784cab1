using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;
using static Microsoft.Playwright.Assertions;

namespace Pharos.Browser.Tests;

/// <summary>
/// Native histograms on the Metrics page: said not to be lines, seen as bars, and drawn by a click. The answer is written here as docs/api.md states it: no way into
/// the store makes native histograms yet.
/// </summary>
public sealed class HistogramTests(Chromium chromium, SampleScene scene)
{
    private const string Labels = "\"__name__\":\"http_request_duration_seconds\",\"job\":\"endpoint-stats\"";

    private static readonly string Series = string.Join(',', Enumerable.Range(1, 3).Select(static i =>
        $$$$"""{"labels":{{{{{Labels}}}},"path":"/api/{{{{i}}}}"},"name":"/api/{{{{i}}}}","values":[null,null],"histogram":{"values":2,"step":1,"count":{{{{100 * i}}}},"sum":{{{{31.5 * i}}}},"buckets":[[0,0.125,0.25,{{{{20 * i}}}}],[0,0.25,0.5,{{{{70 * i}}}}],[0,0.5,1,{{{{8 * i}}}}],[0,2,"+Inf",{{{{2 * i}}}}]]}}"""));

    [Theory]
    [InlineData("graph", ColorScheme.Light, 1440)]
    [InlineData("table", ColorScheme.Dark, 390)]
    public Task Histograms_are_bars_and_what_of_them_is_a_line_is_a_click_away(string view, ColorScheme scheme, int width) => scene.VisitAsync(chromium, (width < 600 ? Visitor.Phone : Visitor.Desk) with { Scheme = scheme }, async visit =>
    {
        IPage page = visit.Page;
        await page.RouteAsync("**/query/batch", static route => route.Request.PostData?.Contains("histogram_quantile", StringComparison.Ordinal) == true
            ? route.ContinueAsync()
            : route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/x-ndjson", Body = Answer() }));
        await page.OpenAsync($"/query?q=http_request_duration_seconds&from=now-1m&to=now&view={view}");
        await Expect(page.GetByText("3 series of A are native histograms.")).ToBeVisibleAsync();
        ILocator table = page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = "Histograms of A" });
        Assert.Equal(12, await table.Locator("rect").CountAsync());
        await table.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "/api/1" }).ClickAsync();
        await Expect(table.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(new Regex(@"\(0\.?125.s, .*250.ms\]|\(125.ms, 250.ms\]"));
        Assert.Empty(await Accessibility.SeriousViolationsAsync(page));
        Assert.Equal(0, await page.OverflowAsync());

        await page.Button("95th percentile").ClickAsync();
        await Expect(page.Locator(".cm-content")).ToHaveTextAsync("histogram_quantile(0.95, rate(http_request_duration_seconds[5m]))");
    });

    private static string Answer() =>
        $$$"""{"id":"A","step":15000,"t0":{{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 30_000}}},"steps":2,"expr":"http_request_duration_seconds","series":[{{{Series}}}],"meta":{"series":3,"points":6,"samples":6,"durationMs":1}}"""
        + "\n{\"done\":true,\"asOf\":1}\n";
}
