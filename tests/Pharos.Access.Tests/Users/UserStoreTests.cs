using System.Text.Json;
using Pharos.Access.Passwords;
using Pharos.Access.Users;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Access.Tests.Users;

public sealed class UserStoreTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryDocumentStore _documents;
    private readonly UserStore _users;

    public UserStoreTests()
    {
        _documents = new MemoryDocumentStore(_clock);
        _users = new UserStore(_documents, new PasswordHasher(iterations: 10), _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_added_user_is_listed_with_role_and_date_and_a_hashed_password()
    {
        await _users.AddAsync("ann", Role.Editor, "ann's password", Cancellation);
        UserList list = await _users.ListAsync(Cancellation);
        User user = Assert.Single(list.Users);
        Assert.Equal(("ann", Role.Editor, _clock.GetUtcNow()), (user.Name, user.Role, user.Created));
        Assert.True(PasswordHasher.Verify(user.PasswordRecord, "ann's password"));
        Assert.Same(user, list.Find("ann"));
        Assert.Null(list.Find("Ann"));
    }

    [Fact]
    public async Task The_stored_document_holds_no_password()
    {
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        Document? document = await _documents.ReadAsync(UserStore.Kind, "ann", Cancellation);
        string text = document!.Content.GetRawText();
        Assert.DoesNotContain("ann's password", text);
        Assert.StartsWith("$pbkdf2-sha512$", document.Content.GetProperty("password").GetString());
        Assert.Equal("viewer", document.Content.GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_printed_user_shows_no_record()
    {
        User user = await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        Assert.Equal("user ann (viewer)", user.ToString());
        Assert.Equal("user ann (viewer)", $"{user}");
    }

    [Fact]
    public async Task Names_are_taken_once_and_rules_hold()
    {
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        Assert.Contains("exists already", (await Assert.ThrowsAsync<AccessException>(() => _users.AddAsync("ann", Role.Admin, "other password", Cancellation))).Message);
        await Assert.ThrowsAsync<AccessException>(() => _users.AddAsync("a:b", Role.Viewer, "good password", Cancellation));
        AccessException weak = await Assert.ThrowsAsync<AccessException>(() => _users.AddAsync("bob", Role.Viewer, "short", Cancellation));
        Assert.DoesNotContain("short", weak.Message);
        Assert.Single((await _users.ListAsync(Cancellation)).Users);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one_and_nothing_else()
    {
        User before = await _users.AddAsync("ann", Role.Editor, "first password", Cancellation);
        _clock.Advance(TimeSpan.FromDays(1));
        await _users.SetPasswordAsync("ann", "second password", Cancellation);
        User after = (await _users.ListAsync(Cancellation)).Find("ann")!;
        Assert.False(PasswordHasher.Verify(after.PasswordRecord, "first password"));
        Assert.True(PasswordHasher.Verify(after.PasswordRecord, "second password"));
        Assert.Equal((before.Role, before.Created), (after.Role, after.Created));
        await Assert.ThrowsAsync<AccessException>(() => _users.SetPasswordAsync("bob", "some password", Cancellation));
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        await _users.AddAsync("root", Role.Admin, "some password", Cancellation);
        await _users.AddAsync("ann", Role.Editor, "some password", Cancellation);
        Assert.Contains("last admin", (await Assert.ThrowsAsync<AccessException>(() => _users.RemoveAsync("root", Cancellation))).Message);
        await _users.AddAsync("second", Role.Admin, "some password", Cancellation);
        await _users.RemoveAsync("root", Cancellation);
        await _users.RemoveAsync("ann", Cancellation);
        Assert.Equal("second", Assert.Single((await _users.ListAsync(Cancellation)).Users).Name);
        await Assert.ThrowsAsync<AccessException>(() => _users.RemoveAsync("nobody", Cancellation));
    }

    [Theory]
    [InlineData("""{"created":"2026-01-01T00:00:00Z","password":"$pbkdf2-sha512$i=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA=="}""", "the field role is missing")]
    [InlineData("""{"role":"god","created":"2026-01-01T00:00:00Z","password":"x"}""", "role is \"god\", expected viewer, editor or admin")]
    [InlineData("""{"role":"admin","created":"2026-01-01T00:00:00Z","password":"secret in clear"}""", "password is not a record")]
    [InlineData("""{"role":"admin","created":5,"password":"$pbkdf2-sha512$i=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA=="}""", "created is Number, expected String")]
    [InlineData("""{"role":"admin","created":"then","password":"$pbkdf2-sha512$i=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA=="}""", "created is not a time")]
    public async Task A_broken_document_is_no_user_and_is_named_without_its_secret(string content, string reason)
    {
        await _users.AddAsync("good", Role.Admin, "some password", Cancellation);
        using var json = JsonDocument.Parse(content);
        await _documents.WriteAsync(UserStore.Kind, "bad", json.RootElement, DocumentVersion.Any, Cancellation);
        UserList list = await _users.ListAsync(Cancellation);
        Assert.Equal("good", Assert.Single(list.Users).Name);
        UnreadableDocument unreadable = Assert.Single(list.Unreadable);
        Assert.Contains("bad", unreadable.Place);
        Assert.StartsWith(reason, unreadable.Reason);
        Assert.DoesNotContain("secret in clear", unreadable.Reason);
    }

    [Fact]
    public async Task The_list_is_read_again_only_when_something_changed()
    {
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        UserList first = await _users.ListAsync(Cancellation);
        Assert.Same(first, await _users.ListAsync(Cancellation));
        _documents.Touch();
        Assert.NotSame(first, await _users.ListAsync(Cancellation));
    }
}
