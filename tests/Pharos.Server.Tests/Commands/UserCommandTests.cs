using Pharos.Access.Passwords;
using Pharos.Access.Users;
using Pharos.Core.Contracts;
using Pharos.Server.Access;
using Pharos.Server.Commands;
using Pharos.State;
using Pharos.Testing;

namespace Pharos.Server.Tests.Commands;

public sealed class UserCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CommandConsole _console = new();
    private readonly UserCommand _command = new(new PasswordHasher(iterations: 10));

    private string PathFlag => "--storage.tsdb.path=" + _folder.Path;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_user_is_added_with_a_password_from_a_pipe()
    {
        Assert.Equal(0, await _console.PipeAsync(_command, "ann's password\n", "add", "ann", "--role", "editor", PathFlag));
        User user = Assert.Single((await UsersAsync()).Users);
        Assert.Equal(("ann", Role.Editor), (user.Name, user.Role));
        Assert.True(PasswordHasher.Verify(user.PasswordRecord, "ann's password"));
        Assert.Equal("pharos: user \"ann\" is added as editor\n", _console.Error);
        Assert.Empty(_console.Out);
    }

    [Fact]
    public async Task A_person_types_it_twice_and_it_is_not_shown()
    {
        Assert.Equal(0, await _console.TypeAsync(_command, ["ann's password", "ann's password"], "add", "ann", PathFlag));
        Assert.Equal(Role.Viewer, Assert.Single((await UsersAsync()).Users).Role);
        Assert.Contains("New password of ann: ", _console.Error);
        Assert.DoesNotContain("ann's password", _console.Error + _console.Out);
    }

    [Theory]
    [InlineData("one password", "another password")]
    [InlineData("one password")]
    public async Task Two_that_differ_or_an_end_of_input_change_nothing(params string[] typed)
    {
        Assert.Equal(1, await _console.TypeAsync(_command, typed, "add", "ann", PathFlag));
        Assert.Empty((await UsersAsync()).Users);
    }

    [Fact]
    public async Task A_new_password_is_set_and_the_file_of_the_first_one_goes()
    {
        await _console.PipeAsync(_command, "first password\n", "add", "admin", "--role=admin", PathFlag);
        string file = _folder.Write("initial-admin-password", "password first password\n");
        Assert.Equal(0, await _console.PipeAsync(_command, "second password\n", "password", "admin", PathFlag));
        Assert.False(File.Exists(file));
        User user = Assert.Single((await UsersAsync()).Users);
        Assert.Equal(Role.Admin, user.Role);
        Assert.True(PasswordHasher.Verify(user.PasswordRecord, "second password"));
    }

    [Fact]
    public async Task Users_are_listed_in_a_table()
    {
        await _console.PipeAsync(_command, "some password\n", "add", "zoe", "--role=admin", PathFlag);
        await _console.PipeAsync(_command, "some password\n", "add", "ann", PathFlag);
        Assert.Equal(0, await _console.PipeAsync(_command, "", "list", PathFlag));
        Assert.Equal("NAME  ROLE    CREATED\nann   viewer  2026-11-20T00:00:00Z\nzoe   admin   2026-11-20T00:00:00Z\n", _console.Out);
    }

    [Fact]
    public async Task A_broken_document_is_named_and_hides_nothing()
    {
        await _console.PipeAsync(_command, "some password\n", "add", "ann", PathFlag);
        _folder.Write("state/users/bob.json", "{");
        Assert.Equal(0, await _console.PipeAsync(_command, "", "list", PathFlag));
        Assert.Contains("ann", _console.Out);
        Assert.Contains(_folder.File("state/users/bob.json"), _console.Error);
    }

    [Fact]
    public async Task A_user_is_removed_but_not_the_last_admin()
    {
        await _console.PipeAsync(_command, "some password\n", "add", "root", "--role=admin", PathFlag);
        await _console.PipeAsync(_command, "some password\n", "add", "ann", PathFlag);
        Assert.Equal(0, await _console.PipeAsync(_command, "", "remove", "ann", PathFlag));
        Assert.Equal(1, await _console.PipeAsync(_command, "", "remove", "root", PathFlag));
        Assert.Contains("last admin", _console.Error);
        Assert.Equal("root", Assert.Single((await UsersAsync()).Users).Name);
    }

    [Theory]
    [InlineData("short\n", "8 to 256 characters", "add", "ann")]
    [InlineData("", "no password on standard input", "add", "ann")]
    [InlineData("some password\n", "no colon", "add", "a:b")]
    [InlineData("some password\n", "there is no user \"ann\"", "password", "ann")]
    [InlineData("", "there is no user \"ann\"", "remove", "ann")]
    public async Task What_cannot_be_done_is_said_in_one_line(string input, string expected, params string[] words)
    {
        Assert.Equal(1, await _console.PipeAsync(_command, input, [.. words, PathFlag]));
        Assert.Contains(expected, _console.Error);
        Assert.Single(_console.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await _console.PipeAsync(_command, "some password\n", "add", "ann", PathFlag);
        Assert.Equal(1, await _console.TypeAsync(_command, [], "add", "ann", PathFlag));
        Assert.Contains("exists already", _console.Error);
    }

    [Theory]
    [InlineData("unknown action", "drop")]
    [InlineData("NAME is missing", "add")]
    [InlineData("unexpected secret", "add", "ann", "secret")]
    [InlineData("unexpected x", "list", "x")]
    [InlineData("--role belongs to add", "list", "--role=admin")]
    [InlineData("role", "add", "ann", "--role=god")]
    [InlineData("password", "add", "ann", "--password=secret")]
    public async Task A_wrong_command_line_ends_with_2(string expected, params string[] args)
    {
        Assert.Equal(2, await _console.PipeAsync(_command, "some password\n", [.. args, PathFlag]));
        Assert.Contains(expected, _console.Error);
        Assert.False(Directory.Exists(_folder.File("state")));
    }

    [Fact]
    public async Task Help_goes_to_the_output_and_no_words_at_all_are_an_error()
    {
        Assert.Equal(0, await _console.PipeAsync(_command, "", "--help"));
        Assert.Contains("usage: pharos user add NAME", _console.Out);
        Assert.Contains("--storage.tsdb.path", _console.Out);
        Assert.Equal(2, await _console.PipeAsync(_command, ""));
        Assert.Contains("usage: pharos user add NAME", _console.Error);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_made()
    {
        string nowhere = _folder.File("nowhere");
        Assert.Equal(1, await _console.PipeAsync(_command, "some password\n", "add", "ann", "--storage.tsdb.path=" + nowhere));
        Assert.Contains(nowhere, _console.Error);
        Assert.False(Directory.Exists(nowhere));
    }

    private async Task<UserList> UsersAsync()
    {
        using var documents = new FileDocumentStore(DataFolders.State(_folder.Path), _console.Clock);
        return await new UserStore(documents, new PasswordHasher(iterations: 10), _console.Clock).ListAsync(CancellationToken.None);
    }
}
