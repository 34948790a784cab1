using Pharos.Access.Passwords;
using Pharos.Access.Sessions;
using Pharos.Access.Users;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Access.Tests.Sessions;

public sealed class SessionStoreTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryDocumentStore _documents;
    private readonly UserStore _users;
    private readonly Dictionary<string, string> _webUsers = new(StringComparer.Ordinal);
    private readonly SessionStore _sessions;

    public SessionStoreTests()
    {
        _documents = new MemoryDocumentStore(_clock);
        _users = new UserStore(_documents, new PasswordHasher(iterations: 10), _clock);
        _sessions = Make();
    }

    [Fact]
    public async Task A_session_is_its_users_and_survives_a_restart()
    {
        string secret = await OpenAsync("ann", Role.Editor);
        foreach (SessionStore store in (SessionStore[])[_sessions, Make()])
        {
            Session session = (await store.FindAsync(secret, CancellationToken.None))!;
            Assert.Equal(PermissionTable.User("ann", Role.Editor), session.Caller);
            Assert.False(session.MustChangePassword);
        }
    }

    [Fact]
    public async Task What_is_stored_signs_nobody_in()
    {
        string secret = await OpenAsync("ann");
        Document document = (await _documents.ReadAsync(SessionStore.Kind, "user:ann", CancellationToken.None))!;
        string stored = document.Content.GetRawText();
        Session session = (await FindAsync(secret))!;
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Csrf, stored, StringComparison.Ordinal);
        Assert.Null(await FindAsync(document.Content.GetProperty("sessions")[0].GetProperty("sha256").GetString()!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../../../../../../../../../../../etc/passwd")]
    public async Task A_forged_secret_is_no_session(string secret)
    {
        await OpenAsync("ann");
        Assert.Null(await FindAsync(secret));
    }

    [Fact]
    public async Task Two_sessions_have_nothing_in_common()
    {
        string first = await OpenAsync("ann");
        string second = await _sessions.OpenAsync(PermissionTable.User("ann", Role.Viewer), CancellationToken.None);
        Assert.NotEqual(first, second);
        Assert.NotEqual((await FindAsync(first))!.Csrf, (await FindAsync(second))!.Csrf);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_for_a_week()
    {
        string secret = await OpenAsync("ann");
        _clock.Advance(TimeSpan.FromDays(6));
        Assert.NotNull(await FindAsync(secret));
        _clock.Advance(TimeSpan.FromDays(6));
        Assert.NotNull(await FindAsync(secret));
        _clock.Advance(TimeSpan.FromDays(7));
        Assert.Null(await FindAsync(secret));
    }

    [Fact]
    public async Task A_session_ends_after_thirty_days_however_much_it_is_used()
    {
        string secret = await OpenAsync("ann");
        for (int day = 1; day < 30; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
            Assert.NotNull(await FindAsync(secret));
        }

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await FindAsync(secret));
    }

    [Fact]
    public async Task The_time_of_the_last_use_is_written_once_an_hour()
    {
        string secret = await OpenAsync("ann");
        long revision = await _documents.GetRevisionAsync(SessionStore.Kind, CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(59));
        await FindAsync(secret);
        Assert.Equal(revision, await _documents.GetRevisionAsync(SessionStore.Kind, CancellationToken.None));
        _clock.Advance(TimeSpan.FromMinutes(2));
        await FindAsync(secret);
        Assert.NotEqual(revision, await _documents.GetRevisionAsync(SessionStore.Kind, CancellationToken.None));
    }

    [Fact]
    public async Task Another_password_ends_all_sessions_whoever_set_it()
    {
        string first = await OpenAsync("ann");
        string second = await _sessions.OpenAsync(PermissionTable.User("ann", Role.Viewer), CancellationToken.None);
        string other = await OpenAsync("bob");
        await _users.SetPasswordAsync("ann", "another password", CancellationToken.None);
        Assert.Null(await FindAsync(first));
        Assert.Null(await FindAsync(second));
        Assert.NotNull(await FindAsync(other));
    }

    [Fact]
    public async Task The_role_is_todays()
    {
        string secret = await OpenAsync("ann", Role.Editor);
        await _users.SetRoleAsync("ann", Role.Viewer, CancellationToken.None);
        Assert.Equal(Permissions.Read, (await FindAsync(secret))!.Caller.Permissions);
    }

    [Fact]
    public async Task A_user_that_was_removed_and_made_again_begins_anew()
    {
        string secret = await OpenAsync("ann");
        await _users.RemoveAsync("ann", CancellationToken.None);
        Assert.Null(await FindAsync(secret));
        await _users.AddAsync("ann", Role.Admin, "ann's password", CancellationToken.None);
        Assert.Null(await FindAsync(secret));
    }

    [Fact]
    public async Task Signing_out_ends_this_session_and_no_other()
    {
        string first = await OpenAsync("ann");
        string second = await _sessions.OpenAsync(PermissionTable.User("ann", Role.Viewer), CancellationToken.None);
        await _sessions.EndAsync(first, CancellationToken.None);
        await _sessions.EndAsync(first, CancellationToken.None);
        Assert.Null(await FindAsync(first));
        Assert.NotNull(await FindAsync(second));
    }

    [Fact]
    public async Task With_too_many_sessions_the_one_that_was_used_longest_ago_ends()
    {
        string first = await OpenAsync("ann");
        var others = new List<string>();
        for (int i = 0; i < 20; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            others.Add(await _sessions.OpenAsync(PermissionTable.User("ann", Role.Viewer), CancellationToken.None));
        }

        Assert.Null(await FindAsync(first));
        foreach (string secret in others)
        {
            Assert.NotNull(await FindAsync(secret));
        }
    }

    [Fact]
    public async Task Many_sign_ins_at_once_all_last()
    {
        await OpenAsync("ann");
        Task<string>[] opening = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => _sessions.OpenAsync(PermissionTable.User("ann", Role.Viewer), CancellationToken.None)))];
        foreach (string secret in await Task.WhenAll(opening))
        {
            Assert.NotNull(await FindAsync(secret));
        }
    }

    [Fact]
    public async Task A_user_of_the_web_configuration_has_sessions_of_its_own_while_it_is_there()
    {
        _webUsers["ann"] = "$2y$10$first";
        string own = await OpenAsync("ann");
        string web = await _sessions.OpenAsync(new Caller(CallerKind.WebConfigUser, "ann", Role.Admin, Permissions.All), CancellationToken.None);
        Assert.Equal(CallerKind.User, (await FindAsync(own))!.Caller.Kind);
        Assert.Equal(CallerKind.WebConfigUser, (await FindAsync(web))!.Caller.Kind);
        _webUsers["ann"] = "$2y$10$second";
        Assert.Null(await FindAsync(web));
        _webUsers.Clear();
        Assert.Null(await FindAsync(web));
        Assert.NotNull(await FindAsync(own));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_password_that_must_be_changed_says_so(bool byOthers)
    {
        _ = byOthers ? await _users.AddForChangeAsync("ann", Role.Admin, "admin", CancellationToken.None) : await _users.AddUnclaimedAsync("ann", "one time", CancellationToken.None);
        string secret = await _sessions.OpenAsync(PermissionTable.User("ann", Role.Admin), CancellationToken.None);
        Assert.True((await FindAsync(secret))!.MustChangePassword);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"sessions\":3,\"lastSignIn\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"sessions\":[3],\"lastSignIn\":\"2026-11-20T00:00:00Z\"}")]
    public async Task A_broken_document_hides_no_other_and_is_replaced_at_the_next_sign_in(string content)
    {
        string other = await OpenAsync("bob");
        await _users.AddAsync("ann", Role.Viewer, "ann's password", CancellationToken.None);
        await _documents.WriteAsync(SessionStore.Kind, "user:ann", System.Text.Json.JsonDocument.Parse(content).RootElement, DocumentVersion.Any, CancellationToken.None);
        Assert.NotNull(await FindAsync(other));
        string secret = await _sessions.OpenAsync(PermissionTable.User("ann", Role.Viewer), CancellationToken.None);
        Assert.NotNull(await FindAsync(secret));
    }

    [Fact]
    public async Task The_last_sign_in_is_known_after_signing_out_and_until_the_user_is_forgotten()
    {
        string secret = await OpenAsync("ann");
        DateTimeOffset time = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromHours(1));
        await _sessions.EndAsync(secret, CancellationToken.None);
        Assert.Equal(time, (await _sessions.LastSignInsAsync(CancellationToken.None))["ann"]);
        await _sessions.ForgetAsync("ann", CancellationToken.None);
        Assert.Empty(await _sessions.LastSignInsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_disk_that_refuses_the_time_of_use_ends_no_session()
    {
        string secret = await OpenAsync("ann");
        Session session = (await FindAsync(secret))!;
        Assert.DoesNotContain(secret, session.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(session.Csrf, session.ToString(), StringComparison.Ordinal);
        _documents.Failure = "disk full";
        await Assert.ThrowsAsync<DocumentStoreException>(async () => await FindAsync(secret));
        _documents.Failure = null;
        Assert.NotNull(await FindAsync(secret));
    }

    private SessionStore Make() => new(_documents, _users, () => _webUsers, _clock);

    private ValueTask<Session?> FindAsync(string secret) => _sessions.FindAsync(secret, CancellationToken.None);

    private async Task<string> OpenAsync(string name, Role role = Role.Viewer)
    {
        UserList users = await _users.ListAsync(CancellationToken.None);
        if (users.Users.Count == 0)
        {
            await _users.AddAsync("root", Role.Admin, "root's password", CancellationToken.None);
        }

        await _users.AddAsync(name, role, "a long password", CancellationToken.None);
        return await _sessions.OpenAsync(PermissionTable.User(name, role), CancellationToken.None);
    }
}
