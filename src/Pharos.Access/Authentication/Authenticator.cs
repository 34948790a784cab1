using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Pharos.Access.Passwords;
using Pharos.Access.Tokens;
using Pharos.Access.Users;
using Pharos.Core.Contracts;

namespace Pharos.Access.Authentication;

/// <summary>
/// Finds out who sent a request. A proof that was found right once costs one keyed hash from then on; others are limited for each address and
/// each name, and neither the answer nor its time tells a wrong password from a name that nobody has. Safe for any thread.
/// </summary>
public sealed class Authenticator : IDisposable
{
    private const string Wrong = "wrong user, password or token";

    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    private readonly UserStore _users;
    private readonly TokenStore _tokens;
    private readonly Func<IReadOnlyDictionary<string, string>> _webConfigUsers;
    private readonly TimeProvider _clock;
    private readonly KeyedHash _hash = new();
    private readonly CheckedPasswords _checked;
    private readonly FailureLimiter _addresses;
    private readonly FailureLimiter _names;
    private readonly CheckSlots _checks;

    /// <param name="users">Own users.</param>
    /// <param name="tokens">Own tokens.</param>
    /// <param name="webConfigUsers">The present <c>basic_auth_users</c>: name to bcrypt hash, checked for their form. They are admins.</param>
    /// <param name="clock">Paces failures and ends tokens.</param>
    /// <param name="options">The limits.</param>
    public Authenticator(
        UserStore users,
        TokenStore tokens,
        Func<IReadOnlyDictionary<string, string>> webConfigUsers,
        TimeProvider clock,
        AuthenticatorOptions? options = null)
    {
        _users = users;
        _tokens = tokens;
        _webConfigUsers = webConfigUsers;
        _clock = clock;
        options ??= new AuthenticatorOptions();
        _checked = new CheckedPasswords(options.RememberedPasswords);
        _addresses = new FailureLimiter(clock, options.AddressBurst, options.AddressInterval, options.TrackedKeys);
        _names = new FailureLimiter(clock, options.UserBurst, options.UserInterval, options.TrackedKeys);
        _checks = new CheckSlots(options.ParallelChecks, options.WaitingChecks);
    }

    /// <param name="header">The whole <c>Authorization</c> header; null without one.</param>
    /// <param name="address">Where the connection comes from.</param>
    /// <param name="cancellationToken">Ends the waiting for a check.</param>
    public async ValueTask<AuthenticationResult> AuthenticateAsync(string? header, IPAddress? address, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(header))
        {
            return AuthenticationResult.NoCredentials("sign in with basic authentication or a bearer token");
        }

        if (!AuthorizationHeader.TryParse(header, out AuthorizationHeader proof))
        {
            return AuthenticationResult.NoCredentials("the Authorization header is neither Basic nor Bearer, or is malformed");
        }

        UInt128 addressKey = _hash.Of("address", AddressText(address));
        try
        {
            return proof.Name is null
                ? await CheckTokenAsync(proof.Secret, addressKey, cancellationToken).ConfigureAwait(false)
                : await CheckPasswordAsync(proof.Name, proof.Secret, addressKey, cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentStoreException exception)
        {
            return new AuthenticationResult(AuthenticationOutcome.Unavailable, null, TimeSpan.Zero, exception.Message);
        }
    }

