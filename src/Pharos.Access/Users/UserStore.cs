using System.Text.Json;
using Pharos.Access.Passwords;
using Pharos.Core.Contracts;

namespace Pharos.Access.Users;

/// <summary>The users, one document of the kind <c>users</c> each. Safe for any thread, and beside other processes.</summary>
public sealed class UserStore
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "users";

    private readonly IDocumentStore _documents;
    private readonly PasswordHasher _hasher;
    private readonly TimeProvider _clock;

    /// <summary>The last list, read again when the store's revision moves. Replaced whole.</summary>
    private volatile UserList? _list;

    /// <param name="documents">Where they are kept.</param>
    /// <param name="hasher">For new passwords.</param>
    /// <param name="clock">Dates them.</param>
    public UserStore(IDocumentStore documents, PasswordHasher hasher, TimeProvider clock)
    {
        _documents = documents;
        _hasher = hasher;
        _clock = clock;
    }

    internal PasswordHasher Hasher => _hasher;

    /// <summary>All users, by name; and what stands where a user should be.</summary>
    public async ValueTask<UserList> ListAsync(CancellationToken cancellationToken)
    {
        long revision = await _documents.GetRevisionAsync(Kind, cancellationToken).ConfigureAwait(false);
        if (_list is { } known && known.Revision == revision)
        {
            return known;
        }

        UserList list = UserDocument.ReadAll(await _documents.ListAsync(Kind, cancellationToken).ConfigureAwait(false));
        _list = list;
        return list;
    }

    /// <exception cref="AccessException">The name or password is refused, or the name is taken.</exception>
    public async Task<User> AddAsync(string name, Role role, string password, CancellationToken cancellationToken)
    {
        Refuse(UserName.Check(name));
        Refuse(PasswordRule.Check(name, password));
        JsonElement content = UserDocument.Write(role, _clock.GetUtcNow(), _hasher.Hash(password));
        try
        {
            return UserDocument.Read(await _documents.WriteAsync(Kind, name, content, DocumentVersion.Absent, cancellationToken).ConfigureAwait(false));
        }
        catch (DocumentConflictException)
        {
            throw new AccessException($"user \"{name}\" exists already");
        }
    }

    /// <exception cref="AccessException">There is no such user, the password is refused, or somebody else changed the user at the same moment.</exception>
    public async Task SetPasswordAsync(string name, string password, CancellationToken cancellationToken)
    {
        Refuse(PasswordRule.Check(name, password));
        User user = await GetAsync(name, cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(user, user.Role, _hasher.Hash(password), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses to remove the last admin, from whom all others come.</summary>
    /// <exception cref="AccessException">There is no such user, it is the last admin, or somebody else changed the user at the same moment.</exception>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        User user = await GetAsync(name, cancellationToken).ConfigureAwait(false);
        UserList list = await ListAsync(cancellationToken).ConfigureAwait(false);
        if (user.Role == Role.Admin && list.Users.Count(static other => other.Role == Role.Admin) == 1)
        {
            throw new AccessException($"user \"{name}\" is the last admin: add another one first");
        }

        try
        {
            await _documents.DeleteAsync(Kind, name, user.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentConflictException)
        {
            throw new AccessException($"user \"{name}\" was changed at the same moment: try again");
        }
    }

    /// <summary>Writes the password with today's parameters, after it was found right. Does nothing when somebody else was faster.</summary>
    internal async Task RehashAsync(User user, string password, CancellationToken cancellationToken)
    {
        try
        {
            await ReplaceAsync(user, user.Role, _hasher.Hash(password), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AccessException or DocumentStoreException)
        {
            // The old record is as right as before; the next sign-in tries again.
        }
    }

    private async Task<User> GetAsync(string name, CancellationToken cancellationToken)
    {
        UserList list = await ListAsync(cancellationToken).ConfigureAwait(false);
        return list.Find(name) ?? throw new AccessException($"there is no user \"{name}\"");
    }

    private async Task ReplaceAsync(User user, Role role, string record, CancellationToken cancellationToken)
    {
        JsonElement content = UserDocument.Write(role, user.Created, record);
        try
        {
            await _documents.WriteAsync(Kind, user.Name, content, user.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentConflictException)
        {
            throw new AccessException($"user \"{user.Name}\" was changed at the same moment: try again");
        }
    }

    private static void Refuse(string? reason)
    {
        if (reason is not null)
        {
            throw new AccessException(reason);
        }
    }
}
