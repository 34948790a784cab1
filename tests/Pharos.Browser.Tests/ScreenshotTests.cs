using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;
using Pharos.Testing;
using Pharos.Testing.Processes;
using static Microsoft.Playwright.Assertions;

namespace Pharos.Browser.Tests;

/// <summary>
/// Pictures of every page and of some states, light, dark and on a phone, in <c>artifacts/screenshots</c>: to be looked at beside the design's.
/// <c>eng/screenshots</c> runs them, and takes the README's picture from them.
/// </summary>
[Trait("Kind", "Slow")]
public sealed class ScreenshotTests(Chromium chromium, PictureScene scene) : IClassFixture<PictureScene>
{
    private static readonly (string Suffix, Visitor Visitor)[] Screens =
    [
        ("light", Visitor.Desk with { Refusals = [404] }),
        ("dark", Visitor.Desk with { Scheme = ColorScheme.Dark, Refusals = [404] }),
        ("phone", Visitor.Phone with { Refusals = [404] }),
    ];

    private static string Target { get; } = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "screenshots")).FullName;

    public static TheoryData<string, string> Addresses { get; } = [.. Pages.All.Select(static p => (p.Name, p.Address))];

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task Every_page(string name, string address) =>
        OnEveryScreenAsync(name, page => OpenAsync(page, address.Replace("now-5m", $"now-{PictureScene.Seconds}s", StringComparison.Ordinal)));

    [Fact]
    public Task An_opened_alert() => OnEveryScreenAsync("alert", async page =>
    {
        await page.OpenAsync("/alerts");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "FlaskHighErrorRate" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article)).ToBeVisibleAsync();
        await DrawnAsync(page);
    });

    [Fact]
    public Task A_question_that_is_wrong() => OnEveryScreenAsync("metrics-error", page => OpenAsync(page, "/query?q=rate(http_requests_total)"));

    [Fact]
    public Task A_question_without_an_answer() => OnEveryScreenAsync("metrics-empty", page => OpenAsync(page, "/query?q=nosuch_metric"));

    [Fact]
    public Task A_question_that_fails_while_it_runs() => OnEveryScreenAsync("metrics-failed-explained", page => OpenAsync(page, "/query?q=sum(http_requests_total%20*%20on%20(job)%20http_requests_total)&explain=A"));

    [Fact]
    public Task A_question_whose_sides_have_no_partners() => OnEveryScreenAsync("metrics-join-explained", page => OpenAsync(page, "/query?q=http_requests_total%20%2F%20up&explain=A"));

    [Fact]
    public Task A_dashboard_being_edited() => OnEveryScreenAsync("dashboard-edit", async page =>
    {
        await page.OpenAsync("/d/flask-monitoring?from=now-2m&to=now&view=edit");
        await page.Button("Preview").ClickAsync();
        await DrawnAsync(page);
    });

    [Fact]
    public Task The_jump_list() => OnEveryScreenAsync("jump", async page =>
    {
        await page.OpenAsync("/dashboards");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
    });

    [Fact]
    public Task The_sign_in() => OnEveryScreenAsync("sign-in", page => OpenAsync(page, "/"), null);

    [Fact]
    public async Task The_first_run_and_places_without_anything()
    {
        using var folder = new TempFolder();
        folder.Write("served/prometheus.yml", "scrape_configs: []\n");
        await using ServerProcess fresh = await ServerProcess.StartWithSignInAsync(folder, folder.File("served"), FreePort.Next());
        using var openFolder = new TempFolder();
        await using ServerProcess open = await ServerProcess.StartPharosAsync(openFolder, "scrape_configs: []");
        foreach ((string suffix, Visitor visitor) in Screens)
        {
            await Visit.RunAsync(chromium.Browser, fresh.Address, null, visitor, visit => TakeAsync(visit.Page, "first-run", suffix, "/"));
            foreach ((string name, string address) in Pages.All.Where(static p => !p.Address.StartsWith("/system", StringComparison.Ordinal) && !p.Address.StartsWith("/d/", StringComparison.Ordinal)))
            {
                await Visit.RunAsync(chromium.Browser, open.Address, null, visitor, visit => TakeAsync(visit.Page, "empty-" + name, suffix, address));
            }
        }
    }

    private async Task OnEveryScreenAsync(string name, Func<IPage, Task> open, string? role = "Admin")
    {
        foreach ((string suffix, Visitor visitor) in Screens)
        {
            await scene.VisitAsync(chromium, visitor with { Role = role }, async visit =>
            {
                await open(visit.Page);
                await SaveAsync(visit.Page, name, suffix);
            });
        }
    }

    private static async Task TakeAsync(IPage page, string name, string suffix, string address)
    {
        await OpenAsync(page, address);
        await SaveAsync(page, name, suffix);
    }

    private static async Task OpenAsync(IPage page, string address)
    {
        await page.OpenAsync(address);
        await DrawnAsync(page);
    }

    /// <summary>Fonts are there, and every chart near the window has been painted.</summary>
    private static async Task DrawnAsync(IPage page)
    {
        await page.EvaluateAsync("() => document.fonts.ready.then(() => undefined)");
        await page.WaitForLoadStateAsync(LoadState.Load);
        await Until.TrueAsync("no request under way for a moment", () => QuietAsync(page), () => page.Url, TimeSpan.FromSeconds(20));
    }

    /// <summary>The event stream never ends: so the entries of what has been loaded are counted, and two frames without a new one are quiet.</summary>
    private static Task<bool> QuietAsync(IPage page) => page.EvaluateAsync<bool>("""
        () => new Promise((resolve) => {
          const before = performance.getEntriesByType('resource').length;
          setTimeout(() => requestAnimationFrame(() => resolve(performance.getEntriesByType('resource').length === before)), 400);
        })
        """);

    private static async Task SaveAsync(IPage page, string name, string suffix) => await page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(Target, $"{name}-{suffix}.png"),
        Animations = ScreenshotAnimations.Disabled,
        Caret = ScreenshotCaret.Hide,
    });
}