    /// <summary>Checks a name and a password that somebody typed, under the same limits.</summary>
    public async ValueTask<AuthenticationResult> SignInAsync(string name, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckPasswordAsync(name, password, _hash.Of("address", AddressText(address)), cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentStoreException exception)
        {
            return new AuthenticationResult(AuthenticationOutcome.Unavailable, null, TimeSpan.Zero, exception.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _checks.Dispose();

    private async ValueTask<AuthenticationResult> CheckTokenAsync(string text, UInt128 addressKey, CancellationToken cancellationToken)
    {
        TokenList tokens = await _tokens.ListAsync(cancellationToken).ConfigureAwait(false);
        bool isToken = TokenSecret.TrySplit(text, out string identifier, out string secret);
        Token? token = tokens.FindByIdentifier(identifier);
        bool isRight = CryptographicOperations.FixedTimeEquals(TokenSecret.Hash(secret), token is null ? NoHash : token.SecretHash.Span);
        if (isToken && isRight && token is not null)
        {
            // Who holds the secret may know why it is refused.
            return token.Expires is DateTimeOffset end && end <= _clock.GetUtcNow()
                ? AuthenticationResult.Refused("the token has expired")
                : AuthenticationResult.Accepted(PermissionTable.Token(token.Name, token.Scope));
        }

        TimeSpan wait = _addresses.RetryAfter(addressKey);
        if (wait > TimeSpan.Zero)
        {
            return AuthenticationResult.TooManyFailures(wait);
        }

        _addresses.Fail(addressKey);
        return AuthenticationResult.Refused(Wrong);
    }

    private async ValueTask<AuthenticationResult> CheckPasswordAsync(string name, string password, UInt128 addressKey, CancellationToken cancellationToken)
    {
        UserList users = await _users.ListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, string> webUsers = _webConfigUsers();
        User? user = users.Find(name);
        string? webRecord = webUsers.GetValueOrDefault(name);
        if (FindChecked(name, password, webRecord, user) is Caller known)
        {
            return Accepted(known, user);
        }

        UInt128 nameKey = _hash.Of("name", name);
        if (Blocked(addressKey, nameKey) is AuthenticationResult blocked)
        {
            return blocked;
        }

        if (!await _checks.TryEnterAsync(cancellationToken).ConfigureAwait(false))
        {
            return AuthenticationResult.Busy;
        }

        try
        {
            // While this one waited the same client may have been let in, or failed for good.
            if (FindChecked(name, password, webRecord, user) is Caller found)
            {
                return Accepted(found, user);
            }

            if (Blocked(addressKey, nameKey) is AuthenticationResult late)
            {
                return late;
            }

            if (Check(name, password, webRecord, webUsers, user, users) is Caller caller)
            {
                await RenewAsync(caller, user, password, cancellationToken).ConfigureAwait(false);
                return Accepted(caller, user);
            }

            _addresses.Fail(addressKey);
            _names.Fail(nameKey);
            return AuthenticationResult.Refused(Wrong);
        }
        finally
        {
            _checks.Leave();
        }
    }

    private static AuthenticationResult Accepted(Caller caller, User? user) =>
        AuthenticationResult.Accepted(caller) with { MustChangePassword = caller.Kind == CallerKind.User && user is { MustChangePassword: true } };

    private Caller? FindChecked(string name, string password, string? webRecord, User? user)
    {
        if (webRecord is not null && _checked.Contains(_hash.Of(name, webRecord, password)))
        {
            return PermissionTable.WebConfigUser(name);
        }

        return user is not null && _checked.Contains(_hash.Of(name, user.PasswordRecord, password)) ? PermissionTable.User(name, user.Role) : null;
    }

    /// <summary>
    /// The slow check. Where a name has no record it is held against the record of some other user, always the same one for a name: so a name
    /// that nobody has takes as long as one that somebody has, whatever parameters the records were made with.
    /// </summary>
    private Caller? Check(string name, string password, string? webRecord, IReadOnlyDictionary<string, string> webUsers, User? user, UserList users)
    {
        int choice = (int)(_hash.Of("decoy", name) & int.MaxValue);
        bool isWebUser = false;
        if (webUsers.Count > 0)
        {
            isWebUser = Bcrypt.Verify(webRecord ?? webUsers.Values.ElementAt(choice % webUsers.Count), password) && webRecord is not null;
        }

        string decoy = users.Users.Count > 0 ? users.Users[choice % users.Users.Count].PasswordRecord : _users.Hasher.Decoy;
        bool isUser = PasswordHasher.Verify(user?.PasswordRecord ?? decoy, password) && user is not null;
        if (isWebUser)
        {
            _checked.Add(_hash.Of(name, webRecord!, password));
            return PermissionTable.WebConfigUser(name);
        }

        if (!isUser)
        {
            return null;
        }

        _checked.Add(_hash.Of(name, user!.PasswordRecord, password));
        return PermissionTable.User(name, user.Role);
    }

    private async ValueTask RenewAsync(Caller caller, User? user, string password, CancellationToken cancellationToken)
    {
        if (caller.Kind == CallerKind.User && user is not null && _users.Hasher.NeedsRehash(user.PasswordRecord))
        {
            await _users.RehashAsync(user, password, cancellationToken).ConfigureAwait(false);
        }
    }

    private AuthenticationResult? Blocked(UInt128 addressKey, UInt128 nameKey)
    {
        TimeSpan address = _addresses.RetryAfter(addressKey);
        TimeSpan name = _names.RetryAfter(nameKey);
        TimeSpan wait = address > name ? address : name;
        return wait > TimeSpan.Zero ? AuthenticationResult.TooManyFailures(wait) : null;
    }

    /// <summary>Whoever has one IPv6 address has the whole /64.</summary>
    private static string AddressText(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
