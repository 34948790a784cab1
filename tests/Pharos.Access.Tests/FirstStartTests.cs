using Pharos.Access.Passwords;
using Pharos.Access.Users;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Access.Tests;

public sealed class FirstStartTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryDocumentStore _documents;
    private readonly UserStore _users;

    public FirstStartTests()
    {
        _documents = new MemoryDocumentStore(_clock);
        _users = new UserStore(_documents, new PasswordHasher(iterations: 10), _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string PasswordFile => _folder.File("data/initial-admin-password");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task On_a_terminal_the_password_is_handed_out_and_written_nowhere()
    {
        FirstStartNotice notice = await RunAsync(hasTerminal: true);
        Assert.Equal((FirstStartKind.Show, "admin"), (notice.Kind, notice.UserName));
        await AssertAdminAsync(notice.Password!);
        Assert.False(Directory.Exists(_folder.File("data")));
        Assert.DoesNotContain(notice.Password!, notice.ToString());
    }

    [Fact]
    public async Task Without_a_terminal_it_is_written_to_a_file_for_its_owner_only()
    {
        FirstStartNotice notice = await RunAsync();
        Assert.Equal((FirstStartKind.Written, PasswordFile), (notice.Kind, notice.Path));
        Assert.Null(notice.Password);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PasswordFile));
        string[] lines = await File.ReadAllLinesAsync(PasswordFile, Cancellation);
        await AssertAdminAsync(lines[^1].Split(' ')[^1]);
    }

    [Theory]
    [InlineData("a good long password", false)]
    [InlineData("admin", true)]
    [InlineData("short", true)]
    public async Task The_environment_may_name_the_admin_and_a_known_or_short_password_only_forces_a_change(string password, bool mustChange)
    {
        var given = new GivenAdmin("root", password, "GF_SECURITY_ADMIN_PASSWORD");
        FirstStartNotice notice = await new FirstStart(_users, _folder.File("data")).RunAsync(null, hasTerminal: true, hasOtherUsers: true, Cancellation, given);
        Assert.Equal((FirstStartKind.FromEnvironment, "root", null), (notice.Kind, notice.UserName, notice.Password));
        User user = Assert.Single((await _users.ListAsync(Cancellation)).Users);
        Assert.Equal(("root", Role.Admin, mustChange), (user.Name, user.Role, user.MustChangePassword));
        Assert.DoesNotContain(password, given.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(password, notice.ToString(), StringComparison.Ordinal);
        Assert.Equal(FirstStartKind.NotNeeded, (await new FirstStart(_users, _folder.File("data")).RunAsync(null, true, false, Cancellation, given)).Kind);
    }

    [Fact]
    public async Task A_file_that_lies_there_open_to_all_is_replaced_by_a_closed_one()
    {
        _folder.Write("data/initial-admin-password", "old");
        File.SetUnixFileMode(PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await RunAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PasswordFile));
        Assert.DoesNotContain("old", await File.ReadAllTextAsync(PasswordFile, Cancellation));
    }

    [Theory]
    [InlineData("my own password\n")]
    [InlineData("my own password\r\n")]
    [InlineData("my own password")]
    public async Task A_given_file_decides(string content)
    {
        string path = _folder.Write("secret", content);
        FirstStartNotice notice = await RunAsync(path);
        Assert.Equal((FirstStartKind.FromFile, path, null), (notice.Kind, notice.Path, notice.Password));
        await AssertAdminAsync("my own password");
        Assert.False(File.Exists(PasswordFile));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    [InlineData("two lines\nof text here")]
    public async Task A_given_file_with_a_bad_password_stops_the_start_without_showing_it(string content)
    {
        string path = _folder.Write("secret", content);
        AccessException exception = await Assert.ThrowsAsync<AccessException>(() => RunAsync(path));
        Assert.Contains($"--web.admin-password-file {path}", exception.Message);
        Assert.DoesNotContain("short", exception.Message);
        Assert.Empty((await _users.ListAsync(Cancellation)).Users);
    }

    [Fact]
    public async Task A_given_file_that_is_absent_or_huge_stops_the_start()
    {
        Assert.Contains("/nowhere", (await Assert.ThrowsAsync<AccessException>(() => RunAsync("/nowhere"))).Message);
        string path = _folder.Write("secret", new string('x', 5000));
        Assert.Contains("no password", (await Assert.ThrowsAsync<AccessException>(() => RunAsync(path))).Message);
    }

    [Fact]
    public async Task Only_the_first_start_makes_an_admin()
    {
        await RunAsync(hasTerminal: true);
        Assert.Equal(FirstStartKind.NotNeeded, (await RunAsync(hasTerminal: true)).Kind);
        Assert.Equal(FirstStartKind.NotNeeded, (await RunAsync(_folder.Write("secret", "another password"))).Kind);
        Assert.Single((await _users.ListAsync(Cancellation)).Users);
    }

    [Fact]
    public async Task Users_of_the_web_configuration_are_enough()
    {
        Assert.Equal(FirstStartKind.NotNeeded, (await RunAsync(hasOtherUsers: true)).Kind);
        Assert.Empty((await _users.ListAsync(Cancellation)).Users);
        Assert.Equal(FirstStartKind.FromFile, (await RunAsync(_folder.Write("secret", "my own password"), hasOtherUsers: true)).Kind);
    }

    [Fact]
    public async Task Broken_users_are_no_reason_for_a_new_admin()
    {
        _documents.Unreadable.Add(new UnreadableDocument(UserStore.Kind, "/data/state/users/admin.json", "torn"));
        AccessException exception = await Assert.ThrowsAsync<AccessException>(() => RunAsync());
        Assert.Contains("/data/state/users/admin.json: torn", exception.Message);
    }

    [Fact]
    public async Task The_file_is_forgotten_on_demand()
    {
        await RunAsync();
        FirstStart.Forget(_folder.File("data"));
        Assert.False(File.Exists(PasswordFile));
        FirstStart.Forget(_folder.File("data"));
    }

    private Task<FirstStartNotice> RunAsync(string? passwordFile = null, bool hasTerminal = false, bool hasOtherUsers = false)
        => new FirstStart(_users, _folder.File("data")).RunAsync(passwordFile, hasTerminal, hasOtherUsers, Cancellation);

    private async Task AssertAdminAsync(string password)
    {
        User admin = Assert.Single((await _users.ListAsync(Cancellation)).Users);
        Assert.Equal(("admin", Role.Admin), (admin.Name, admin.Role));
        Assert.True(PasswordHasher.Verify(admin.PasswordRecord, password));
    }
}
