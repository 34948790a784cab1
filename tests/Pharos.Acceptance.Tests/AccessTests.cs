using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>Sign-in of the built server from its first start on.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task The_first_start_writes_a_password_and_nothing_is_answered_without_it()
    {
        using var folder = new TempFolder();
        int port = FreePort.Next();
        string data = folder.File("data");
        await using ChildProcess pharos = ChildProcess.Start(ServerProcess.PharosProgram,
            ["--storage.tsdb.path=" + data, $"--web.listen-address=127.0.0.1:{port}", "--web.enable-lifecycle"], folder.Path);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Until.TrueAsync("the server to be ready", async () => (await client.GetAsync("/-/ready")).IsSuccessStatusCode, () => pharos.Output);

        foreach (string path in new[] { "/", "/metrics", "/api/v1/query?query=up", "/api/v1/nosuch", "/nosuch", "/-/reload" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/-/healthy")).StatusCode);
        string file = Assert.Single(Directory.GetFiles(data, "*password*"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        string password = (await File.ReadAllTextAsync(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ')[^1].Trim();
        Assert.DoesNotContain(password, pharos.Output, StringComparison.Ordinal);

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{password}")));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/query?query=1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/-/reload", null)).StatusCode);
    }

    [Fact]
    public async Task A_token_made_on_the_command_line_reads_but_may_not_administer_until_it_is_revoked()
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await StartWithSignInAsync(folder);
        string made = await CommandAsync(folder, "token", "create", "--name", "ci", "--scope", "read", "--expires", "1d");
        string token = made.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries).OrderByDescending(static w => w.Length).First();
        pharos.Api.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        await Until.TrueAsync("the token to be known", async () => (await pharos.Api.Http.GetAsync("/api/v1/query?query=1")).IsSuccessStatusCode, () => pharos.Process.Output);
        Assert.Equal(HttpStatusCode.Forbidden, (await pharos.Api.Http.PostAsync("/-/reload", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await pharos.Api.Http.PostAsync("/api/v1/write", new ByteArrayContent([0]))).StatusCode);
        Assert.Contains("ci", await CommandAsync(folder, "token", "list"), StringComparison.Ordinal);

        await CommandAsync(folder, "token", "revoke", "ci");
        await Until.TrueAsync("the token to be refused", async () => (await pharos.Api.Http.GetAsync("/api/v1/query?query=1")).StatusCode == HttpStatusCode.Unauthorized, () => pharos.Process.Output);
    }

    [Theory]
    [InlineData("--web.listen-address=0.0.0.0:0")]
    [InlineData("--web.external-url=http://monitoring.example/")]
    public async Task Without_sign_in_only_loopback_is_served(string flag)
    {
        using var folder = new TempFolder();
        await using ChildProcess pharos = ChildProcess.Start(ServerProcess.PharosProgram, ["--storage.tsdb.path=" + folder.File("data"), "--web.auth=none", flag], folder.Path);

        int exitCode = await pharos.WaitForExitAsync(Until.Patience);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("--web.auth=none", pharos.Output, StringComparison.Ordinal);
    }

    private static Task<ServerProcess> StartWithSignInAsync(TempFolder folder) =>
        ServerProcess.StartPharosAsync(folder, "global: {}", "--web.auth=required");

    private static async Task<string> CommandAsync(TempFolder folder, params string[] arguments)
    {
        await using ChildProcess command = ChildProcess.Start(ServerProcess.PharosProgram, [.. arguments, "--storage.tsdb.path=" + folder.File("pharos")], folder.Path);
        int exitCode = await command.WaitForExitAsync(Until.Patience);
        Assert.True(exitCode == 0, $"pharos {string.Join(' ', arguments)} ended with {exitCode}: {command.Output}");
        return command.Output;
    }
}
