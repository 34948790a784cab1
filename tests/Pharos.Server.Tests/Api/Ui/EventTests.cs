using System.Net;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Scrape.Targets;
using Pharos.Server.Api.Ui;

namespace Pharos.Server.Tests.Api.Ui;

public sealed class EventTests : IAsyncLifetime
{
    private const string Events = "/api/pharos/v1/events";
    private UiHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await UiHost.StartAsync("--web.auth=required");
        await _host.Access.Users.AddAsync("ann", Role.Viewer, "ann's password", CancellationToken.None);
        await _host.Browser.SignInAsync("ann", "ann's password");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task One_of_each_is_told_at_once_and_then_what_changes()
    {
        using HttpResponseMessage response = await _host.Browser.SendAsync(HttpMethod.Get, Events);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            "event: alerts\ndata: {\"firing\":0,\"pending\":0,\"silenced\":0}\n\nevent: targets\ndata: {\"up\":0,\"total\":0}\n\n"
            + "event: changes\ndata: {\"time\":0}\n\nevent: config\ndata: {\"ok\":true}\n\n",
            await ReadAsync(stream, 4));
        _host.Pools = [UiHost.Pool("a", TargetHealth.Up, TargetHealth.Down)];
        await TickAsync();
        Assert.Equal("event: targets\ndata: {\"up\":1,\"total\":2}\n\n", await ReadAsync(stream, 1));
        _host.Told.LastTime = _host.Now;
        await TickAsync();
        Assert.Equal("event: alerts\ndata: {\"firing\":0,\"pending\":0,\"silenced\":0}\n\n", await ReadAsync(stream, 1));
        _host.Record(JournalKind.TargetDown, "a:1");
        _host.Reload.SetFailure(_host.Clock.GetUtcNow(), "no");
        long time = _host.Now;
        await TickAsync();
        Assert.Equal($"event: changes\ndata: {{\"time\":{time}}}\n\nevent: config\ndata: {{\"ok\":false}}\n\n", await ReadAsync(stream, 2));
    }

    [Fact]
    public async Task A_stream_in_which_nothing_happens_shows_that_it_lives()
    {
        using HttpResponseMessage response = await _host.Browser.SendAsync(HttpMethod.Get, Events);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await ReadAsync(stream, 4);
        for (int i = 0; i < 14; i++)
        {
            await TickAsync();
        }

        Assert.Equal(":\n\n", await ReadAsync(stream, 1));
    }

    [Fact]
    public async Task A_stream_ends_with_its_session()
    {
        using HttpResponseMessage response = await _host.Browser.SendAsync(HttpMethod.Get, Events);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await ReadAsync(stream, 4);
        await _host.Browser.SendAsync(HttpMethod.Delete, "/api/pharos/v1/session");
        await TickAsync();
        Assert.Equal("", await ReadAsync(stream, 1));
    }

    [Fact]
    public async Task A_caller_has_so_many_streams_and_no_more_until_one_ends()
    {
        var open = new List<HttpResponseMessage>();
        for (int i = 0; i < EventEndpoint.MaxPerCaller; i++)
        {
            open.Add(await _host.Browser.SendAsync(HttpMethod.Get, Events));
            Assert.Equal(HttpStatusCode.OK, open[^1].StatusCode);
        }

        using HttpResponseMessage refused = await _host.Browser.SendAsync(HttpMethod.Get, Events);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.Contains("Retry-After"));
        open.ForEach(static response => response.Dispose());
    }

    [Fact]
    public async Task Strangers_hear_nothing()
    {
        _host.Browser.Cookie = null;
        using HttpResponseMessage response = await _host.Browser.SendAsync(HttpMethod.Get, Events);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(response.Headers.WwwAuthenticate);
    }

    // The stream waits for the clock before it is moved, so that no tick is lost.
    private async Task TickAsync()
    {
        while (_host.Clock.WaitingTimers == 0)
        {
            await Task.Yield();
        }

        _host.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static async Task<string> ReadAsync(Stream stream, int events)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (text.ToString().Split("\n\n").Length <= events && await stream.ReadAsync(one, TestContext.Current.CancellationToken) > 0)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
