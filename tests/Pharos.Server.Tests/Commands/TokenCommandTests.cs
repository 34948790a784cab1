using System.Net;
using System.Net.Http.Headers;
using Pharos.Access.Passwords;
using Pharos.Server.Commands;
using Pharos.Server.Tests.Access;
using Pharos.Testing;

namespace Pharos.Server.Tests.Commands;

public sealed class TokenCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CommandConsole _console = new();
    private readonly TokenCommand _command = new(new PasswordHasher(iterations: 10));

    public TokenCommandTests()
    {
        Directory.CreateDirectory(_folder.File("data"));
    }

    private string PathFlag => "--storage.tsdb.path=" + _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_output_is_the_token_alone()
    {
        Assert.Equal(0, await _console.PipeAsync(_command, "", "create", "--scope", "ingest", "--expires", "30d", "--name", "prom", PathFlag));
        Assert.Matches("^pharos_[0-9a-z]{8}_[0-9a-z]{32}\n$", _console.Out);
        Assert.Contains("token \"prom\" of scope ingest, until 2026-12-20T00:00:00Z", _console.Error);
        Assert.DoesNotContain(_console.Out.Trim()[^32..], _console.Error + await File.ReadAllTextAsync(_folder.File("data/state/tokens/prom.json")));
    }

    [Fact]
    public async Task The_list_shows_what_is_no_secret()
    {
        await _console.PipeAsync(_command, "", "create", "--scope=read", "--name=dash", "--expires=never", PathFlag);
        await _console.PipeAsync(_command, "", "create", "--scope=admin", "--name=ci", "--expires=1h", PathFlag);
        string[] made = _console.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var list = new CommandConsole();
        list.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await list.PipeAsync(_command, "", "list", PathFlag));
        string[] lines = list.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["NAME", "SCOPE", "BEGINS", "WITH", "CREATED", "EXPIRES"], Words(lines[0]));
        Assert.Equal(["ci", "admin", made[1][..15], "2026-11-20T00:00:00Z", "expired"], Words(lines[1]));
        Assert.Equal(["dash", "read", made[0][..15], "2026-11-20T00:00:00Z", "never"], Words(lines[2]));
        Assert.DoesNotContain(made[0][^32..], list.Out);
    }

    [Fact]
    public async Task A_running_server_knows_a_new_token_and_forgets_a_revoked_one()
    {
        await using AccessHost host = await AccessHost.StartAsync(_folder);
        await _console.PipeAsync(_command, "", "create", "--scope=read", "--name=dash", PathFlag);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using HttpClient client = host.Client(new AuthenticationHeaderValue("Bearer", _console.Out.Trim()));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/read")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/ingest", null)).StatusCode);
        Assert.Equal(0, await _console.PipeAsync(_command, "", "revoke", "dash", PathFlag));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/read")).StatusCode);
    }

    [Theory]
    [InlineData(1, "there is no token \"x\"", "revoke", "x")]
    [InlineData(1, "no colon", "create", "--name=a:b", "--scope=read")]
    [InlineData(2, "--name is missing", "create", "--scope=read")]
    [InlineData(2, "--scope is read, ingest or admin", "create", "--name=x")]
    [InlineData(2, "--scope is read, ingest or admin", "create", "--name=x", "--scope=write")]
    [InlineData(2, "--expires", "create", "--name=x", "--scope=read", "--expires=soon")]
    [InlineData(2, "--expires", "create", "--name=x", "--scope=read", "--expires=0s")]
    [InlineData(2, "--scope belongs to create", "list", "--scope=read")]
    [InlineData(2, "unknown action", "delete", "x")]
    [InlineData(2, "NAME is missing", "revoke")]
    public async Task What_cannot_be_done_is_said_in_one_line(int exitCode, string expected, params string[] args)
    {
        Assert.Equal(exitCode, await _console.PipeAsync(_command, "", [.. args, PathFlag]));
        Assert.Contains(expected, _console.Error);
        Assert.Single(_console.Error.TrimEnd().Split('\n'));
        Assert.Empty(_console.Out);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await _console.PipeAsync(_command, "", "create", "--scope=read", "--name=x", PathFlag);
        Assert.Equal(1, await _console.PipeAsync(_command, "", "create", "--scope=admin", "--name=x", PathFlag));
        Assert.Contains("exists already", _console.Error);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
