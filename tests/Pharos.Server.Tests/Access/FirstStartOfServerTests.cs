using System.Net;
using Pharos.Access;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

public sealed class FirstStartOfServerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_made_admin_signs_in_and_the_log_does_not_know_the_password()
    {
        await using AccessHost host = await AccessHost.StartAsync(_folder);
        FirstStartNotice notice = await host.Access.FirstStartAsync(hasTerminal: true, CancellationToken.None);
        using HttpClient client = host.Client(AccessHost.Basic("admin", notice.Password!));
        Assert.Equal("user admin", await client.GetStringAsync("/admin"));
        Assert.Contains("shown on the terminal", host.Log);
        Assert.DoesNotContain(notice.Password!, host.Log);
        Assert.Equal(FirstStartKind.NotNeeded, (await host.Access.FirstStartAsync(hasTerminal: true, CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task The_password_of_the_file_signs_in()
    {
        string file = _folder.Write("secret", "my own password\n");
        await using AccessHost host = await AccessHost.StartAsync(_folder, "--web.admin-password-file=" + file);
        Assert.Equal(FirstStartKind.FromFile, (await host.Access.FirstStartAsync(hasTerminal: true, CancellationToken.None)).Kind);
        using HttpClient client = host.Client(AccessHost.Basic("admin", "my own password"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/admin")).StatusCode);
        Assert.DoesNotContain("my own password", host.Log);
    }

    [Fact]
    public async Task Without_a_terminal_the_log_names_the_file()
    {
        await using AccessHost host = await AccessHost.StartAsync(_folder);
        FirstStartNotice notice = await host.Access.FirstStartAsync(hasTerminal: false, CancellationToken.None);
        string password = (await File.ReadAllTextAsync(notice.Path!)).TrimEnd().Split(' ')[^1];
        Assert.Contains(notice.Path!, host.Log);
        Assert.DoesNotContain(password, host.Log);
        using HttpClient client = host.Client(AccessHost.Basic("admin", password));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/admin")).StatusCode);
    }

    [Fact]
    public async Task Broken_users_and_tokens_are_named_at_the_start()
    {
        await using AccessHost host = await AccessHost.StartAsync(_folder);
        await host.Access.FirstStartAsync(hasTerminal: true, CancellationToken.None);
        _folder.Write("data/state/users/bob.json", "{");
        _folder.Write("data/state/tokens/ci.json", "");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Access.FirstStartAsync(hasTerminal: true, CancellationToken.None);
        Assert.Contains("bob.json", host.Log);
        Assert.Contains("ci.json", host.Log);
    }
}
