using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;
using static Microsoft.Playwright.Assertions;

namespace Pharos.Browser.Tests;

/// <summary>The whole frame without a mouse.</summary>
public sealed class KeyboardTests(Chromium chromium, SampleScene scene)
{
    [Fact]
    public Task Two_keys_lead_to_every_place() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/dashboards");

        // Metrics is the last: its editor takes the focus once it is loaded, and letters are its text then.
        foreach ((string key, string path) in new[] { ("s", "/system/status"), ("d", "/dashboards"), ("a", "/alerts"), ("t", "/targets"), ("h", "/"), ("m", "/query") })
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(key);
            await page.ExpectPathAsync(path);
            await page.SettleAsync();
        }
    });

    [Fact]
    public Task Ctrl_K_jumps_to_a_dashboard_by_a_few_letters() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/system/about");
        await page.Keyboard.PressAsync("Control+k");
        ILocator field = page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = "Jump to" });
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("endpoint statistics");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Endpoint Statistics Overview");
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectHeadingAsync("Endpoint Statistics Overview");
    });

    [Fact]
    public Task The_question_mark_lists_the_keys_and_escape_closes_the_list() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/dashboards");
        await page.Keyboard.PressAsync("?");
        ILocator list = page.GetByRole(AriaRole.Dialog);
        await Expect(list).ToContainTextAsync("Ctrl K");
        await page.Keyboard.PressAsync("Escape");
        await Expect(list).ToHaveCountAsync(0);
    });

    [Fact]
    public Task A_list_is_walked_with_j_and_opened_with_enter() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/dashboards");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("a[aria-current=true]")).ToHaveCountAsync(1);
        string chosen = await page.Locator("a[aria-current=true]").InnerTextAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectHeadingAsync(chosen);
    });
}
