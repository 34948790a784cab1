using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;
using static Microsoft.Playwright.Assertions;

namespace Pharos.Browser.Tests;

/// <summary>Asking PromQL: completion, the picture of the answer, and what is wrong where.</summary>
public sealed class MetricsTests(Chromium chromium, SampleScene scene)
{
    [Fact]
    public Task A_name_is_completed_and_the_question_that_was_run_is_drawn_and_stands_in_the_address() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/query?from=now-1m&to=now");
        await page.Locator(".cm-content").ClickAsync();
        await page.Keyboard.TypeAsync("http_requests_tot");
        await page.Locator(".cm-tooltip-autocomplete [role=option]", new PageLocatorOptions { HasText = "http_requests_total" }).First.ClickAsync();
        await Expect(page.Locator(".cm-content")).ToHaveTextAsync("http_requests_total");
        await page.Keyboard.PressAsync("Control+Enter");
        await Painting.UntilAsync(page.GetByRole(AriaRole.Main), "the answer", static p => p is { Pixels: > 100, Columns: >= 5 });
        Assert.Equal("http_requests_total", page.Parameter("q"));
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(new Regex(@"\d+ series"));
    });

    [Fact]
    public Task A_wrong_question_is_marked_where_it_is_wrong_and_its_fix_is_one_click() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/query?from=now-1m&to=now");
        await page.Locator(".cm-content").ClickAsync();
        await page.Keyboard.InsertTextAsync("sum(rate(http_requests_total))");
        await page.Keyboard.PressAsync("Control+Enter");
        ILocator notice = page.GetByRole(AriaRole.Alert);
        await Expect(notice).ToContainTextAsync("rate needs a range");
        await Expect(notice).ToContainTextAsync(new Regex(@"column \d+"));
        await Expect(page.Locator(".cm-lintRange-error")).ToHaveTextAsync("http_requests_total");

        await notice.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.Locator(".cm-content")).ToHaveTextAsync(new Regex(@"^sum\(rate\(http_requests_total\[\w+\]\)\)$"));
        await Painting.UntilAsync(page.GetByRole(AriaRole.Main), "the answer of the mended question", static p => p.Pixels > 50);
    });

    [Fact]
    public Task A_name_that_nobody_sends_gets_its_neighbours() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/query?q=http_request_total&from=now-1m&to=now");
        await Expect(page.GetByText("No metric is called http_request_total")).ToBeVisibleAsync();
        await page.Button("http_requests_total").ClickAsync();
        await Painting.UntilAsync(page.GetByRole(AriaRole.Main), "the answer", static p => p.Pixels > 50);
    });

    [Fact]
    public Task A_question_with_a_typo_is_explained_part_by_part_and_mended_by_a_click() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/query?q=sum(rate(http_request_total[20s]))&from=now-1m&to=now");
        await page.Button("Explain").ClickAsync();
        ILocator tree = page.GetByRole(AriaRole.Treegrid);
        await Expect(Part(tree, "http_request_total[20s]")).ToHaveAttributeAsync("data-state", "empty");
        await Expect(tree).ToContainTextAsync("No series has the name http_request_total; there is http_requests_total");
        Assert.Equal("A", page.Parameter("explain"));

        await Part(tree, "rate").HoverAsync();
        await Expect(page.Locator(".ph-looked")).ToHaveTextAsync("rate(http_request_total[20s])");

        await tree.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "http_requests_total", Exact = true }).ClickAsync();
        await Expect(page.Locator(".cm-content")).ToHaveTextAsync("sum(rate(http_requests_total[20s]))");
        await Expect(Part(tree, "http_requests_total[20s]")).ToContainTextAsync(new Regex(@"\d+ read"));
        await Expect(Part(tree, "sum")).ToContainTextAsync(new Regex(@"1of [1-9]\d*"));
        await Painting.UntilAsync(page.GetByRole(AriaRole.Main), "the answer of the mended question", static p => p.Pixels > 50);
    });

    [Fact]
    public Task The_parts_of_a_question_are_walked_by_keys_and_opened_in_the_address() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/query?q=sum(rate(http_requests_total[20s]))&from=now-1m&to=now&explain=A");
        await Part(page.GetByRole(AriaRole.Treegrid), "sum").GetByRole(AriaRole.Button).FocusAsync();
        await Expect(page.Locator(".ph-looked")).ToHaveTextAsync("sum(rate(http_requests_total[20s]))");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".ph-looked")).ToHaveTextAsync("rate(http_requests_total[20s])");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Ask for it alone")).ToBeVisibleAsync();
        Assert.Equal("1", page.Parameter("node"));
        await page.GoBackAsync();
        await Expect(page.Button("Ask for it alone")).ToHaveCountAsync(0);
    });

    private static ILocator Part(ILocator tree, string title) => tree.Locator("tr[aria-level]").Filter(new LocatorFilterOptions
    {
        Has = tree.Page.Locator("button code").GetByText(title, new LocatorGetByTextOptions { Exact = true }),
    });
}
