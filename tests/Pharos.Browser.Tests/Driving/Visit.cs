using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Pharos.Browser.Tests.Driving;

/// <summary>
/// One visit of one server with cookies and storage of its own. Over the whole visit it is noted what must never happen on any page: a request to
/// another origin, an error on the console (which is where a violated policy is told), an exception that nobody caught, a failing answer.
/// </summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly Uri _address;
    private readonly Visitor _visitor;

    private Visit(IBrowserContext context, IPage page, Uri address, Visitor visitor)
    {
        _context = context;
        _address = address;
        _visitor = visitor;
        Page = page;
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Does what a test does, then fails when something was noted.</summary>
    /// <param name="browser">Where.</param>
    /// <param name="address">The server.</param>
    /// <param name="state">Cookies of somebody who has signed in, as Playwright keeps them; null: nobody has.</param>
    /// <param name="visitor">Who comes.</param>
    /// <param name="work">What the test does.</param>
    public static async Task RunAsync(IBrowser browser, Uri address, string? state, Visitor visitor, Func<Visit, Task> work)
    {
        await using Visit visit = await StartAsync(browser, address, state, visitor);
        await work(visit);
        Assert.True(visit._complaints.IsEmpty, string.Join("\n", visit._complaints));
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static async Task<Visit> StartAsync(IBrowser browser, Uri address, string? state, Visitor visitor)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ColorScheme = visitor.Scheme,
            HasTouch = visitor.HasTouch,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = visitor.Width, Height = visitor.Height },
            StorageState = state,
        });
        context.SetDefaultTimeout(20_000);
        var visit = new Visit(context, await context.NewPageAsync(), address, visitor);
        visit.Watch();
        return visit;
    }

    private void Watch()
    {
        _context.Request += (_, request) => NoteRequest(request.Url);
        _context.Response += (_, response) => NoteStatus(response);
        _context.Console += (_, message) => NoteConsole(message);
        _context.WebError += (_, error) => _complaints.Enqueue($"not caught on {Page.Url}: {error.Error}");
        Page.WebSocket += (_, socket) => NoteRequest(socket.Url);
    }

    private void NoteRequest(string url)
    {
        var asked = new Uri(url);
        if (asked.Scheme is not ("data" or "blob") && asked.Authority != _address.Authority)
        {
            _complaints.Enqueue($"{Page.Url} asked {url}");
        }
    }

    private void NoteStatus(IResponse response)
    {
        if (response.Status >= 400 && !_visitor.Refusals.Contains(response.Status))
        {
            _complaints.Enqueue($"{response.Status} for {response.Request.Method} {response.Url} on {Page.Url}");
        }
    }

    private void NoteConsole(IConsoleMessage message)
    {
        // The browser tells every failing answer here too; those are noted with their status above.
        bool isStatus = message.Text.StartsWith("Failed to load resource: the server responded with a status", StringComparison.Ordinal);
        if (message.Type is "error" or "warning" && !isStatus)
        {
            _complaints.Enqueue($"console on {Page.Url}: {message.Text}");
        }
    }
}
