using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;
using static Microsoft.Playwright.Assertions;

namespace Pharos.Browser.Tests;

/// <summary>Dashboards as they are seen: by the pixels of their charts, the names in their legends, and the address.</summary>
public sealed class DashboardTests(Chromium chromium, SampleScene scene)
{
    private const string Sample = "/d/endpoint-stats?from=now-1m&to=now";

    [Theory]
    [InlineData("/d/system-overview?from=now-1m&to=now", "System Overview", "CPU by mode", "CPU busy")]
    [InlineData(Sample, "Endpoint Statistics Overview", "Request rate by endpoint", "Requests")]
    [InlineData("/d/flask-monitoring?from=now-1m&to=now", "Flask Application Monitoring", "Requests by status", "Requests")]
    public Task A_dashboard_is_drawn_with_the_data_of_the_running_system(string address, string title, string chart, string stat) =>
        scene.VisitAsync(chromium, Visitor.Desk, async visit =>
        {
            IPage page = visit.Page;
            await page.OpenAsync(address);
            await page.ExpectHeadingAsync(title);
            await Painting.UntilAsync(page.Panel(chart), $"{chart} to be painted", static p => p is { Pixels: > 100, Columns: >= 5 });
            await Expect(page.Panel(stat)).ToHaveTextAsync(new Regex(@"\d"));
            Assert.Equal(0, await page.GetByText("No data in this range").CountAsync());
        });

    [Fact]
    public Task Another_choice_of_a_variable_shows_its_series_and_no_others() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync(Sample);
        ILocator panel = page.Panel("Request rate by endpoint");
        Painting before = await Painting.UntilAsync(panel, "the lines of all endpoints", static p => p.Colours >= 2);
        ILocator names = panel.Locator("[aria-pressed][title]");
        IReadOnlyList<string> all = await TitlesAsync(names);
        Assert.True(all.Count > 2, $"only {string.Join(", ", all)}");

        await page.Locator("button[aria-label^='Endpoint']").ClickAsync();
        ILocator options = page.GetByRole(AriaRole.Option);
        string[] wanted = [.. all.Order(StringComparer.Ordinal).Take(2)];
        foreach (string one in wanted)
        {
            await options.Filter(new LocatorFilterOptions { HasTextRegex = new Regex("^" + Regex.Escape(one) + "$") }).ClickAsync();
        }

        await page.Keyboard.PressAsync("Escape");
        await Expect(page).ToHaveURLAsync(new Regex("var-endpoint="));
        await Expect(names).ToHaveCountAsync(2);
        Assert.Equal(wanted, (await TitlesAsync(names)).Order(StringComparer.Ordinal));
        await Painting.UntilAsync(panel, "other lines", p => p.Pixels > 0 && p.Print != before.Print);
    });

    [Fact]
    public Task Dragging_over_a_chart_narrows_the_range_in_the_address_and_back_undoes_it() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync(Sample);
        ILocator panel = page.Panel("Request rate by endpoint");
        await Painting.UntilAsync(panel, "lines", static p => p.Pixels > 100);
        LocatorBoundingBoxResult box = await panel.Locator(".u-over").BoundingBoxAsync() ?? throw new InvalidOperationException("the chart has no area");

        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + (box.Height / 2), new MouseMoveOptions { Steps = 8 });
        await page.Mouse.UpAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"from=\d{13}&to=\d{13}"));
        long width = long.Parse(page.Parameter("to")!, CultureInfo.InvariantCulture) - long.Parse(page.Parameter("from")!, CultureInfo.InvariantCulture);
        Assert.InRange(width, 10_000, 20_000); // a quarter of a minute
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex("from=now-1m&to=now"));
    });

    [Fact]
    public Task The_crosshair_of_one_chart_moves_in_the_others_too() => scene.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync(Sample);
        ILocator pointed = page.Panel("Request rate by endpoint");
        ILocator other = page.Panel("Latency p95 by endpoint");
        await Painting.UntilAsync(pointed, "lines", static p => p.Pixels > 100);
        await Painting.UntilAsync(other, "lines", static p => p.Pixels > 100);
        await pointed.Locator(".u-over").HoverAsync();
        await Expect(other.Locator(".u-cursor-x")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Tooltip)).ToHaveCountAsync(1);
    });

    [Fact]
    public async Task An_editor_changes_the_json_sees_it_and_saves_it()
    {
        string json = """{"dashboard": {"uid": "edited", "title": "Before", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Load", "gridPos": {"x": 0, "y": 0, "w": 24, "h": 8}, "targets": [{"refId": "A", "expr": "node_load1"}]}]}, "overwrite": true}""";
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage made = await scene.Admin.PostAsync("/api/dashboards/db", content);
        made.EnsureSuccessStatusCode();
        await scene.VisitAsync(chromium, Visitor.Desk with { Role = "Editor" }, async visit =>
        {
            IPage page = visit.Page;
            await page.OpenAsync("/d/edited/before?from=now-1m&to=now");
            await page.Button("Edit").ClickAsync();
            ILocator editor = page.Locator(".cm-content");
            string text = json[(json.IndexOf("{\"uid", StringComparison.Ordinal))..json.LastIndexOf(", \"overwrite", StringComparison.Ordinal)];
            await editor.ClickAsync();
            await page.Keyboard.PressAsync("Control+a");
            await page.Keyboard.InsertTextAsync(text.Replace("Before", "After", StringComparison.Ordinal));
            await page.Button("Preview").ClickAsync();
            await Painting.UntilAsync(page.Panel("Load"), "the preview", static p => p.Pixels > 50);
            await page.Button("Save").ClickAsync();
            await page.ExpectHeadingAsync("After");
            await Expect(page.Button("Edit")).ToBeVisibleAsync();
        });
        Assert.Contains("\"After\"", await scene.Admin.GetStringAsync("/api/dashboards/uid/edited"), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_viewer_sees_no_way_to_save_and_is_refused() => scene.VisitAsync(chromium, Visitor.Desk with { Role = "Viewer", Refusals = [403] }, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync(Sample);
        await Painting.UntilAsync(page.Panel("Request rate by endpoint"), "lines", static p => p.Pixels > 100);
        await Expect(page.Button("Edit")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("e");
        await page.OpenAsync(Sample + "&view=edit");
        await Expect(page.Locator(".cm-content")).ToHaveCountAsync(0);
        int status = await page.EvaluateAsync<int>("""
            async () => {
              const session = await (await fetch('/api/pharos/v1/session')).json();
              const headers = { 'Content-Type': 'application/json', 'X-Pharos-Csrf': session.csrf };
              const answer = await fetch('/api/dashboards/db', { method: 'POST', headers, body: JSON.stringify({ dashboard: { title: 'Mine', panels: [] } }) });
              return answer.status;
            }
            """);
        Assert.Equal(403, status);
    });

    private static async Task<IReadOnlyList<string>> TitlesAsync(ILocator names) =>
        await names.EvaluateAllAsync<string[]>("(all) => all.map((one) => one.title)");
}
