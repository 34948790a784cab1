using System.Text.Json;
using Pharos.Access.Users;
using Pharos.Core.Contracts;

namespace Pharos.Access.Sessions;

/// <summary>
/// The sessions of browsers: one document of the kind <c>sessions</c> a user, so that a restart ends none. A session is good while its user is there with the
/// password it was opened with. Safe for any thread, and beside other processes.
/// </summary>
public sealed class SessionStore
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "sessions";

    private const int MaxTries = 5;

    private readonly IDocumentStore _documents;
    private readonly UserStore _users;
    private readonly Func<IReadOnlyDictionary<string, string>> _webConfigUsers;
    private readonly TimeProvider _clock;
    private readonly SessionOptions _options;

    /// <summary>Read again when the store's revision moves. Replaced whole.</summary>
    private volatile SessionIndex? _index;

    /// <param name="documents">Where they are kept.</param>
    /// <param name="users">Own users.</param>
    /// <param name="webConfigUsers">The present <c>basic_auth_users</c>: name to hash.</param>
    /// <param name="clock">Ends them.</param>
    /// <param name="options">The limits.</param>
    public SessionStore(
        IDocumentStore documents, UserStore users, Func<IReadOnlyDictionary<string, string>> webConfigUsers, TimeProvider clock, SessionOptions? options = null)
    {
        _documents = documents;
        _users = users;
        _webConfigUsers = webConfigUsers;
        _clock = clock;
        _options = options ?? new SessionOptions();
    }

    /// <summary>Opens a session for a user whose password was found right; answers its secret, which is kept nowhere.</summary>
    /// <exception cref="AccessException">The user is gone, or others write without pause.</exception>
    /// <exception cref="DocumentStoreException">It could not be written.</exception>
    public async Task<string> OpenAsync(Caller caller, CancellationToken cancellationToken)
    {
        string record = await RecordOfAsync(caller.Kind, caller.Name, cancellationToken).ConfigureAwait(false)
            ?? throw new AccessException($"{caller} is gone");
        string secret = SessionSecret.Make();
        DateTimeOffset now = _clock.GetUtcNow();
        var session = new StoredSession(SessionSecret.Hash(secret), SessionSecret.Proof(record), now, now);
        await ChangeAsync(
            caller.Kind,
            caller.Name,
            user => user with
            {
                LastSignIn = now,
                Sessions = [.. user.Sessions.Where(old => old.Proof == session.Proof).OrderBy(static old => old.Used).TakeLast(_options.PerUser - 1), session],
            },
            cancellationToken).ConfigureAwait(false);
        return secret;
    }

    /// <summary>The session of this secret; null when there is none, or none any more. Notes that it is used.</summary>
    /// <exception cref="DocumentStoreException">The documents cannot be read.</exception>
    public async ValueTask<Session?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (!SessionSecret.IsSecret(secret))
        {
            return null;
        }

        string hash = SessionSecret.Hash(secret);
        SessionIndex index = await IndexAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = _clock.GetUtcNow();
        if (!index.TryFind(hash, out UserSessions owner, out StoredSession stored) || !IsAlive(stored, now)
            || await RecordOfAsync(owner.Kind, owner.Name, cancellationToken).ConfigureAwait(false) is not { } record
            || SessionSecret.Proof(record) != stored.Proof)
        {
            return null;
        }

        if (now - stored.Used > _options.UseInterval)
        {
            await NoteUseAsync(owner, hash, now, cancellationToken).ConfigureAwait(false);
        }

        return await DescribeAsync(owner, stored, secret, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the session of this secret, if there is one.</summary>
    /// <exception cref="DocumentStoreException">It could not be written.</exception>
    public async Task EndAsync(string secret, CancellationToken cancellationToken)
    {
        string hash = SessionSecret.Hash(secret);
        SessionIndex index = await IndexAsync(cancellationToken).ConfigureAwait(false);
        if (index.TryFind(hash, out UserSessions owner, out _))
        {
            await ChangeAsync(
                owner.Kind, owner.Name, user => user with { Sessions = [.. user.Sessions.Where(session => session.SecretHash != hash)] }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>When own users signed in last, as far as that is known.</summary>
    /// <exception cref="DocumentStoreException">The documents cannot be read.</exception>
    public async ValueTask<IReadOnlyDictionary<string, DateTimeOffset>> LastSignInsAsync(CancellationToken cancellationToken)
    {
        SessionIndex index = await IndexAsync(cancellationToken).ConfigureAwait(false);
        return index.Users.Where(static user => user.Kind == CallerKind.User).ToDictionary(static user => user.Name, static user => user.LastSignIn, StringComparer.Ordinal);
    }

    /// <summary>Forgets a user that was removed, so that one of the same name begins anew.</summary>
    /// <exception cref="DocumentStoreException">It could not be removed.</exception>
    public async Task ForgetAsync(string userName, CancellationToken cancellationToken) =>
        await _documents.DeleteAsync(Kind, SessionDocument.IdOf(CallerKind.User, userName), DocumentVersion.Any, cancellationToken).ConfigureAwait(false);

    private bool IsAlive(StoredSession session, DateTimeOffset now) => now - session.Created < _options.Absolute && now - session.Used < _options.Idle;

    private async ValueTask<Session> DescribeAsync(UserSessions owner, StoredSession stored, string secret, CancellationToken cancellationToken)
    {
        string csrf = SessionSecret.Csrf(secret);
        DateTimeOffset ends = stored.Created + _options.Absolute;
        if (owner.Kind == CallerKind.WebConfigUser)
        {
            return new Session(PermissionTable.WebConfigUser(owner.Name), MustChangePassword: false, csrf, ends);
        }

        UserList users = await _users.ListAsync(cancellationToken).ConfigureAwait(false);
        User? user = users.Find(owner.Name);

        // Gone between two looks: it may do nothing, and the next request finds no session.
        return user is null
            ? new Session(PermissionTable.User(owner.Name, Role.Viewer) with { Permissions = Permissions.None }, MustChangePassword: true, csrf, ends)
            : new Session(PermissionTable.User(user.Name, user.Role), user.MustChangePassword || user.IsUnclaimed, csrf, ends);
    }

    private async ValueTask<string?> RecordOfAsync(CallerKind kind, string name, CancellationToken cancellationToken)
    {
        if (kind == CallerKind.WebConfigUser)
        {
            return _webConfigUsers().GetValueOrDefault(name);
        }

        UserList users = await _users.ListAsync(cancellationToken).ConfigureAwait(false);
        return users.Find(name)?.PasswordRecord;
    }

    private async ValueTask<SessionIndex> IndexAsync(CancellationToken cancellationToken)
    {
        long revision = await _documents.GetRevisionAsync(Kind, cancellationToken).ConfigureAwait(false);
        if (_index is { } known && known.Revision == revision)
        {
            return known;
        }

        DocumentList list = await _documents.ListAsync(Kind, cancellationToken).ConfigureAwait(false);
        (List<UserSessions> users, _) = StoredFields.ReadAll(list, SessionDocument.Read);
        var index = new SessionIndex(list.Revision, users);
        _index = index;
        return index;
    }

    /// <summary>The session is as good without it: what cannot be written is tried again at the next use.</summary>
    private async ValueTask NoteUseAsync(UserSessions owner, string hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeAsync(
                owner.Kind,
                owner.Name,
                user => user with { Sessions = [.. user.Sessions.Select(session => session.SecretHash == hash ? session with { Used = now } : session)] },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AccessException or DocumentStoreException)
        {
            return;
        }
    }

    private async Task ChangeAsync(CallerKind kind, string name, Func<UserSessions, UserSessions> change, CancellationToken cancellationToken)
    {
        string id = SessionDocument.IdOf(kind, name);
        for (int i = 0; i < MaxTries; i++)
        {
            UserSessions user = await ReadAsync(kind, name, id, cancellationToken).ConfigureAwait(false);
            DateTimeOffset now = _clock.GetUtcNow();
            UserSessions changed = change(user);
            JsonElement content = SessionDocument.Write(changed with { Sessions = [.. changed.Sessions.Where(session => IsAlive(session, now))] });
            try
            {
                await _documents.WriteAsync(Kind, id, content, user.Version, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (DocumentConflictException)
            {
                // Somebody else changed the sessions of this user: begin with theirs.
                continue;
            }
        }

        throw new AccessException("too many sign-ins of one user at once: try again");
    }

    private async ValueTask<UserSessions> ReadAsync(CallerKind kind, string name, string id, CancellationToken cancellationToken)
    {
        try
        {
            Document? document = await _documents.ReadAsync(Kind, id, cancellationToken).ConfigureAwait(false);
            return document is null ? new UserSessions(kind, name, default, [], DocumentVersion.Absent) : SessionDocument.Read(document);
        }
        catch (Exception exception) when (exception is FormatException or DocumentUnreadableException)
        {
            // Nobody's session can be read from it: it is replaced.
            return new UserSessions(kind, name, default, [], DocumentVersion.Any);
        }
    }
}
