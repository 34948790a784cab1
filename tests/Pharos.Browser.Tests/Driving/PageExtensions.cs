using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Pharos.Browser.Tests.Driving;

/// <summary>What tests do with any page of Pharos.</summary>
internal static class PageExtensions
{
    /// <summary>Goes to an address and waits until its page is there and nothing of it is loading.</summary>
    public static async Task OpenAsync(this IPage page, string address)
    {
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.SettleAsync();
    }

    /// <summary>Waits until the page has its heading and nothing of it is loading.</summary>
    public static async Task SettleAsync(this IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 20_000 });
        await Expect(page.Locator("[aria-busy=true]:visible")).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 20_000 });
    }

    public static Task ExpectHeadingAsync(this IPage page, string text) =>
        Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync(text, new LocatorAssertionsToHaveTextOptions { Timeout = 20_000 });

    /// <summary>A panel of a dashboard by its title.</summary>
    public static ILocator Panel(this IPage page, string title) =>
        page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = title, Exact = true });

    public static ILocator Button(this IPage page, string name, bool exact = true) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = exact });

    public static ILocator Link(this IPage page, string name, bool exact = true) =>
        page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = exact });

    /// <summary>The value of a parameter of the address; null without it.</summary>
    public static string? Parameter(this IPage page, string name) =>
        System.Web.HttpUtility.ParseQueryString(new Uri(page.Url).Query)[name];

    public static Task ExpectPathAsync(this IPage page, string path) =>
        Expect(page).ToHaveURLAsync(new Regex("^http://[^/]+" + Regex.Escape(path) + "($|[?#])"), new PageAssertionsToHaveURLOptions { Timeout = 20_000 });

    /// <summary>How much wider than the window the page is, in CSS pixels; zero where nothing scrolls sideways.</summary>
    public static Task<int> OverflowAsync(this IPage page) => page.EvaluateAsync<int>("""
        () => Math.max(0, ...[document.documentElement, document.body, document.querySelector('main')]
          .filter(Boolean).map((one) => one.scrollWidth - Math.max(one.clientWidth, 1)))
        """);
}
