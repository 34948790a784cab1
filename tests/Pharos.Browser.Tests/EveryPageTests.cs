using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;

namespace Pharos.Browser.Tests;

/// <summary>What holds for each page in both themes: nothing on the console, no violated policy, nothing asked elsewhere (all by <see cref="Visit"/>), no serious finding of axe, no sideways scroll on a phone.</summary>
public sealed class EveryPageTests(Chromium chromium, SampleScene scene)
{
    public static TheoryData<string> Addresses { get; } = [.. Pages.All.Select(static p => p.Address)];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_page_is_clean_in_both_themes_and_fits_a_phone(string address)
    {
        var found = new List<string>();
        IReadOnlyList<int> refusals = address == Pages.NotThere ? [404] : [];
        foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await scene.VisitAsync(chromium, Visitor.Desk with { Scheme = scheme, Refusals = refusals }, async visit =>
            {
                await visit.Page.OpenAsync(address);
                found.AddRange((await Accessibility.SeriousViolationsAsync(visit.Page)).Select(one => $"{scheme}: {one}"));
            });
        }

        await scene.VisitAsync(chromium, Visitor.Phone with { Refusals = refusals }, async visit =>
        {
            await visit.Page.OpenAsync(address);
            int overflow = await visit.Page.OverflowAsync();
            if (overflow > 0)
            {
                found.Add($"390 px: {address} is {overflow} px too wide");
            }
        });
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Theory]
    [InlineData("/graph?g0.expr=up&g0.range_input=2h", "/query")]
    [InlineData("/rules", "/alerts")]
    [InlineData("/service-discovery", "/targets")]
    [InlineData("/config", "/system/configuration")]
    [InlineData("/flags", "/system/flags")]
    [InlineData("/#/alerts?filter=%7Balertname%3D%22FlaskAppDown%22%7D", "/alerts")]
    [InlineData("/explore", "/query")]
    [InlineData("/alerting/list", "/alerts")]
    public Task An_address_of_prometheus_alertmanager_or_grafana_leads_to_the_page_that_answers_it(string old, string path) =>
        scene.VisitAsync(chromium, Visitor.Desk, async visit =>
        {
            await visit.Page.OpenAsync(old);
            await visit.Page.ExpectPathAsync(path);
        });
}
