using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;
using static Microsoft.Playwright.Assertions;

namespace Pharos.Browser.Tests;

/// <summary>From the stopped application to the silence, on the screen.</summary>
public sealed class AlertTests(Chromium chromium, SampleScene calm, OutageScene outage) : IClassFixture<OutageScene>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 30_000 };

    [Fact]
    public async Task A_stopped_application_shows_as_a_firing_alert_that_was_sent_and_can_be_silenced() => await outage.VisitAsync(chromium, Visitor.Desk, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/alerts");
        await Expect(page.Button("Firing 0")).ToBeVisibleAsync();
        await outage.Application.StopAsync();
        await Expect(page.Button("Firing 1")).ToBeVisibleAsync(Patiently); // the page was not touched meanwhile
        await Expect(page.GetByText(new Regex("^sent ")).First).ToBeVisibleAsync(Patiently);

        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "FlaskAppDown" }).First.ClickAsync();
        ILocator card = page.GetByRole(AriaRole.Article);
        await Expect(card.GetByRole(AriaRole.Heading, new LocatorGetByRoleOptions { Name = "FlaskAppDown" })).ToBeVisibleAsync();
        await Expect(card).ToContainTextAsync("No instance of endpoint-stats answers");
        await Expect(card).ToContainTextAsync("rules/alerts.yml");
        await Expect(card).ToContainTextAsync("Goes to slack-critical, slack-notifications");

        await card.GetByLabel("Comment").FillAsync("the harbour is closed");
        await Expect(card.GetByText(new Regex("^Hides 1 alert now"))).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new Regex("^Silence until ") }).ClickAsync();
        await Expect(page.Button("Silenced 1")).ToBeVisibleAsync(Patiently);
        await Expect(page.Button("Firing 0")).ToBeVisibleAsync(Patiently);

        JsonElement silence = Assert.Single(JsonDocument.Parse(await outage.Admin.GetStringAsync("/api/v2/silences")).RootElement.EnumerateArray());
        Assert.Equal("active", silence.GetProperty("status").GetProperty("state").GetString());
        Assert.Equal("the harbour is closed", silence.GetProperty("comment").GetString());
        Assert.Equal("admin", silence.GetProperty("createdBy").GetString());
        Assert.Contains(silence.GetProperty("matchers").EnumerateArray(), static m => m.GetProperty("value").GetString() == "FlaskAppDown");
    });

    [Fact]
    public async Task A_viewer_sees_the_evidence_and_no_form_for_a_silence() => await calm.VisitAsync(chromium, Visitor.Desk with { Role = "Viewer", Refusals = [403] }, async visit =>
    {
        IPage page = visit.Page;
        await page.OpenAsync("/alerts");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "FlaskHighErrorRate" }).First.ClickAsync();
        ILocator card = page.GetByRole(AriaRole.Article);
        await Painting.UntilAsync(card, "value and limit over time", static p => p.Pixels > 50);
        await Expect(card.GetByRole(AriaRole.Form, new LocatorGetByRoleOptions { Name = "Silence" })).ToHaveCountAsync(0);
        int status = await page.EvaluateAsync<int>("""
            async () => {
              const session = await (await fetch('/api/pharos/v1/session')).json();
              const headers = { 'Content-Type': 'application/json', 'X-Pharos-Csrf': session.csrf };
              const silence = {
                matchers: [{ name: 'alertname', value: 'FlaskHighErrorRate', isRegex: false, isEqual: true }], createdBy: 'viewer', comment: 'mine',
                startsAt: new Date().toISOString(), endsAt: new Date(Date.now() + 60000).toISOString(),
              };
              return (await fetch('/api/v2/silences', { method: 'POST', headers, body: JSON.stringify(silence) })).status;
            }
            """);
        Assert.Equal(403, status);
    });
}
