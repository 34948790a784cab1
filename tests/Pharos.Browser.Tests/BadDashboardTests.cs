using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;
using static Microsoft.Playwright.Assertions;

namespace Pharos.Browser.Tests;

/// <summary>Dashboards that are broken, too big or without end have a clear state each.</summary>
public sealed class BadDashboardTests(Chromium chromium, BadDashboardsScene scene) : IClassFixture<BadDashboardsScene>
{
    [Fact]
    public Task A_file_that_is_no_json_stands_in_the_list_with_its_place_beside_those_that_are() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/dashboards");
        await Expect(page.GetByText("1 file could not be read")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("broken.json:1");
        await Expect(page.Link("A thousand panels")).ToBeVisibleAsync();
        await Expect(page.Link("System Overview")).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_thousand_panels_open_and_only_those_that_are_near_are_asked_for() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        int asked = 0;
        page.Request += (_, request) => asked += request.Url.EndsWith("/query/batch", StringComparison.Ordinal)
            ? System.Text.Json.JsonDocument.Parse(request.PostData!).RootElement.GetProperty("queries").GetArrayLength()
            : 0;
        await page.OpenAsync("/d/many");
        await Painting.UntilAsync(page.Panel("Panel 1"), "the first panel", static p => p.Pixels > 20);
        await Expect(page.Locator("[data-panel]")).ToHaveCountAsync(BadDashboardsScene.ManyPanels);
        Assert.InRange(asked, 1, 200);

        await page.Panel("Panel 990").ScrollIntoViewIfNeededAsync();
        await Painting.UntilAsync(page.Panel("Panel 990"), "a panel far below", static p => p.Pixels > 20);
    });

    [Fact]
    public Task Variables_that_ask_for_each_other_are_said_to() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/d/loop");
        await page.ExpectHeadingAsync("Variables in a circle");
        ILocator problems = page.GetByText("thing that this dashboard asks for is not drawn").Or(page.GetByText("things that this dashboard asks for are not drawn"));
        await problems.ClickAsync();
        await Expect(page.GetByText("variable first:")).ToBeVisibleAsync();
    });
}
