using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;
using Pharos.Testing;
using Pharos.Testing.Processes;
using static Microsoft.Playwright.Assertions;

namespace Pharos.Browser.Tests;

/// <summary>The way in: first run, wrong and right passwords, the forced change, and the way out.</summary>
public sealed class SignInTests(Chromium chromium, SampleScene scene)
{
    private const string NewPassword = "seven slow grey herons";

    private static readonly Visitor Nobody = new() { Role = null };

    [Fact]
    public async Task The_first_run_takes_the_one_time_password_and_then_it_is_used_up()
    {
        using var folder = new TempFolder();
        await using ServerProcess server = await StartAsync(folder, null);
        string file = folder.File("pharos/initial-admin-password");
        string[] lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        string oneTime = lines.Single(static line => line.StartsWith("password ", StringComparison.Ordinal))["password ".Length..].Trim();
        await Visit.RunAsync(chromium.Browser, server.Address, null, Nobody with { Refusals = [401] }, async visit =>
        {
            IPage page = visit.Page;
            await page.GotoAsync("/");
            await page.ExpectHeadingAsync("Welcome. Choose a password to begin.");
            await Expect(page.GetByText("initial-admin-password")).ToBeVisibleAsync();

            await page.GetByLabel("One-time password").FillAsync("not the one");
            await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(NewPassword);
            await page.Button("Create account and open Pharos").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("this is not the one-time password", new LocatorAssertionsToContainTextOptions { IgnoreCase = true });

            await page.GetByLabel("One-time password").FillAsync(oneTime);
            await page.GetByLabel("User name").FillAsync("keeper");
            await page.Button("Create account and open Pharos").ClickAsync();
            await Expect(page.Button("Settings of keeper")).ToBeVisibleAsync();
        });
        Assert.False(File.Exists(file));
        await Visit.RunAsync(chromium.Browser, server.Address, null, Nobody, async visit =>
        {
            await visit.Page.GotoAsync("/");
            await visit.Page.ExpectHeadingAsync("Sign in");
        });
    }

    [Fact]
    public Task A_wrong_password_and_an_unknown_name_get_the_same_words_and_the_right_one_opens_the_page_that_was_wanted() =>
        scene.VisitAsync(chromium, Nobody with { Refusals = [401] }, async visit =>
        {
            IPage page = visit.Page;
            await page.GotoAsync("/d/endpoint-stats?from=now-2m&to=now");
            await page.ExpectHeadingAsync("Sign in");
            var told = new List<string>();
            foreach (string name in new[] { "nobody-of-this-name", Scene.NameOf("Editor") })
            {
                await SignInAsync(page, name, "not the password");
                await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
                await Expect(page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true })).ToHaveValueAsync("");
                told.Add(await page.GetByRole(AriaRole.Alert).InnerTextAsync());
            }

            Assert.Equal(told[0], told[1]);
            Assert.Contains("wrong name or password", told[0], StringComparison.OrdinalIgnoreCase);
            await SignInAsync(page, Scene.NameOf("Editor"), Scene.PasswordOf("Editor"));
            await page.ExpectHeadingAsync("Endpoint Statistics Overview");
            Assert.Equal("now-2m", page.Parameter("from"));
        });

    [Fact]
    public async Task A_known_default_password_opens_nothing_but_its_change()
    {
        using var folder = new TempFolder();
        await using ServerProcess server = await StartAsync(folder, new Dictionary<string, string> { ["GF_SECURITY_ADMIN_PASSWORD"] = "admin" });
        await Visit.RunAsync(chromium.Browser, server.Address, null, Nobody with { Refusals = [400, 401, 403, 422] }, async visit =>
        {
            IPage page = visit.Page;
            await page.GotoAsync("/");
            await SignInAsync(page, "admin", "admin");
            await page.ExpectHeadingAsync("Choose a password of your own.");
            IAPIResponse refused = await visit.Context.APIRequest.GetAsync(new Uri(server.Address, "/api/v1/query?query=1").ToString());
            Assert.Equal(403, refused.Status);
            await page.ReloadAsync();
            await page.ExpectHeadingAsync("Choose a password of your own.");

            await page.GetByLabel("Password now").FillAsync("admin");
            await page.GetByLabel("New password").FillAsync(NewPassword);
            await page.Button("Change password").ClickAsync();
            await Expect(page.Button("Settings of admin")).ToBeVisibleAsync();
            IAPIResponse answered = await visit.Context.APIRequest.GetAsync(new Uri(server.Address, "/api/v1/query?query=1").ToString());
            Assert.Equal(200, answered.Status);
        });
    }

    [Fact]
    public Task The_cookie_is_out_of_reach_of_scripts_and_other_sites_and_worthless_after_the_sign_out() =>
        scene.VisitAsync(chromium, Nobody with { Refusals = [401] }, async visit =>
        {
            IPage page = visit.Page;
            await page.GotoAsync("/dashboards");
            await SignInAsync(page, Scene.NameOf("Viewer"), Scene.PasswordOf("Viewer"));
            await page.ExpectHeadingAsync("Dashboards");
            BrowserContextCookiesResult cookie = Assert.Single(await visit.Context.CookiesAsync());
            Assert.True(cookie.HttpOnly);
            Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
            Assert.Equal("/", cookie.Path);
            Assert.Equal("", await page.EvaluateAsync<string>("() => document.cookie"));

            await page.Button("Settings of " + Scene.NameOf("Viewer")).ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
            await page.ExpectHeadingAsync("Sign in");
            Assert.Empty(await visit.Context.CookiesAsync());
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(scene.Address, "/api/v1/query?query=1"));
            request.Headers.Add("Cookie", $"{cookie.Name}={cookie.Value}");
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
            using HttpResponseMessage answer = await client.SendAsync(request);
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
        });

    private static Task<ServerProcess> StartAsync(TempFolder folder, IReadOnlyDictionary<string, string>? environment)
    {
        folder.Write("served/prometheus.yml", "scrape_configs: []\n");
        return ServerProcess.StartWithSignInAsync(folder, folder.File("served"), FreePort.Next(), environment);
    }

    private static async Task SignInAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("User name").FillAsync(name);
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(password);
        await page.Button("Sign in").ClickAsync();
    }
}
