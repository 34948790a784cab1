using Pharos.Access.Passwords;
using Pharos.Core.Contracts;

namespace Pharos.Access.Users;

/// <summary>The users, one document of the kind <c>users</c> each. Safe for any thread, and beside other processes.</summary>
public sealed class UserStore
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "users";

    /// <summary>One at a time takes an admin away, so that two do not take the last two of a store.</summary>
    private static readonly SemaphoreSlim AdminsLock = new(1);

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
    public Task<User> AddAsync(string name, Role role, string password, CancellationToken cancellationToken)
    {
        Refuse(UserName.Check(name));
        Refuse(PasswordRule.Check(name, password));
        return AddAsync(Make(name, role, password), cancellationToken);
    }

    /// <summary>
    /// Adds a user whose password is good for nothing but choosing another one at the first sign-in. It may be short and known to everybody, such as <c>admin</c>.
    /// </summary>
    /// <exception cref="AccessException">The name is refused or taken, or the password is empty, too long or has control characters.</exception>
    public Task<User> AddForChangeAsync(string name, Role role, string password, CancellationToken cancellationToken)
    {
        Refuse(UserName.Check(name));
        Refuse(PasswordRule.CheckForChange(password));
        return AddAsync(Make(name, role, password) with { MustChangePassword = true }, cancellationToken);
    }

    /// <summary>A password that its user chose: it need not be changed any more, and a first admin is claimed by it.</summary>
    /// <exception cref="AccessException">There is no such user, the password is refused, or somebody else changed the user at the same moment.</exception>
    public async Task SetPasswordAsync(string name, string password, CancellationToken cancellationToken)
    {
        Refuse(PasswordRule.Check(name, password));
        User user = await GetAsync(name, cancellationToken).ConfigureAwait(false);
        User changed = user with { PasswordRecord = _hasher.Hash(password), MustChangePassword = false, IsUnclaimed = false };
        await ReplaceAsync(changed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses to take the role from the last admin.</summary>
    /// <exception cref="AccessException">There is no such user, it is the last admin, or somebody else changed the user at the same moment.</exception>
    public async Task SetRoleAsync(string name, Role role, CancellationToken cancellationToken)
    {
        await AdminsLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            User user = await GetAsync(name, cancellationToken).ConfigureAwait(false);
            if (role != Role.Admin)
            {
                await RefuseLastAdminAsync(user, cancellationToken).ConfigureAwait(false);
            }

            await ReplaceAsync(user with { Role = role }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            AdminsLock.Release();
        }
    }

    /// <summary>Refuses to remove the last admin, from whom all others come.</summary>
    /// <exception cref="AccessException">There is no such user, it is the last admin, or somebody else changed the user at the same moment.</exception>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await AdminsLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            User user = await GetAsync(name, cancellationToken).ConfigureAwait(false);
            await RefuseLastAdminAsync(user, cancellationToken).ConfigureAwait(false);
            await DeleteAsync(user, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            AdminsLock.Release();
        }
    }

    /// <summary>
    /// Hands the server over to the person who knows the one-time password: the first admin gets this name and password. The caller has checked the one-time password.
    /// </summary>
    /// <param name="unclaimed">The admin of the first start.</param>
    /// <param name="name">The name that the person chose; may be the same.</param>
    /// <param name="password">The password that the person chose.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <exception cref="AccessException">The name or password is refused, or somebody else was faster.</exception>
    public async Task ClaimAsync(User unclaimed, string name, string password, CancellationToken cancellationToken)
    {
        Refuse(UserName.Check(name));
        Refuse(PasswordRule.Check(name, password));
        User claimed = Make(name, Role.Admin, password);
        if (name == unclaimed.Name)
        {
            await ReplaceAsync(claimed with { Version = unclaimed.Version }, cancellationToken).ConfigureAwait(false);
            return;
        }

        // The new one first: a crash between leaves two admins and not none.
        User added = await AddAsync(claimed, cancellationToken).ConfigureAwait(false);
        try
        {
            await DeleteAsync(unclaimed, cancellationToken).ConfigureAwait(false);
        }
        catch (AccessException)
        {
            await DeleteAsync(added, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The admin of the first start, with its one-time password.</summary>
    internal Task<User> AddUnclaimedAsync(string name, string password, CancellationToken cancellationToken) =>
        AddAsync(Make(name, Role.Admin, password) with { IsUnclaimed = true }, cancellationToken);

    /// <summary>Writes the password with today's parameters, after it was found right. Does nothing when somebody else was faster.</summary>
    internal async Task RehashAsync(User user, string password, CancellationToken cancellationToken)
    {
        try
        {
            await ReplaceAsync(user with { PasswordRecord = _hasher.Hash(password) }, cancellationToken).ConfigureAwait(false);
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

    private User Make(string name, Role role, string password) => new(name, role, _clock.GetUtcNow(), _hasher.Hash(password), DocumentVersion.Absent);

    private async Task<User> AddAsync(User user, CancellationToken cancellationToken)
    {
        try
        {
            return UserDocument.Read(
                await _documents.WriteAsync(Kind, user.Name, UserDocument.Write(user), DocumentVersion.Absent, cancellationToken).ConfigureAwait(false));
        }
        catch (DocumentConflictException)
        {
            throw new AccessException($"user \"{user.Name}\" exists already");
        }
    }

    private async Task ReplaceAsync(User user, CancellationToken cancellationToken)
    {
        try
        {
            await _documents.WriteAsync(Kind, user.Name, UserDocument.Write(user), user.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentConflictException)
        {
            throw ChangedMeanwhile(user);
        }
    }

    private async Task DeleteAsync(User user, CancellationToken cancellationToken)
    {
        try
        {
            await _documents.DeleteAsync(Kind, user.Name, user.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentConflictException)
        {
            throw ChangedMeanwhile(user);
        }
    }

    private async Task RefuseLastAdminAsync(User user, CancellationToken cancellationToken)
    {
        UserList list = await ListAsync(cancellationToken).ConfigureAwait(false);
        if (user.Role == Role.Admin && list.Users.Count(static other => other.Role == Role.Admin) == 1)
        {
            throw new AccessException($"user \"{user.Name}\" is the last admin: add another one first");
        }
    }

    private static AccessException ChangedMeanwhile(User user) => new($"user \"{user.Name}\" was changed at the same moment: try again");

    private static void Refuse(string? reason)
    {
        if (reason is not null)
        {
            throw new AccessException(reason);
        }
    }
}
